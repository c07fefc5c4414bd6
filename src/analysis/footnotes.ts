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

/** What is told of rows by itself, beside the notes of the protocol. */
export interface ToldNotes {
  /** Kinds of texts, each at the heading where all rows of the group have the same. A row of which it is not told has `undefined`. */
  readonly ofRow: readonly ((row: CountRow | SummaryRow) => readonly string[] | undefined)[];
  /** Of a group as a whole. */
  readonly ofGroup: (groupId: string) => readonly string[];
  /** Of the table, without a letter. */
  readonly ofTable: readonly string[];
}

/**
 * Gives every footnote of a table its letter, in the order of reading: heading, rows. Rule R6. A text that all rows of a
 * group share is said at the heading.
 */
export function footnotesOf(table: TableSpec, rows: readonly (CountRow | SummaryRow)[], told: ToldNotes): Footnotes {
  const letterOf = new Map<string, string>();
  const byRow = new Map<string, string[]>();
  const byHeading = new Map<string, string[]>();
  const lettered = (texts: readonly string[]): string[] => {
    for (const text of texts) if (!letterOf.has(text)) letterOf.set(text, footnoteLetter(letterOf.size));
    return [...new Set(texts.map((text) => letterOf.get(text) ?? ''))].sort(inOrder);
  };
  const byGroup = Map.groupBy(rows, (row) => row.groupId);
  const begun = new Set<string>();
  for (const row of rows) {
    const own = byGroup.get(row.groupId) ?? [];
    const group = begun.has(row.groupId) ? undefined : table.groups.find((one) => one.id === row.groupId);
    begun.add(row.groupId);
    const shared = told.ofRow.map((textsOf) => sharedTexts(own.map(textsOf)));
    const heading = group
      ? [...(group.overlapping ? [OVERLAPPING] : []), ...group.notes, ...shared.flat(), ...told.ofGroup(group.id)]
      : [];
    byHeading.set(row.id, lettered(heading));
    const ofItself = told.ofRow.flatMap((textsOf, at) => (shared[at]?.length ? [] : (textsOf(row) ?? [])));
    byRow.set(row.id, lettered([...row.notes, ...ofItself]));
  }
  const notes = [...letterOf].map(([text, sign]) => ({ letter: sign, text }));
  return {
    letters: (rowId) => byRow.get(rowId) ?? [],
    groupLetters: (rowId) => byHeading.get(rowId) ?? [],
    footnotes: [...notes, ...[...told.ofTable, ...table.footnotes].map((text) => ({ letter: '', text }))],
  };
}

/** The texts, where all of several rows of which they are told have the same. */
function sharedTexts(texts: readonly (readonly string[] | undefined)[]): readonly string[] {
  const [first, ...others] = texts.filter((text) => text !== undefined);
  return first && others.length > 0 && others.every((text) => text.join('\n') === first.join('\n')) ? first : [];
}

/** a to z, then aa, bb, ...; `at` counts from 0. */
export function footnoteLetter(at: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + (at % ALPHABET)).repeat(Math.floor(at / ALPHABET) + 1);
}

function inOrder(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}
