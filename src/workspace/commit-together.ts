/**
 * Writes of calls that come at once, in one transaction: to wait for the disk is what a small write costs, and a disk takes
 * many as quickly as one. Each is on the disk when its promise is fulfilled, as it would be alone; one that fails leaves
 * nothing and harms no other.
 */
import type { OpenDatabase } from './database.ts';

type Database = Pick<OpenDatabase<unknown>, 'transaction'>;

/** Does a write within the transaction; gives what tells of it once that is committed. */
interface Waiting {
  readonly write: () => () => void;
  readonly failed: (error: unknown) => void;
}

const waiting = new WeakMap<Database, Waiting[]>();

/** All of `work` or nothing, with what else is to be written in this turn of the event loop. Errors: those of `work`. */
export function commitTogether<Result>(database: Database, work: () => Result): Promise<Result> {
  return new Promise((done, failed) => {
    const group = waiting.get(database) ?? begin(database);
    const write = () => {
      const result = database.transaction(work);
      return () => done(result);
    };
    group.push({ write, failed });
  });
}

function begin(database: Database): Waiting[] {
  const group: Waiting[] = [];
  waiting.set(database, group);
  setImmediate(() => {
    waiting.delete(database);
    commit(database, group);
  });
  return group;
}

function commit(database: Database, group: readonly Waiting[]): void {
  try {
    const tell = database.transaction(() => group.map(written));
    for (const one of tell) one();
  } catch (error) {
    for (const { failed } of group) failed(error);
  }
}

function written({ write, failed }: Waiting): () => void {
  try {
    return write();
  } catch (error) {
    return () => failed(error);
  }
}
