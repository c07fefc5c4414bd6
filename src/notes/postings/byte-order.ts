/** Compares texts as SQLite does: by their UTF-8 bytes, which is by code points. JavaScript compares by UTF-16 units. */
export function inByteOrder(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (x !== y) return inPlace(x) - inPlace(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points beyond all others. */
function inPlace(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** The places of different texts in byte order. */
export function byteOrderOf(texts: readonly string[]): number[] {
  const places = new Map(texts.map((text, at) => [text, at]));
  // Where no text has a unit whose place differs, the order of JavaScript is the same, and found several times sooner.
  const sorted = texts.some((text) => BEYOND.test(text)) ? texts.toSorted(inByteOrder) : texts.toSorted();
  return sorted.map((text) => places.get(text) as number);
}

const BEYOND = /[\ud800-\uffff]/;
