/** Whether a printed decimal is what a fraction rounds to. Worked in whole numbers, so that 0.5 is a half. */

/** A decimal as printed: its digits as a whole number, and how many of them stand after the point. */
interface Printed {
  readonly scaled: bigint;
  readonly decimals: number;
}

/** `text` is numerator / denominator, rounded to the nearest at the decimals of `text`; a half may go either way. */
export function roundsTo(text: string, numerator: number, denominator: number): boolean {
  const { scaled, decimals } = readPrinted(text);
  const [top, bottom] = [BigInt(numerator), BigInt(denominator)];
  const distance = 2n * (top * 10n ** BigInt(decimals) - scaled * bottom);
  return (distance < 0n ? -distance : distance) <= bottom;
}

/** Whether the mean of `n` whole numbers can print as `text`. */
export function isMeanOfIntegers(text: string, n: number): boolean {
  const near = Math.round(Number(text) * n);
  return [near - 1, near, near + 1].some((sum) => roundsTo(text, sum, n));
}

/** The fraction with two more decimals than were printed, for a sentence. */
export function precisely(text: string, numerator: number, denominator: number): string {
  return (numerator / denominator).toFixed(readPrinted(text).decimals + 2);
}

function readPrinted(text: string): Printed {
  const [whole = '', fraction = ''] = text.split('.');
  return { scaled: BigInt(whole + fraction), decimals: fraction.length };
}
