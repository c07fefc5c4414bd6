/** Segments: the runs of one indexing, and the small segments before them, become one. */
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { ByteWriter } from './bytes.ts';
import { byTerm } from './join-sources.ts';
import { type ColumnRow, emptyColumns, encodeColumns, setColumns } from './note-columns.ts';
import { joinPostings } from './posting.ts';
import { type PostingSource, RunFile } from './run-file.ts';

/** Consecutive notes of which there is a run. */
export interface Batch {
  readonly first: number;
  readonly last: number;
}

/** The file of the run that begins with a note. */
export function runPath(folder: string, first: number): string {
  return join(folder, String(first));
}

/**
 * Makes the segment of the notes of all batches, which stand in a row, from their runs. Within a transaction.
 * A segment before it is taken in where it is not much larger, so that a word is looked up in few of them.
 */
export function addSegment(database: Database.Database, batches: readonly Batch[], folder: string): void {
  const [first, last] = [batches[0]?.first ?? 1, batches.at(-1)?.last ?? 0];
  const taken = segmentsToTake(database, last - first + 1);
  const from = taken.at(-1)?.first ?? first;
  addPersons(database, first);
  const segment = Number(
    database
      .prepare('INSERT INTO segment (first, notes, columns) VALUES (?, ?, ?)')
      .run(from, last - from + 1, encodeColumns(columnsOf(database, from, last))).lastInsertRowid,
  );
  const sources: PostingSource[] = [];
  try {
    for (const one of taken) sources.push(new StoredSegment(database, one));
    for (const batch of batches) sources.push(new RunFile(runPath(folder, batch.first), batch.first));
    joinTerms(database, segment, from, sources);
  } finally {
    for (const source of sources) source.close();
  }
  for (const { id } of taken) {
    database.exec(`DELETE FROM posting WHERE id IN (SELECT posting FROM term WHERE segment = ${id})`);
    database.exec(`DELETE FROM term WHERE segment = ${id}`);
    database.exec(`DELETE FROM segment WHERE id = ${id}`);
  }
}

interface Taken {
  readonly id: number;
  readonly first: number;
  readonly notes: number;
}

const MUCH_LARGER = 3;

/** From the last one back. */
function segmentsToTake(database: Database.Database, notes: number): Taken[] {
  const segments = database
    .prepare<[], Taken>('SELECT id, first, notes FROM segment ORDER BY first DESC')
    .safeIntegers(false)
    .all();
  let sum = notes;
  const taken: Taken[] = [];
  for (const segment of segments) {
    if (segment.notes > MUCH_LARGER * sum) break;
    taken.push(segment);
    sum += segment.notes;
  }
  return taken;
}

function addPersons(database: Database.Database, first: number): void {
  database.exec(
    `INSERT OR IGNORE INTO person (person_id) SELECT DISTINCT person_id FROM note WHERE id >= ${first} ORDER BY person_id`,
  );
}

function columnsOf(database: Database.Database, from: number, last: number) {
  const columns = emptyColumns(last - from + 1);
  const rows = database
    .prepare<number[], ColumnRow & { readonly id: number }>(
      `SELECT note.id, person.id - 1 AS person, first_day, last_day, youngest, oldest, sex
       FROM note JOIN person USING (person_id) WHERE note.id BETWEEN ? AND ?`,
    )
    .safeIntegers(false);
  for (const row of rows.iterate(from, last)) setColumns(columns, row.id - from, row);
  return columns;
}

/** The postings of a segment that is taken in, as those of a run. */
class StoredSegment implements PostingSource {
  readonly first: number;
  term = '';
  notes = 0;
  mentions = 0;
  last = 0;
  posting = new Uint8Array();
  private readonly rows: IterableIterator<StoredTerm>;

  constructor(database: Database.Database, { id, first }: Taken) {
    this.first = first;
    this.rows = database
      .prepare<[number], StoredTerm>(
        `SELECT term, notes, mentions, last, coalesce(term.bytes, posting.bytes) AS bytes
         FROM term LEFT JOIN posting ON posting.id = term.posting WHERE segment = ? ORDER BY term`,
      )
      .safeIntegers(false)
      .iterate(id);
  }

  next(): boolean {
    const row = this.rows.next().value as StoredTerm | undefined;
    if (!row) return false;
    const { term, notes, mentions, last, bytes } = row;
    Object.assign(this, { term, notes, mentions, last, posting: bytes });
    return true;
  }

  close(): void {
    this.rows.return?.();
  }
}

interface StoredTerm {
  readonly term: string;
  readonly notes: number;
  readonly mentions: number;
  readonly last: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Most words are rare: their postings stand beside them. */
const SMALL = 200;

/** Writes the postings of a segment, term by term. */
function joinTerms(
  database: Database.Database,
  segment: number,
  from: number,
  sources: readonly PostingSource[],
): void {
  const addPosting = database.prepare('INSERT INTO posting (bytes) VALUES (?)');
  const addTerm = database.prepare(
    'INSERT INTO term (segment, term, notes, mentions, last, bytes, posting) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const out = new ByteWriter();
  for (const parts of byTerm(sources)) {
    let [notes, mentions, last, term] = [0, 0, 0, ''];
    for (const part of parts) {
      term = part.term;
      notes += part.notes;
      mentions += part.mentions;
      last = part.first - from + part.last;
    }
    out.clear();
    joinPostings(parts, from, out);
    const bytes = out.view();
    if (bytes.length <= SMALL) addTerm.run(segment, term, notes, mentions, last, bytes, null);
    else addTerm.run(segment, term, notes, mentions, last, null, addPosting.run(bytes).lastInsertRowid);
  }
}
