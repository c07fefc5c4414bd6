/** Text in an SVG, wrapped to a width. Widths are those of Helvetica / Arial, the fonts named in the drawing. */

const SIZE = 13;
const LINE_HEIGHT = 17;
const FONT = 'Helvetica, Arial, sans-serif';
const INDENT = '  ';

/** Wrapped lines, their height in user units, and how to draw them with the top left corner at a point. */
export interface TextBlock {
  readonly height: number;
  readonly wrapped: readonly string[];
  draw(x: number, y: number): string;
}

/** The lines wrapped to a width; those that begin with a bullet continue indented. */
export function textBlock(lines: readonly string[], width: number): TextBlock {
  const wrapped = lines.flatMap((line) => wrap(line, width));
  return {
    height: wrapped.length * LINE_HEIGHT,
    wrapped,
    draw: (x, y) =>
      wrapped
        .map((line, at) => {
          const baseline = y + at * LINE_HEIGHT + SIZE;
          return `<text x="${x}" y="${baseline}" font-family="${FONT}" font-size="${SIZE}" fill="#111" xml:space="preserve">${escapeText(line)}</text>`;
        })
        .join('\n'),
  };
}

/** Breaks at spaces; a single word wider than the box is broken where it must be. */
function wrap(line: string, width: number): string[] {
  const indent = line.startsWith('\u2022') ? INDENT : '';
  const result: string[] = [];
  let current = '';
  for (const word of line.split(' ').flatMap((whole) => fragments(whole, width))) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (current !== '' && textWidth(longer) > width) {
      result.push(current);
      current = indent + word;
    } else current = longer;
  }
  return [...result, current];
}

function fragments(word: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && textWidth(piece + character) > width - textWidth(INDENT)) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}

const NARROW = /[ijltfI.,;:'|!()[\]/ \u00a0]/;
const WIDE = /[A-HJ-Zmw%@\u2022&]/;

/** Width in user units, from three classes of letters; errs on the wide side so that text stays in its box. */
function textWidth(text: string): number {
  let width = 0;
  for (const letter of text)
    width += NARROW.test(letter) ? 0.34 : WIDE.test(letter) ? 0.8 : letter > '\u2e80' ? 1.05 : 0.58;
  return width * SIZE;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
