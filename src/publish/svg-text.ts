/**
 * Text in an SVG, wrapped to a width. The drawings name Helvetica and Arial; a PNG has Noto Sans, which is wider, so that
 * widths are taken from that one.
 */

const SIZE = 13;
const LINE_HEIGHT = 17;
const FONT = 'Helvetica, Arial, sans-serif';
const INDENT = '  ';
const BULLET = '\u2022 ';

/** Wrapped lines, their height in user units, and how to draw them with the top left corner at a point. */
export interface TextBlock {
  readonly height: number;
  readonly wrapped: readonly string[];
  draw(x: number, y: number): string;
}

/** The lines wrapped to a width; those that begin with a bullet continue indented. */
export function textBlock(lines: readonly string[], width: number): TextBlock {
  const wrapped = lines.flatMap((line) => wrap(withinXml(line), width));
  return {
    height: wrapped.length * LINE_HEIGHT,
    wrapped,
    draw: (x, y) => wrapped.map((line, at) => textLine(line, x, y + at * LINE_HEIGHT)).join('\n'),
  };
}

/** One line whose top left corner is at a point. */
export function textLine(line: string, x: number, y: number): string {
  return `<text x="${x}" y="${y + SIZE}" font-family="${FONT}" font-size="${SIZE}" fill="#111" xml:space="preserve">${escapeXml(line)}</text>`;
}

/** Breaks at spaces; a single word wider than the box is broken where it must be. */
function wrap(line: string, width: number): string[] {
  const indent = line.startsWith(BULLET) ? INDENT : '';
  const result: string[] = [];
  let current = '';
  for (const word of line.split(SPACES).flatMap((whole) => fragments(whole, width))) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (current !== '' && textWidth(longer) > width) {
      result.push(current);
      current = indent + word;
    } else current = longer;
  }
  return [...result, current];
}

/** Every kind of space but the one that may not break. */
const SPACES = /[ \t\r\n\v\f\u2028\u2029\u3000]+/;

function fragments(word: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && textWidth(piece + character) > width - textWidth(BULLET) - 1) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}

/** What stands above, below or between letters: a line never breaks before it, because it adds no width. */
const WITHOUT_WIDTH = /[\p{Mn}\p{Me}\u200b-\u200f\u202a-\u202e\u2060-\u2069]/u;
const NARROW = /[ijltfI.,;:'!()[\]/ \u00a0]/;
const WIDEST = /[mMwW%@]/;
const WIDE = /[A-Z&#\u2022]/;

/** Width in user units, from five classes of letters; errs on the wide side so that text stays in its box. */
export function textWidth(text: string): number {
  const least = SIGNS.test(text) ? 0.62 : 0;
  let width = 0;
  for (const letter of text) width += Math.max(least, widthOf(letter));
  return width * SIZE;
}

/** A line with one of these is set in Noto Sans Mono, where every letter is as wide as another. */
const SIGNS = /[\u2100-\u27bf]/;

/** In parts of the size of the type. */
function widthOf(whole: string): number {
  const letter = withoutAccent(whole);
  if (WITHOUT_WIDTH.test(letter)) return 0;
  if (NARROW.test(letter)) return 0.42;
  if (WIDEST.test(letter)) return 1.02;
  if (WIDE.test(letter)) return 0.8;
  if (letter.length > 1) return 1.4;
  return letter > '~' ? 1.05 : 0.62;
}

/** A letter of Latin with an accent is as wide as without. */
function withoutAccent(letter: string): string {
  return letter > '\u00bf' && letter < '\u0180' ? letter.normalize('NFD').charAt(0) : letter;
}

/** Text as it may stand in XML content and attributes, without what XML cannot hold. */
export function escapeXml(text: string): string {
  return withinXml(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** What XML cannot hold is drawn as U+FFFD, and measured so. */
function withinXml(text: string): string {
  return text.toWellFormed().replaceAll(NO_XML, '\ufffd');
}

/** Whatever is not a Char of XML 1.0. */
const NO_XML = /[^\t\n\r\u0020-\ufffd\u{10000}-\u{10ffff}]/gu;
