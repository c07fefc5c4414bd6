/** Drawings as PNG, for a manuscript: the same SVG gives the same bytes on every machine, because the font comes along. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';
import { ChartproofError } from '../base/index.ts';

const DPI = 300;
/** What a user unit of SVG is. */
const UNITS_PER_INCH = 96;
const METRES_PER_INCH = 0.0254;
/** Signature (8) and header chunk (4 + 4 + 13 + 4), which is always first. */
const AFTER_HEADER = 33;

/**
 * The drawing at 300 dots per inch of its own size, in Noto Sans, which has Latin, Greek and Cyrillic: letters of other
 * scripts are empty boxes. Error: `publish.no-font`.
 */
export function pngOf(svg: string): Uint8Array {
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: DPI / UNITS_PER_INCH },
    font: {
      loadSystemFonts: false,
      fontFiles: fontFiles(),
      defaultFontFamily: 'Noto Sans',
      sansSerifFamily: 'Noto Sans',
    },
  });
  return withResolution(image.render().asPng());
}

/** The second has the signs that the first lacks: ≤, ≥, ≠, arrows. A line with one is set in it as a whole. */
const FONTS = ['NotoSans-Regular.ttf', 'NotoSansMono-Regular.ttf'];

/** R brings the fonts for its own plots. Without them the drawing would have no text, and nobody would be told. */
export function fontFiles(): string[] {
  const webr = createRequire(import.meta.url).resolve('webr');
  const files = FONTS.map((name) => join(dirname(webr), 'vfs/usr/share/fonts', name));
  if (files.every((file) => existsSync(file))) return files;
  throw new ChartproofError('publish.no-font', 'The font for drawings is missing.', {
    tip: 'Install the packages again: npm ci',
  });
}

/** Says in the file how large it is to be printed (PNG, chunk pHYs): the renderer leaves it out, and journals look for it. */
function withResolution(png: Uint8Array): Uint8Array {
  const perMetre = Math.round(DPI / METRES_PER_INCH);
  const chunk = Buffer.alloc(21);
  chunk.writeUInt32BE(9, 0);
  chunk.write('pHYs', 4, 'latin1');
  chunk.writeUInt32BE(perMetre, 8);
  chunk.writeUInt32BE(perMetre, 12);
  chunk.writeUInt8(1, 16);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17);
  return Buffer.concat([png.subarray(0, AFTER_HEADER), chunk, png.subarray(AFTER_HEADER)]);
}
