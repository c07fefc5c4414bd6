/**
 * Forty queries of mixed kind, made of the words that the index has (so that they fit any corpus), answered by person: by
 * the index, and by plain SQL that joins the matches of FTS5 to their persons. What FTS5 cannot say (assertion,
 * sections, sentences) is compared with the same words without it.
 */
import Database from 'better-sqlite3';
import { readLexicon } from '../src/notes/lexicon.ts';
import { openToRead } from '../src/notes/notes-database.ts';
import { parseQuery } from '../src/notes/parse-query.ts';
import { openIndex } from '../src/notes/postings/note-index.ts';
import { noteReader } from '../src/notes/postings/read-notes.ts';
import { resolveQuery } from '../src/notes/resolve-query.ts';
import { tokenize } from '../src/notes/tokens.ts';

export interface QueryFigures {
  readonly kind: string;
  readonly persons: number;
  readonly ms: number;
  readonly peerMs: number;
  /** Milliseconds of the plain word, for queries at the level of assertion or persons. */
  readonly word?: number;
}

interface BenchQuery {
  readonly kind: string;
  readonly query: string;
  readonly peer: Peer;
  /** The plain word query that it is held against. */
  readonly plain?: string;
}

interface Peer {
  readonly sql: string;
  readonly parameters: readonly string[];
}

export function measureQueries(indexPath: string, peerPath: string, runs: number): QueryFigures[] {
  const lexicon = readLexicon();
  const database = openToRead(indexPath, lexicon);
  const index = openIndex(database, 1n, noteReader(database, lexicon));
  const peer = new Database(peerPath, { readonly: true });
  peer.pragma('cache_size = -65536');
  const ask = (query: string): number => [...index.resolve(resolveQuery(parseQuery(query), {})).byPerson()].length;
  const figures = queriesOf(wordsOf(database), phrasesOf(database)).map(
    ({ kind, query, peer: { sql, parameters }, plain }) => {
      const statement = peer.prepare(sql);
      const persons = ask(query);
      return {
        kind,
        persons,
        ms: timed(runs, () => ask(query)),
        peerMs: timed(runs, () => statement.all(...parameters).length),
        ...(plain === undefined ? {} : { word: timed(runs, () => ask(plain)) }),
      };
    },
  );
  peer.close();
  database.close();
  return figures;
}

function timed(runs: number, work: () => number): number {
  const times = Array.from({ length: runs }, () => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  });
  return times.sort((a, b) => a - b)[runs >> 1] ?? Number.NaN;
}

/** Words of letters by how many of the notes have them: of a half, a fifth, ... and of some ten notes. */
function wordsOf(database: Database.Database) {
  const total = Number(database.prepare('SELECT max(id) FROM note').pluck().get());
  const near = database
    .prepare<[number], string>(
      `SELECT substr(term, 2) FROM term WHERE term GLOB 'w[a-z][a-z][a-z][a-z]*' AND NOT term GLOB '*[^a-z]*'
       ORDER BY abs(notes - ?), term LIMIT 3`,
    )
    .pluck();
  const of = (share: number): string[] => near.all(Math.max(10, Math.round(total * share)));
  return {
    half: of(0.5),
    fifth: of(0.2),
    tenth: of(0.1),
    thirtieth: of(0.03),
    hundredth: of(0.01),
    rare: of(0.001),
    few: of(0),
  };
}

/** Pairs of words that stand in a row in the first notes, the most frequent first. */
function phrasesOf(database: Database.Database): string[] {
  const texts = database.prepare<[], string>('SELECT text FROM body WHERE id <= 3000').pluck().all();
  const counts = new Map<string, number>();
  for (const text of texts) {
    const { words } = tokenize(text);
    words.forEach((word, at) => {
      const pair = `${words[at - 1] ?? ''} ${word}`;
      if (/^[a-z]{4,} [a-z]{4,}$/.test(pair)) counts.set(pair, (counts.get(pair) ?? 0) + 1);
    });
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([pair]) => pair);
}

const BY_PERSON = 'SELECT person_id, count(*) FROM peer JOIN note ON note.id = peer.rowid WHERE peer MATCH ?';

function matching(match: string, where = ''): Peer {
  return { sql: `${BY_PERSON}${where} GROUP BY person_id`, parameters: [match] };
}

const PERSONS = 'SELECT person_id FROM peer JOIN note ON note.id = peer.rowid WHERE peer MATCH ?';

function ofPersons(operator: 'INTERSECT' | 'EXCEPT' | 'UNION', a: string, b: string): Peer {
  return { sql: `${PERSONS} ${operator} ${PERSONS}`, parameters: [a, b] };
}

function queriesOf(words: ReturnType<typeof wordsOf>, phrases: readonly string[]): BenchQuery[] {
  const { half, fifth, tenth, thirtieth, hundredth, rare, few } = words;
  const word = (text = ''): BenchQuery => ({ kind: 'word', query: text, peer: matching(text) });
  const phrase = (text = ''): BenchQuery => ({ kind: 'phrase', query: `"${text}"`, peer: matching(`"${text}"`) });
  const prefix = (text = ''): BenchQuery => ({ kind: 'prefix', query: `${text}*`, peer: matching(`${text}*`) });
  const near = (a = '', b = '', n = 5): BenchQuery => ({
    kind: 'near',
    query: `"${a} ${b}"~${n}`,
    peer: matching(`NEAR(${a} ${b}, ${n})`),
  });
  const boolean = (query: string): BenchQuery => ({
    kind: 'boolean',
    query,
    peer: matching(query.replaceAll('AND NOT', 'NOT')),
  });
  const said = (name: string, text = ''): BenchQuery => ({
    kind: 'assertion',
    query: `${name}(${text})`,
    peer: matching(text),
    plain: text,
  });
  const filter = (query: string, match: string, where: string): BenchQuery => ({
    kind: 'filter',
    query,
    peer: matching(match, where),
  });
  const person = (operator: 'INTERSECT' | 'EXCEPT' | 'UNION', a = '', b = ''): BenchQuery => ({
    kind: 'person',
    query: `person(${a} ${{ INTERSECT: 'AND', EXCEPT: 'AND NOT', UNION: 'OR' }[operator]} ${b})`,
    peer: ofPersons(operator, a, b),
    plain: a,
  });
  const [h = '', f = '', t = '', u = '', x = '', r = ''] = [
    half[0],
    fifth[0],
    tenth[0],
    thirtieth[0],
    hundredth[0],
    rare[0],
  ];
  return [
    ...[half[0], half[1], fifth[0], tenth[0], thirtieth[0], hundredth[0], rare[0], few[0]].map(word),
    ...[phrases[0], phrases[3], phrases[20], phrases[100], phrases[400]].map(phrase),
    ...[tenth[1]?.slice(0, 4), hundredth[1]?.slice(0, 5), rare[1]?.slice(0, 6), few[1]?.slice(0, 6)].map(prefix),
    near(half[0], fifth[1]),
    near(tenth[0], tenth[2]),
    near(half[1], hundredth[0], 10),
    boolean(`${h} AND ${f}`),
    boolean(`${t} OR ${u} OR ${x}`),
    boolean(`${f} AND NOT ${h}`),
    boolean(`(${t} OR ${x}) AND ${r}`),
    boolean(`${h} AND ${r}`),
    said('affirmed', h),
    said('not_negated', f),
    said('negated', t),
    said('historical', tenth[1]),
    said('affirmed', u),
    said('negated', x),
    said('affirmed', r),
    filter(`${f} AND date:2009`, f, " AND first_day BETWEEN '2009-01-01' AND '2009-12-31'"),
    filter(`${t} AND sex:female`, t, " AND sex = 'female'"),
    filter(`${h} AND date:[2007 TO 2012]`, h, " AND first_day BETWEEN '2007-01-01' AND '2012-12-31'"),
    { ...said('sentence', `${f} AND ${t}`), kind: 'sentence', peer: matching(`${f} AND ${t}`), plain: f },
    person('INTERSECT', h, t),
    person('INTERSECT', f, x),
    person('EXCEPT', t, h),
    person('UNION', u, r),
    person('INTERSECT', x, rare[1]),
  ];
}
