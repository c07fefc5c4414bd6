/** Rows of those who have no value, one for each kind. Rule R46 of SPEC.md. */
import { asName, type CountRow, type Protocol, type SummaryRow } from '../protocol/index.ts';
import { type Counted, cellsOf, type TableFrame } from './count-row.ts';
import type { SubjectData } from './data-set.ts';
import { asksForMissing, type Lacking } from './lacking.ts';
import { missingWord } from './missing-words.ts';
import { sourcesOf } from './value-sources.ts';

/** A row of the protocol, and a row of missing values, as they stand in a table. */
export type PlacedRow =
  | { readonly spec: CountRow | SummaryRow }
  | { readonly spec: CountRow | SummaryRow; readonly kind: string; readonly label: string; readonly id: string };

/**
 * Puts rows of missing values among those of a table: at the end of a group whose rows all lack the same subjects, else
 * after each row under its label. A group that counts missing values itself gets none.
 */
export function withMissingRows(
  rows: readonly (CountRow | SummaryRow)[],
  unknown: (row: CountRow | SummaryRow) => Lacking,
): PlacedRow[] {
  const groups = [...Map.groupBy(rows, (row) => row.groupId).values()];
  return groups.flatMap((own): PlacedRow[] => {
    const [first] = own;
    if (!first || own.some(asksForMissing)) return own.map((spec) => ({ spec }));
    const alike = own.every((row) => sameLacking(unknown(row), unknown(first)));
    if (alike && own.length > 1) {
      const like = own.find((row) => row.kind === 'count') ?? first;
      const last = rowsOf(like, unknown(like), `${first.groupId}-missing`, () => '');
      return [...own.map((spec) => ({ spec })), ...last];
    }
    return own.flatMap((spec) => [
      { spec },
      ...rowsOf(spec, unknown(spec), `${spec.id}-missing`, (row) => `${row.label}: `),
    ]);
  });
}

function rowsOf(
  spec: CountRow | SummaryRow,
  lacking: Lacking,
  id: string,
  before: (row: CountRow | SummaryRow) => string,
): PlacedRow[] {
  return [...new Set(lacking.values())].sort().map((kind) => {
    const label = `${before(spec)}${missingWord(kind)}`;
    return { spec, kind, id: `${id}-${kind}`, label: before(spec) === '' ? capital(label) : label };
  });
}

/** The cells of a row of missing values among the subjects that are asked; without percentages where those of the rows are of the known alone. */
export function missingRow(
  frame: TableFrame,
  { spec, kind, id, label }: Extract<PlacedRow, { readonly kind: string }>,
  lacking: Lacking,
  asked: readonly SubjectData[],
): Counted {
  const inRow = frame.subjects.filter((one) => lacking.get(one) === kind);
  const percent = spec.kind === 'count' && spec.percent && spec.denominator !== 'known';
  const format = spec.kind === 'count' ? spec.format : undefined;
  const cells = cellsOf({ ...frame, percentOf: 'column' }, { percent, format }, inRow, asked);
  const { group, level } = spec;
  return { id, group, label, level, cells, by: expressionOf(frame.data.protocol, spec, kind), lacks: kind };
}

/** What says that a value is missing, where one field decides the row; else what it is asked for. */
function expressionOf(protocol: Protocol, spec: CountRow | SummaryRow, kind: string): string {
  const text = spec.kind === 'count' ? spec.when : spec.summary;
  const { fields } = sourcesOf(protocol, text);
  const [field] = fields;
  if (!field || fields.length > 1 || kind === 'unrecorded') return text;
  if (protocol.instruments.some((one) => one.id === field.instrument && one.repeats)) return text;
  return `${asName(field.instrument)}.${asName(`${field.field}_missing`)} = '${kind}'`;
}

function sameLacking(a: Lacking, b: Lacking): boolean {
  return a.size === b.size && [...a].every(([one, kind]: [SubjectData, string]) => b.get(one) === kind);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
