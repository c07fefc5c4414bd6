import type { FigureData } from '../../analysis/index.ts';
import { pngOf } from '../png.ts';
import { drawFigure } from './draw-figure.ts';
import { figureCsv } from './figure-csv.ts';

/**
 * The files of the figures by name: `figures/ID.svg` and `.png` as the protocol wants them, `ID-grey.svg` where these are
 * coloured, and `ID.json` and `ID.csv` with what is drawn and the subjects behind it. Error: `publish.no-font`.
 */
export function figureFiles(figures: readonly FigureData[]): [name: string, content: string | Uint8Array][] {
  return figures.flatMap((data) => {
    const svg = drawFigure(data);
    const grey = data.palette === 'grey' ? [] : [[`${nameOf(data)}-grey.svg`, drawFigure(data, 'grey')] as const];
    return [
      [`${nameOf(data)}.svg`, svg] as const,
      [`${nameOf(data)}.png`, pngOf(svg)] as const,
      ...grey,
      [`${nameOf(data)}.json`, `${JSON.stringify(data, null, 2)}\n`] as const,
      [`${nameOf(data)}.csv`, figureCsv(data)] as const,
    ].map(([name, content]): [string, string | Uint8Array] => [name, content]);
  });
}

/** Its path in a release, without an ending. */
export function nameOf({ id }: Pick<FigureData, 'id'>): string {
  return `figures/${id}`;
}
