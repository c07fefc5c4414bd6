import type { CountRow, SummaryRow, TableSpec } from '../protocol/index.ts';
import type { Footnote } from './results.ts';

const OVERLAPPING = 'A patient may count in several rows of this group.';
const ALPHABET = 26;

/** The letters of a table. `groupLetters` are those of the group's heading, given on the first row of the group. */
export interface Footnotes {
  letters(rowId: string): readonly string[];
  groupLetters(rowId: string): readonly string[];
  readonly footnotes: readonly Footnote[];
}

/** How many subjects a row has no value of, by kind. */
export type Missing = Readonly<Record<string, number>>;

/**
 * Gives every footnote of a table its letter, in the order of reading: heading, rows. Rule R6. `missingOf` tells what a
 * row lacks, which is said at the heading where all rows of the group lack the same.
 */
export function footnotesOf(
  table: TableSpec,
  rows: readonly (CountRow | SummaryRow)[],
  missingOf: (rowId: string) => Missing,
): Footnotes {
  const letterOf = new Map<string, string>();
  const byRow = new Map<string, string[]>();
  const byHeading = new Map<string, string[]>();
  const lettered = (texts: readonly string[]): string[] => {
    for (const text of texts) if (!letterOf.has(text)) letterOf.set(text, letter(letterOf.size));
    return [...new Set(texts.map((text) => letterOf.get(text) ?? ''))].sort(inOrder);
  };
  const byGroup = Map.groupBy(rows, (row) => row.groupId);
  const lacksOf = (id: string): readonly string[] => {
    const own = byGroup.get(id) ?? [];
    return own.some(asksForMissing) ? [] : sameText(own.map((row) => missingText(missingOf(row.id))));
  };
  const begun = new Set<string>();
  for (const row of rows) {
    const group = begun.has(row.groupId) ? undefined : table.groups.find((one) => one.id === row.groupId);
    begun.add(row.groupId);
    const lacks = lacksOf(row.groupId);
    const isTold = lacks.length > 0 || byGroup.get(row.groupId)?.some(asksForMissing);
    const heading = group ? [...(group.overlapping ? [OVERLAPPING] : []), ...group.notes, ...lacks] : [];
    byHeading.set(row.id, lettered(heading));
    byRow.set(row.id, lettered([...row.notes, ...(isTold ? [] : missingText(missingOf(row.id)))]));
  }
  const notes = [...letterOf].map(([text, sign]) => ({ letter: sign, text }));
  return {
    letters: (rowId) => byRow.get(rowId) ?? [],
    groupLetters: (rowId) => byHeading.get(rowId) ?? [],
    footnotes: [...notes, ...table.footnotes.map((text) => ({ letter: '', text }))],
  };
}

/** Whether the row counts itself who has no value, for all rows of its group. */
export function asksForMissing(row: CountRow | SummaryRow): boolean {
  return row.kind === 'count' && /_missing\b/.test(row.when);
}

const KINDS: Readonly<Record<string, string>> = {
  'not-documented': 'not documented',
  'documented-absent': 'documented as absent',
  'not-applicable': 'not applicable',
  conflicting: 'conflicting',
  unrecorded: 'no value',
};

/** `Without a value: 9 (not documented).` */
function missingText(missing: Missing): string[] {
  const kinds = Object.entries(missing).map(([kind, n]) => `${n} (${KINDS[kind] ?? kind})`);
  return kinds.length === 0 ? [] : [`Without a value: ${kinds.join(', ')}.`];
}

/** The texts, where all of several rows have the same. */
function sameText(texts: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = texts;
  return others.length > 0 && others.every((text) => text.join() === first.join()) ? first : [];
}

/** a to z, then aa, bb, ... */
function letter(at: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + (at % ALPHABET)).repeat(Math.floor(at / ALPHABET) + 1);
}

function inOrder(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}
