/**
 * Studies that stay open between calls. To open one costs a DuckDB and the notes; a call should not. An open study is given
 * to whoever asks while it is what the workspace holds: with another protocol, another run or other records it is opened
 * anew, so that a refusal that was imported counts from the next call on. The old one is closed when its last call is done.
 * Rules R30 and R31 of SPEC.md.
 */
import { canonicalJson } from '../base/index.ts';
import { openExistingStudy, protocolInForce } from '../protocol/index.ts';
import { currentSnapshot } from '../records/index.ts';
import { type OpenStudy, openStudy } from '../review/index.ts';
import type { StudyDatabase, Workspace } from '../workspace/index.ts';

/** The studies of a workspace, opened when they are first asked for. */
export interface OpenStudies {
  /** Does the work on a study, which stays open at least as long. Errors: those of `openStudy`. */
  with<Result>(study: string, work: (open: OpenStudy) => Promise<Result> | Result): Promise<Result>;
  /** The protocol in force and the database, for what needs no records. Errors: those of `protocolInForce`. */
  withoutRecords(study: string): Pick<OpenStudy, 'study' | 'database'>;
  /** Closes all of them, each when its last call is done. */
  close(): void;
}

interface Held {
  readonly opened: Promise<OpenStudy & { close(): void }>;
  /** What it was opened on; `undefined` while it is being opened. */
  state?: string;
  calls: number;
  isDropped: boolean;
}

export function openStudies(workspace: Workspace): OpenStudies {
  const held = new Map<string, Held>();
  const databases = new Map<string, StudyDatabase>();
  return {
    async with(study, work) {
      const one = await take(study);
      try {
        return await work(await one.opened);
      } finally {
        one.calls -= 1;
        if (one.isDropped) closeUnused(one);
      }
    },
    withoutRecords(study) {
      const database = databases.get(study) ?? openExistingStudy(workspace, study);
      databases.set(study, database);
      return { study: protocolInForce(workspace, study, database), database };
    },
    close() {
      for (const database of databases.values()) database.close();
      for (const study of held.keys()) drop(study);
    },
  };

  /** Counts the call at once, so that nobody closes what it is about to use. */
  async function take(study: string): Promise<Held> {
    const known = held.get(study) ?? begin(study);
    known.calls += 1;
    try {
      const { database } = await known.opened;
      if (known.state === stateOf(database)) return known;
    } catch (error) {
      known.calls -= 1;
      if (held.get(study) === known) held.delete(study);
      throw error;
    }
    known.calls -= 1;
    if (held.get(study) === known) drop(study);
    else if (known.isDropped) closeUnused(known);
    return take(study);
  }

  function begin(study: string): Held {
    const one: Held = { opened: open(), calls: 0, isDropped: false };
    held.set(study, one);
    return one;

    // What is read before it is opened is what it may have been opened on at the earliest: a change in between shows.
    async function open(): Promise<OpenStudy & { close(): void }> {
      const before = currentSnapshot(workspace);
      const opened = await openStudy(workspace, study, 'of-cohort');
      one.state = stateOf(opened.database, before, opened.study.sha256);
      return opened;
    }
  }

  function drop(study: string): void {
    const one = held.get(study);
    held.delete(study);
    if (!one) return;
    one.isDropped = true;
    closeUnused(one);
  }

  function closeUnused(one: Held): void {
    if (one.calls > 0) return;
    one.opened.then(
      (open) => open.close(),
      () => undefined, // told to whoever asked for it
    );
  }

  function stateOf(database: StudyDatabase, snapshot = currentSnapshot(workspace), protocol?: string): string {
    const facts = database.all(database.db.selectFrom('study').selectAll().orderBy('key'));
    const known = Object.fromEntries(facts.map(({ key, value }) => [key, value]));
    return canonicalJson({ ...known, ...(protocol === undefined ? {} : { protocol }), records: snapshot ?? null });
  }
}
