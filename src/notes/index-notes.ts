import type Database from 'better-sqlite3';
import type { Progress, SnapshotId } from '../base/index.ts';
import type { Records } from '../records/index.ts';
import { type Workspace, withLock } from '../workspace/index.ts';
import { readLexicon } from './lexicon.ts';
import { damageOr, openToIndex } from './notes-database.ts';
import { addPostings, dropUnfinished } from './postings/add-postings.ts';
import { nextNumber, storeNotes } from './store-notes.ts';

/**
 * What an indexing came to. `notes` stand in the snapshot; a note that changed counts as added and as removed. Both are 0
 * when the snapshot was indexed before.
 */
export interface Indexed {
  readonly notes: number;
  readonly added: number;
  readonly removed: number;
  readonly snapshot: SnapshotId;
}

/**
 * Brings `notes.sqlite` to the snapshot of the records: what is new is stored, then analysed and put into postings, in
 * memory that their text does not fill; killed at any moment and run again it gives the same. Errors: `workspace.locked`, `notes.damaged`.
 */
export function indexNotes(
  workspace: Workspace,
  records: Records,
  { progress }: { readonly progress: Progress },
): Promise<Indexed> {
  return withLock(workspace, 'notes', async () => {
    const lexicon = readLexicon(workspace.paths.lexicon);
    const database = openToIndex(workspace.paths.notes, lexicon);
    try {
      const known = told(database, records.snapshot);
      if (known) return { ...known, added: 0, removed: 0 };
      dropUnfinished(database);
      await storeNotes(database, records, progress);
      await addPostings(database, lexicon, progress, () => publish(database, records.snapshot));
      const indexed = told(database, records.snapshot);
      if (!indexed) throw new Error('The snapshot was just named');
      return indexed;
    } catch (error) {
      throw damageOr(error, workspace.paths.notes);
    } finally {
      database.close();
    }
  });
}

/** Closes what was not seen again and names the snapshot; within the transaction that adds the postings. */
export function publish(database: Database.Database, snapshot: SnapshotId): void {
  const number = nextNumber(database);
  database.exec(`UPDATE note SET removed = ${number} WHERE removed IS NULL AND id NOT IN (SELECT id FROM temp.seen)`);
  database
    .prepare(
      `INSERT INTO snapshot (number, id, notes, last)
       SELECT ?, ?, count(*) FILTER (WHERE removed IS NULL), coalesce(max(id), 0) FROM note`,
    )
    .run(number, snapshot);
}

/** What the indexing of a snapshot came to; `undefined` while it is not done. */
function told(database: Database.Database, snapshot: SnapshotId): Indexed | undefined {
  const row = database
    .prepare<[string], Record<'notes' | 'added' | 'removed', bigint>>(
      `SELECT notes, (SELECT count(*) FROM note WHERE added = number) AS added,
         (SELECT count(*) FROM note WHERE removed = number) AS removed
       FROM snapshot WHERE id = ?`,
    )
    .get(snapshot);
  return row && { notes: Number(row.notes), added: Number(row.added), removed: Number(row.removed), snapshot };
}
