import type { FigureData } from './figure-data.ts';

/** Everybody who is drawn in a figure, once each, in order. */
export function figureSubjects(figure: FigureData): string[] {
  return [...new Set(drawn(figure))].sort();
}

function drawn(figure: FigureData): readonly string[] {
  switch (figure.kind) {
    case 'response-by-subgroup':
      return figure.rows.flatMap((row) => ('parts' in row ? row.parts.flatMap(({ subjects }) => subjects) : []));
    case 'forest':
      return figure.rows.flatMap((row) => ('of' in row ? row.of : []));
    case 'swimmer':
      return figure.lanes.map(({ subject }) => subject);
    case 'waterfall':
      return figure.bars.map(({ subject }) => subject);
    case 'spaghetti':
      return figure.lines.map(({ subject }) => subject);
    case 'kaplan-meier':
      return figure.curves.flatMap(({ steps }) =>
        steps.flatMap(({ eventSubjects = [], censoredSubjects = [] }) => [...eventSubjects, ...censoredSubjects]),
      );
  }
}
