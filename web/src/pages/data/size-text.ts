const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** Bytes as people read them: `12.5 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [unit, of] =
    bytes < 1e6 ? (['kB', 1e3] as const) : bytes < 1e9 ? (['MB', 1e6] as const) : (['GB', 1e9] as const);
  return `${number.format(bytes / of)} ${unit}`;
}

/** A count with its thousands apart. */
export function countText(count: number): string {
  return number.format(count);
}
