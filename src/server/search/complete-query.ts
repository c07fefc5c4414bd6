/** What may come at a place of a query: the language, term sets, values of filters, words of the notes and what is like them. */
import type { z } from 'zod';
import { type Gate, termSetsOf } from '../../cohort/index.ts';
import { languageWords, type QueryToken, tokenAt } from '../../notes/index.ts';
import { sharedTermSetNames } from '../../protocol/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import type { completion } from '../contract/index.ts';

type Completion = z.infer<typeof completion>;
type Item = Completion['items'][number];

const MOST = 12;
const FEWEST_LETTERS = 3;

/** The completion, and how much of it comes from the notes, which the audit trail is told. */
export async function completeQuery(
  workspace: Workspace,
  gate: Gate,
  query: string,
  at: number,
): Promise<Completion & { readonly fromNotes: number }> {
  const token = tokenAt(query, at);
  const language = languageWords(token).map(({ kind, text, meaning }): Item => ({ kind, text, meaning, notes: null }));
  const notes = token.of === 'word' ? wordsOf(gate, token) : await valuesOf(gate, token);
  const items = [...language, ...termSets(workspace, gate, token), ...notes].slice(0, MOST);
  return { from: token.from, items, fromNotes: items.filter((item) => item.notes !== null).length };
}

/** A term set is the study's, or one that all studies share. */
function termSets(workspace: Workspace, gate: Gate, { of, beginning }: QueryToken): Item[] {
  if (of !== 'terms') return [];
  const own = termSetsOf(gate.protocol);
  const meaning = (name: string): string =>
    own[name] ? `${gate.protocol.concepts[name]?.label ?? name}: ${own[name].length} terms` : 'shared by all studies';
  return [...new Set([...Object.keys(own), ...sharedTermSetNames(workspace)])]
    .filter((name) => name.toLowerCase().includes(beginning.toLowerCase()))
    .map((name) => ({ kind: 'terms', text: `@${name}`, meaning: meaning(name), notes: null }));
}

function wordsOf(gate: Gate, { beginning }: QueryToken): Item[] {
  if (beginning.length < FEWEST_LETTERS) return [];
  const words = gate.wordsFrom(beginning, MOST);
  const begun = words.map(({ word, notes }): Item => ({ kind: 'word', text: word, meaning: null, notes }));
  if (words.length >= MOST / 2) return begun;
  // Little begins so: perhaps it is a word already, and what is like it helps.
  const known = new Set(words.map(({ word }) => word));
  const like = gate.suggestTerms(beginning).filter(({ term }) => !known.has(term));
  return [
    ...begun,
    ...like.map(({ term, why, notes }): Item => ({ kind: 'suggestion', text: quoted(term), meaning: why, notes })),
  ];
}

const COLUMNS = { type: 'note_type_source_value', specialty: 'specialty' } as const;

/** The values of a filter that the notes of authorized persons have, the commonest first. */
async function valuesOf(gate: Gate, { of, beginning }: QueryToken): Promise<Item[]> {
  if (of !== 'type' && of !== 'specialty') return [];
  const rows = await gate.all<{ value: string; n: string }>(
    `SELECT ${COLUMNS[of]} AS value, count(*) AS n FROM note
     WHERE contains(lower(${COLUMNS[of]}), lower($beginning)) AND NOT contains(${COLUMNS[of]}, '"')
     GROUP BY ALL ORDER BY n DESC, value LIMIT ${MOST}`,
    { beginning },
  );
  return rows.map(({ value, n }) => ({ kind: 'value', text: quoted(value), meaning: null, notes: Number(n) }));
}

function quoted(text: string): string {
  return /^[\p{L}\p{N}]+$/u.test(text) ? text : `"${text}"`;
}
