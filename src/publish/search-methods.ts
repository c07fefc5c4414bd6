/** The search log of a study as the supplement of a paper has it (RECORD, item 6.1): a paragraph, a table, the term sets. */
import { canonicalJson } from '../base/index.ts';
import type { KeptSearch } from '../cohort/index.ts';
import type { Protocol } from '../protocol/index.ts';

/** What the text says besides the log. */
export interface SearchMethodsFacts {
  readonly protocol: Pick<Protocol, 'authorization'>;
  /** The day on which each snapshot of the records was imported. */
  readonly importedOn: ReadonlyMap<string, string>;
}

/** The log as Markdown. A query that was asked several times of the same records stands once, as it was asked last. */
export function searchMethods(log: readonly KeptSearch[], facts: SearchMethodsFacts): string {
  const [first] = log;
  if (!first) return 'The notes of this study have not been searched.\n';
  const shown = lastOfEach(log);
  const sets = termSetsOf(shown);
  return [
    '## Searches of the clinical notes',
    paragraph(log, shown, facts),
    table(shown, facts),
    ...(sets.length === 0 ? [] : ['### Term sets', sets.join('\n')]),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

function lastOfEach(log: readonly KeptSearch[]): KeptSearch[] {
  const key = ({ canonical, termSets, snapshot, notesVersion }: KeptSearch) =>
    canonicalJson([canonical, termSets, snapshot, notesVersion]);
  return [...new Map(log.map((search) => [key(search), search])).values()].sort((a, b) => a.id - b.id);
}

function paragraph(log: readonly KeptSearch[], shown: readonly KeptSearch[], { protocol }: SearchMethodsFacts): string {
  const [first, last] = [dayOf(log[0]?.at), dayOf(log.at(-1)?.at)];
  const queries = new Set(shown.map(({ canonical }) => canonical)).size;
  const { asOf, noneOnRecord } = protocol.authorization;
  const versions = [...new Set(shown.map(({ notesVersion }) => notesVersion))].join(', ');
  return [
    `The text of the clinical notes was searched with ${queries === 1 ? 'one query' : `${queries} queries`} of the Chartproof search language, asked ${log.length === 1 ? 'once' : `${log.length} times`} ${first === last ? `on ${first}` : `between ${first} and ${last}`}.`,
    'A search finds every note of which its query is true; results are not ranked and not cut off.',
    `Only notes of persons whose records may be used for research were searched (last decision up to ${asOf}; persons without a decision were ${silenceText(noneOnRecord)}).`,
    `Negation, uncertainty, history and experiencer of each mention were worked out by rules (analysis ${versions}).`,
    'The table gives each query with the counts of its last run on the same records.',
  ].join(' ');
}

/** What counts for persons who never answered, in words. */
export function silenceText(noneOnRecord: Protocol['authorization']['noneOnRecord']): string {
  if (typeof noneOnRecord === 'string') return noneOnRecord === 'granted' ? 'included' : 'left out';
  const { letters, days } = noneOnRecord.grantedAfter;
  const sent = letters === 1 ? 'a letter that asked for one was' : `${letters} letters that asked for one were`;
  return `included where ${sent} sent at least ${days === 1 ? 'one day' : `${days} days`} before, else left out`;
}

function table(shown: readonly KeptSearch[], { importedOn }: SearchMethodsFacts): string {
  const header = ['No.', 'Query', 'Purpose', 'Asked', 'Records of', 'Mentions', 'Notes', 'Persons', 'Notes dated'];
  const rows = shown.map((search) => [
    String(search.id),
    `\`${search.canonical}\``,
    search.why ?? 'not stated',
    dayOf(search.at),
    `${dayOf(importedOn.get(search.snapshot)) || 'unknown day'} (${search.snapshot})`,
    ...[search.mentions, search.notes, search.persons].map(String),
    search.first === null ? '' : `${search.first} to ${search.last}`,
  ]);
  const rule = header.map((_, at) => (at >= 5 && at <= 7 ? '---:' : '---'));
  return [header, rule, ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

/** A term set once for each wording that it had, with the searches that used it. */
function termSetsOf(shown: readonly KeptSearch[]): string[] {
  const used = shown.flatMap(({ id, termSets }) =>
    Object.entries(termSets).map(([name, texts]) => ({ id, name, texts })),
  );
  return [...Map.groupBy(used, ({ name, texts }) => canonicalJson([name, texts])).values()].map((group) => {
    const [first] = group;
    const searches = group.map(({ id }) => id).join(', ');
    return `- **@${first?.name}** (${group.length === 1 ? 'search' : 'searches'} ${searches}): ${first?.texts.map(cell).join('; ')}`;
  });
}

/** Within a table of Markdown. */
function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
}

function dayOf(time: string | undefined): string {
  return time?.slice(0, 'YYYY-MM-DD'.length) ?? '';
}
