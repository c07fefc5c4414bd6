import type { FigureData } from '../../analysis/index.ts';
import { forestFigure } from './forest.ts';
import { kaplanMeierFigure } from './kaplan-meier.ts';
import type { Palette } from './palette.ts';
import { responseBarsFigure } from './response-bars.ts';
import { spaghettiFigure } from './spaghetti.ts';
import { swimmerFigure } from './swimmer.ts';
import { waterfallFigure } from './waterfall.ts';

/** The figure as SVG text, in its own palette unless another is asked for. */
export function drawFigure(data: FigureData, palette: Palette = data.palette): string {
  switch (data.kind) {
    case 'response-by-subgroup':
      return responseBarsFigure(data, palette);
    case 'swimmer':
      return swimmerFigure(data, palette);
    case 'kaplan-meier':
      return kaplanMeierFigure(data, palette);
    case 'waterfall':
      return waterfallFigure(data, palette);
    case 'spaghetti':
      return spaghettiFigure(data, palette);
    case 'forest':
      return forestFigure(data, palette);
  }
}
