/** Rows with a label at the left and headings between them, as bars and forests have them. */
import type { FigureHeading } from '../../analysis/index.ts';
import { drawLabel, type Label, labelOf, SIZE, widest } from './lettering.ts';

/** A row at its place: `middle` is where its bar lies. */
export interface PlacedRow<Row> {
  readonly row: Row;
  readonly middle: number;
  readonly height: number;
}

export interface LabelledRows<Row> {
  readonly rows: readonly PlacedRow<Row>[];
  readonly drawn: readonly string[];
  readonly bottom: number;
}

const INDENT = 8;
const LEAST = 17;
const MOST_LINES = 6;
const BETWEEN = 3;

/** How wide the column of labels has to be; never more than a share of the whole. */
export function labelColumn(
  rows: readonly ({ readonly label: string } | FigureHeading)[],
  whole: number,
  share: number,
): number {
  const labels = rows.flatMap((row) => ('heading' in row ? [] : [row.label]));
  const indent = rows.some((row) => 'heading' in row) ? INDENT : 0;
  return Math.min(Math.max(widest(labels) + indent, 24), whole * share);
}

/** Places the rows from a height down. A heading may be as wide as the whole drawing. */
export function placeRows<Row extends { readonly label: string }>(
  all: readonly (Row | FigureHeading)[],
  {
    left,
    top,
    column,
    whole,
  }: { readonly left: number; readonly top: number; readonly column: number; readonly whole: number },
): LabelledRows<Row> {
  let indent = 0; // rows before the first heading belong to none
  const rows: PlacedRow<Row>[] = [];
  const drawn: string[] = [];
  let y = top;
  for (const row of all) {
    const label: Label = isHeading(row)
      ? labelOf(row.heading, whole)
      : labelOf(row.label, column - indent, SIZE, MOST_LINES);
    if (isHeading(row)) {
      indent = INDENT;
      y += BETWEEN;
      drawn.push(...drawLabel(label, { x: left, y }));
      y += label.height + BETWEEN;
      continue;
    }
    const height = Math.max(LEAST, label.height);
    drawn.push(...drawLabel(label, { x: left + indent, y: y + (height - label.height) / 2 }));
    rows.push({ row, middle: y + height / 2, height });
    y += height + BETWEEN;
  }
  return { rows, drawn, bottom: y };
}

function isHeading<Row>(row: Row | FigureHeading): row is FigureHeading {
  return typeof row === 'object' && row !== null && 'heading' in row;
}
