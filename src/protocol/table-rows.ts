import { asName } from './expression-vocabulary.ts';
import { fieldOf, instrumentOf } from './lookup.ts';
import type { Protocol } from './schema.ts';
import type { RowSpec, TableSpec } from './schema-tables.ts';

interface PrintedRow {
  /** Unique in the table. */
  readonly id: string;
  readonly label: string;
  /** The label of the group; of the row above for a row "of which". */
  readonly group: string;
  readonly groupId: string;
  readonly level: 0 | 1;
  readonly notes: readonly string[];
}

/** A row that counts the subjects for whom an expression holds. */
export interface CountRow extends PrintedRow {
  readonly kind: 'count';
  /** FHIRPath; focus: the subject. */
  readonly when: string;
  readonly percent: boolean;
}

/** A row that summarizes one number a subject. */
export interface SummaryRow extends PrintedRow {
  readonly kind: 'summary';
  /** FHIRPath; focus: the subject. */
  readonly summary: string;
  readonly unit: string | undefined;
  readonly digits: number;
}

/** A row for each choice of `instrument.field`, or for those named, in their order; ids begin with the group's. */
export function choiceRowsOf(
  protocol: Protocol,
  path: string,
  only: readonly string[] | undefined,
  groupId: string,
): CountRow[] {
  return choiceRows(protocol, path, only, { group: '', groupId, level: 0 });
}

/** The rows of a table as they are printed, `choicesOf` and "of which" spelled out. */
export function expandTableRows(protocol: Protocol, table: TableSpec): (CountRow | SummaryRow)[] {
  return table.groups.flatMap((group) => {
    const place = { group: group.label, groupId: group.id, level: 0 as const };
    return group.rows.flatMap((row) => expandRow(protocol, row, place));
  });
}

function expandRow(
  protocol: Protocol,
  row: RowSpec,
  place: Pick<PrintedRow, 'group' | 'groupId' | 'level'>,
): (CountRow | SummaryRow)[] {
  if ('choicesOf' in row) return choiceRows(protocol, row.choicesOf, row.only, place);
  const { id, label, notes } = row;
  if ('summary' in row)
    return [{ kind: 'summary', ...place, id, label, notes, summary: row.summary, unit: row.unit, digits: row.digits }];
  const inner = (row.rows ?? []).map(
    (one): CountRow => ({ kind: 'count', ...one, group: label, groupId: place.groupId, level: 1 }),
  );
  return [{ kind: 'count', ...place, id, label, notes, when: row.when, percent: row.percent }, ...inner];
}

function choiceRows(
  protocol: Protocol,
  path: string,
  only: readonly string[] | undefined,
  place: Pick<PrintedRow, 'group' | 'groupId' | 'level'>,
): CountRow[] {
  const [instrumentId = '', fieldId = ''] = path.split('.');
  const field = fieldOf(instrumentOf(protocol, instrumentId), fieldId);
  const choices = field.type === 'choice' || field.type === 'choices' ? field.choices : [];
  const shown = only ? only.flatMap((code) => choices.filter((choice) => choice.code === code)) : choices;
  return shown.map((choice) => ({
    kind: 'count',
    ...place,
    id: `${place.groupId}-${slugOf(choice.code)}`,
    label: choice.label,
    notes: [],
    when: `'${choice.code.replaceAll(/['\\]/g, '\\$&')}' in ${path.split('.').map(asName).join('.')}`,
    percent: true,
  }));
}

function slugOf(code: string): string {
  return code
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
