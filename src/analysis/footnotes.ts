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

/** Gives every footnote of a table its letter, in the order of reading: heading, rows. Rule R6. */
export function footnotesOf(table: TableSpec, rows: readonly (CountRow | SummaryRow)[]): Footnotes {
  const letterOf = new Map<string, string>();
  const byRow = new Map<string, string[]>();
  const byHeading = new Map<string, string[]>();
  const lettered = (texts: readonly string[]): string[] => {
    for (const text of texts) if (!letterOf.has(text)) letterOf.set(text, letter(letterOf.size));
    return [...new Set(texts.map((text) => letterOf.get(text) ?? ''))].sort(inOrder);
  };
  const begun = new Set<string>();
  for (const row of rows) {
    const group = begun.has(row.groupId) ? undefined : table.groups.find((one) => one.id === row.groupId);
    begun.add(row.groupId);
    byHeading.set(row.id, lettered([...(group?.overlapping ? [OVERLAPPING] : []), ...(group?.notes ?? [])]));
    byRow.set(row.id, lettered(row.notes));
  }
  const notes = [...letterOf].map(([text, sign]) => ({ letter: sign, text }));
  return {
    letters: (rowId) => byRow.get(rowId) ?? [],
    groupLetters: (rowId) => byHeading.get(rowId) ?? [],
    footnotes: [...notes, ...table.footnotes.map((text) => ({ letter: '', text }))],
  };
}

/** a to z, then aa, bb, ... */
function letter(at: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + (at % ALPHABET)).repeat(Math.floor(at / ALPHABET) + 1);
}

function inOrder(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}
