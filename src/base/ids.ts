import { hash } from 'node:crypto';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** An OMOP `person_id`: a 63-bit integer as decimal text, since a JavaScript number would round it. */
export type PersonId = Branded<'PersonId'>;
/** An OMOP `note_id`: a 63-bit integer as decimal text. */
export type NoteId = Branded<'NoteId'>;
/** The name of a set of imported records that never changes: 16 hexadecimal digits. */
export type SnapshotId = Branded<'SnapshotId'>;
/** The `id` of a protocol: the folder name of its study. */
export type StudyId = Branded<'StudyId'>;

/**
 * The 63-bit row id of a resource as decimal text, worked out from its name alone (`Patient/123`), so that a reference resolves
 * without a lookup and an import that is repeated, resumed or reordered gives the same ids.
 */
export function rowId(sourceId: string): string {
  return (BigInt(`0x${hash('sha256', sourceId, 'hex').slice(0, 16)}`) >> 1n).toString();
}

/** {@link rowId} of a `Patient/...` reference. */
export function personIdOf(reference: string): PersonId {
  return rowId(reference) as PersonId;
}

/** {@link rowId} of a `DocumentReference/...` reference. */
export function noteIdOf(reference: string): NoteId {
  return rowId(reference) as NoteId;
}
