/** Who of a blinded study may see what others entered. Rule R75 of SPEC.md. */
import { sha256 } from '../../base/index.ts';
import type { Actor } from '../../cohort/index.ts';
import { appendAudit, type StudyDatabase } from '../../workspace/index.ts';

/** A lifting of the blinding, for good. `person` and `by` are logins. */
export interface Unmasking {
  readonly person: string;
  readonly by: string;
  readonly reason: string;
  readonly at: string;
}

/** Lifts the blinding for one person. The audit trail has it, with the hash of the reason: that may speak of a chart. */
export function unmask(database: StudyDatabase, person: string, reason: string, { actor, at }: Actor): Unmasking {
  return database.transaction(() => {
    const one = { person, by: actor, reason, at };
    const { lastId } = database.run(database.db.insertInto('unmasking').values(one));
    const detail = { person, unmasking: lastId, reason: sha256(`${at} ${reason}`) };
    appendAudit(database, { at, actor, action: 'review.unmask', detail });
    return one;
  });
}

/** Every lifting, in its order. */
export function unmaskings(database: StudyDatabase): Unmasking[] {
  return database.all(database.db.selectFrom('unmasking').select(['person', 'by', 'reason', 'at']).orderBy('id'));
}

/** Whether the blinding was lifted for a person, by login. */
export function isUnmasked({ db, all }: StudyDatabase, person: string): boolean {
  return all(db.selectFrom('unmasking').select('id').where('person', '=', person).limit(1)).length > 0;
}
