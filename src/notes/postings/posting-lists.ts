/** Reads postings of an index: those of several segments as one, without the notes that may not be seen. */
import type Database from 'better-sqlite3';
import type { Found } from './found.ts';
import { streamsOf } from './posting.ts';
import { countAll, countSome, type Mentions, MentionsBuilder, type Part, readAll, readAmong } from './read-postings.ts';
import { among as notesAmong, only } from './set-operations.ts';
import type { Accepts } from './verdicts.ts';

/** A vocabulary entry over all segments. */
export interface TermCount {
  readonly term: string;
  readonly notes: number;
}

export class PostingLists {
  /** Where a note may not be seen there is a 0; absent where all may. */
  readonly visible: Uint8Array | undefined;
  private readonly segments: readonly { readonly id: number; readonly first: number }[];
  private readonly find: Database.Statement<[number, string], StoredPart>;
  private readonly count: Database.Statement<[number, string], number>;
  private readonly between: Database.Statement<[number, string, string], TermCount>;

  constructor(database: Database.Database, visible: Uint8Array | undefined) {
    this.visible = visible;
    this.segments = database
      .prepare<[], { id: number; first: number }>('SELECT id, first FROM segment ORDER BY first')
      .safeIntegers(false)
      .all();
    this.find = database
      .prepare<[number, string], StoredPart>(
        `SELECT notes, mentions, coalesce(term.bytes, posting.bytes) AS bytes
         FROM term LEFT JOIN posting ON posting.id = term.posting WHERE segment = ? AND term = ?`,
      )
      .safeIntegers(false);
    this.count = database
      .prepare<[number, string], number>('SELECT notes FROM term WHERE segment = ? AND term = ?')
      .pluck()
      .safeIntegers(false);
    this.between = database
      .prepare<[number, string, string], TermCount>(
        'SELECT term, notes FROM term WHERE segment = ? AND term >= ? AND term < ?',
      )
      .safeIntegers(false);
  }

  /** The terms that begin so, in the order of their bytes, each once. Counts are of all snapshots. */
  termsFrom(beginning: string): TermCount[] {
    const letters = [...beginning];
    const last = letters.pop() ?? '';
    const after = letters.join('') + String.fromCodePoint((last.codePointAt(0) ?? 0) + 1);
    if (this.segments.length === 1) return this.between.all(this.segments[0]?.id ?? 0, beginning, after);
    const counts = new Map<string, number>();
    for (const { id } of this.segments) {
      for (const { term, notes } of this.between.iterate(id, beginning, after)) {
        counts.set(term, (counts.get(term) ?? 0) + notes);
      }
    }
    return [...counts].map(([term, notes]) => ({ term, notes }));
  }

  /** In how many notes a term is, seen or not. */
  frequency(term: string): number {
    return this.segments.reduce((sum, { id }) => sum + (this.count.get(id, term) ?? 0), 0);
  }

  /** The notes that have the term, with so many mentions as are accepted; `among`: only of these, which ascend. */
  counted(term: string, accepts: Accepts | undefined, among?: Int32Array): Found {
    const parts = this.partsOf(term);
    const room = sum(parts, 'count');
    const out = { notes: new Int32Array(room), counts: new Int32Array(room), size: 0 };
    const all = accepts === undefined || accepts.every((one) => one === 1);
    for (const part of parts) {
      if (all) countAll(part, out);
      else countSome(part, accepts, out);
    }
    const found = { notes: out.notes.subarray(0, out.size), counts: out.counts.subarray(0, out.size) };
    const { visible } = this;
    if (among) return notesAmong(found, among);
    return visible ? only(found, (note) => visible[note] === 1) : found;
  }

  /** The mentions of a term, in the notes named (which ascend) or in all; of a zone with their lengths. */
  mentions(term: string, among?: Int32Array, zone = false): Mentions {
    const parts = this.partsOf(term);
    const out = new MentionsBuilder(sum(parts, 'count'), sum(parts, 'mentions'));
    for (const part of parts) {
      if (among) readAmong(part, among, zone, out);
      else readAll(part, this.visible, zone, out);
    }
    return out.done();
  }

  private partsOf(term: string): Part[] {
    return this.segments.flatMap(({ id, first }): Part[] => {
      const stored = this.find.get(id, term);
      if (!stored) return [];
      return [{ first: first - 1, count: stored.notes, mentions: stored.mentions, ...streamsOf(stored.bytes) }];
    });
  }
}

interface StoredPart {
  readonly notes: number;
  readonly mentions: number;
  readonly bytes: Uint8Array;
}

function sum(parts: readonly Part[], what: 'count' | 'mentions'): number {
  return parts.reduce((total, part) => total + part[what], 0);
}
