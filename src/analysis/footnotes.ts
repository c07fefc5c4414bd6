import type { CountRow, SummaryRow, TableSpec } from '../protocol/index.ts';
import type { Footnote } from './results.ts';

const OVERLAPPING = 'A patient may count in several rows of this group.';
const ALPHABET = 26;

/** The footnotes of a table, and the letters of each row. Rule R6. */
export function footnotesOf(
  table: TableSpec,
  rows: readonly (CountRow | SummaryRow)[],
): { readonly letters: (rowId: string) => readonly string[]; readonly footnotes: readonly Footnote[] } {
  const letterOf = new Map<string, string>();
  const byRow = new Map<string, string[]>();
  const begun = new Set<string>();
  for (const row of rows) {
    const group = begun.has(row.groupId) ? undefined : table.groups.find((one) => one.id === row.groupId);
    begun.add(row.groupId);
    const texts = [...(group?.overlapping ? [OVERLAPPING] : []), ...(group?.notes ?? []), ...row.notes];
    for (const text of texts) if (!letterOf.has(text)) letterOf.set(text, letter(letterOf.size));
    byRow.set(
      row.id,
      texts.map((text) => letterOf.get(text) ?? ''),
    );
  }
  const lettered = [...letterOf].map(([text, sign]) => ({ letter: sign, text }));
  return {
    letters: (rowId) => byRow.get(rowId) ?? [],
    footnotes: [...lettered, ...table.footnotes.map((text) => ({ letter: '', text }))],
  };
}

/** a to z, then aa, bb, ... */
function letter(at: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + (at % ALPHABET)).repeat(Math.floor(at / ALPHABET) + 1);
}
