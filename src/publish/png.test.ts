import { Resvg } from '@resvg/resvg-js';
import { describe, expect, test } from 'vitest';
import { attritionDiagram } from './attrition-diagram.ts';
import { fontFiles, pngOf } from './png.ts';
import { textLine, textWidth } from './svg-text.ts';

const svg = (label: string) => attritionDiagram({ arms: [], steps: [identified(label)] }, 'Flow');
const identified = (label: string) => ({ id: 'identified', label, n: 12, removed: 0, kind: 'identified' as const });

describe('a drawing as PNG', () => {
  const bytes = Buffer.from(pngOf(svg('Identified')));

  test('has 300 dots where the drawing has 96 units, and says so', () => {
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    const width = Number(/ width="(\d+)"/.exec(svg('Identified'))?.[1]);
    expect(bytes.readUInt32BE(16)).toBe((width * 300) / 96);
    expect(bytes.subarray(37, 41).toString()).toBe('pHYs');
    expect([bytes.readUInt32BE(41), bytes.readUInt32BE(45), bytes[49]]).toEqual([11811, 11811, 1]);
  });

  test('is the same bytes from the same drawing, and others from another text', () => {
    expect(Buffer.from(pngOf(svg('Identified'))).equals(bytes)).toBe(true);
    expect(Buffer.from(pngOf(svg('Identifier'))).equals(bytes)).toBe(false);
  });

  test('has the signs that reasons are written with', () => {
    const unknown = Buffer.from(pngOf(svg('\u75c5')));
    for (const sign of ['\u2264', '\u2265', '\u2260', '\u2192', '\u03bc'])
      expect(Buffer.from(pngOf(svg(sign))).equals(unknown), sign).toBe(false);
    expect(Buffer.from(pngOf(svg('\u4eba'))).equals(unknown)).toBe(true);
  });

  test('can be read by a renderer whatever the label holds', () => {
    expect(() => pngOf(svg('\u0000\ud800 & <b> "\uffff" \u001b'))).not.toThrow();
  });
});

test('no letter of Latin is wider in the PNG than it is measured', () => {
  const codes = [...range(0x21, 0x7e), ...range(0xa1, 0x17f), 0x2265].filter((code) => code !== 0xad);
  const tooWide = codes.filter((code) => {
    const text = repeated(code);
    const alone = new Resvg(
      `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="40">${textLine(text, 0, 0)}</svg>`,
      {
        font: {
          loadSystemFonts: false,
          fontFiles: fontFiles(),
          defaultFontFamily: 'Noto Sans',
          sansSerifFamily: 'Noto Sans',
        },
      },
    );
    const box = alone.getBBox();
    return box !== undefined && box.width > textWidth(text) + 1;
  });
  expect(tooWide.map((code) => String.fromCodePoint(code))).toEqual([]);
});

/** With the sign, the letters beside it are wider. */
function repeated(code: number): string {
  const letter = String.fromCodePoint(code);
  return letter > '\u2000' ? `iiii llll iiii${letter}` : letter.repeat(20);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}
