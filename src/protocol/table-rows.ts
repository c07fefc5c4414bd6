import { fieldChoices } from './field-choices.ts';
import type { Protocol } from './schema.ts';
import type { CellFormat, Denominator, summaryKinds } from './schema-descriptives.ts';
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
  /** Of whom its percentages are, where the row, its group or the table says so. */
  readonly denominator: Denominator | undefined;
  /** What its cells print, where the row, its group or the table says so. */
  readonly format: CellFormat | undefined;
}

/** A row that summarizes one number a subject. */
export interface SummaryRow extends PrintedRow {
  readonly kind: 'summary';
  /** FHIRPath; focus: the subject. */
  readonly summary: string;
  readonly unit: string | undefined;
  readonly digits: number;
  /** What columns of counts print of it, where the row says so. */
  readonly show: (typeof summaryKinds)[number] | undefined;
  readonly withN: boolean;
}

/** Where a row stands, and what it takes over from its group and its table. */
type Place = Pick<PrintedRow, 'group' | 'groupId' | 'level'> & Pick<CountRow, 'denominator' | 'format'>;

/** The tables whose rows the protocol declares: all but those of adverse events. */
export function declaredTables({ tables }: Pick<Protocol, 'tables'>): TableSpec[] {
  return tables.filter((table) => table.kind !== 'adverse-events');
}

/** The rows of a table as they are printed, `choicesOf` and "of which" spelled out. */
export function expandTableRows(protocol: Protocol, table: TableSpec): (CountRow | SummaryRow)[] {
  return table.groups.flatMap((group) => {
    const place = { group: group.label, groupId: group.id, level: 0 as const, ...printing(group, table) };
    return group.rows.flatMap((row) => expandRow(protocol, row, place));
  });
}

/** What is said nearest to the row. */
function printing(
  own: { readonly denominator?: Denominator | undefined; readonly format?: CellFormat | undefined },
  around: { readonly denominator?: Denominator | undefined; readonly format?: CellFormat | undefined },
): Pick<CountRow, 'denominator' | 'format'> {
  return { denominator: own.denominator ?? around.denominator, format: own.format ?? around.format };
}

function expandRow(protocol: Protocol, row: RowSpec, place: Place): (CountRow | SummaryRow)[] {
  if ('choicesOf' in row) return choiceRows(protocol, row.choicesOf, row.only, place);
  const { id, label, notes } = row;
  if ('summary' in row) {
    const { group, groupId, level } = place;
    const { summary, unit, digits, show, withN } = row;
    return [{ kind: 'summary', group, groupId, level, id, label, notes, summary, unit, digits, show, withN }];
  }
  const own = printing(row, place);
  const inner = (row.rows ?? []).map(
    (one): CountRow => ({
      kind: 'count',
      ...one,
      ...printing(one, own),
      group: label,
      groupId: place.groupId,
      level: 1,
    }),
  );
  return [{ kind: 'count', ...place, ...own, id, label, notes, when: row.when, percent: row.percent }, ...inner];
}

function choiceRows(protocol: Protocol, path: string, only: readonly string[] | undefined, place: Place): CountRow[] {
  return fieldChoices(protocol, path, only).map(({ id, label, when }) => ({
    kind: 'count',
    ...place,
    id: `${place.groupId}-${id}`,
    label,
    notes: [],
    when,
    percent: true,
  }));
}
