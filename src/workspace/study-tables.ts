import type { Generated } from 'kysely';

/** The tables of a study's database, as Kysely types them. Times are ISO 8601 with an offset; ids of persons decimal text. */
export interface StudyTables {
  /** Every version of the protocol that was ever registered. Append-only. */
  readonly protocol_version: { sha256: string; version: string; yaml: string; added_at: string };
  /** Single facts: `snapshot`, `protocol` (the SHA-256 of the current version). */
  readonly study: { key: string; value: string };
  /** `S001`, `S002`, ...: by person id at the first identification; who comes later gets the next numbers. */
  readonly candidate: { subject: string; person_id: string; person_source: string; first_snapshot: string };
  /** `ledger` is canonical JSON. */
  readonly cohort_run: { id: string; protocol: string; snapshot: string; at: string; ledger: string };
  readonly revision: RevisionTable;
  readonly evidence: EvidenceTable;
  /** A state of the settled data that was released. Append-only. */
  readonly release_lock: { id: string; at: string; by: string; protocol: string; snapshot: string; hash: string };
  readonly audit: AuditTable;
  readonly search: SearchTable;
  readonly search_reason: SearchReasonTable;
  readonly search_purpose: SearchPurposeTable;
  readonly search_name: SearchNameTable;
  readonly sample: SampleTable;
  /** `N001`, `N002`, ...: persons of samples, who are no candidates; in the order in which they were drawn. */
  readonly sampled_person: { subject: string; person_id: string; person_source: string; first_snapshot: string };
  /** Who is in which sample; `ordinal` from 0, in the order in which they were drawn. Append-only. */
  readonly sample_member: { sample: number; ordinal: number; subject: string };
  readonly sample_verdict: SampleVerdictTable;
  readonly disclosure_override: DisclosureOverrideTable;
  readonly draft: DraftTable;
  readonly claim: ClaimTable;
  readonly unmasking: UnmaskingTable;
  readonly note_read: NoteReadTable;
  readonly chart_search: ChartSearchTable;
}

/** What one reviewer said of one field, once. The newest of a reviewer holds; the older stay. Append-only. */
export interface RevisionTable {
  id: Generated<number>;
  subject: string;
  instrument: string;
  /** The value of the key field where the instrument repeats, else empty. */
  row_key: string;
  field: string;
  role: 'abstraction' | 'adjudication';
  reviewer: string;
  /** Canonical JSON of the answer. */
  answer: string;
  /** Why an adjudicator decided so. */
  reason: string | null;
  at: string;
  /** SHA-256 of the canonical entry that this came with. */
  entry_hash: string;
}

/** Where in the chart an answer rests: a quotation in a note, or a row of the records. Append-only. */
export interface EvidenceTable {
  revision_id: number;
  /** From 0, in the order given. */
  ordinal: number;
  kind: 'note' | 'record';
  /** A note's or a record's source id: `DocumentReference/1`. */
  source: string;
  /** UTF-16 units of the note's text; null for a record. */
  start: number | null;
  end: number | null;
  quote: string | null;
}

/** Who did what, when; each row sealed with the one before. Append-only. */
export interface AuditTable {
  seq: number;
  at: string;
  actor: string;
  action: string;
  subject: string | null;
  /** Canonical JSON. */
  detail: string;
  previous: string;
  hash: string;
}

/** A search of the notes, as it was asked, and what it came to. Append-only. */
export interface SearchTable {
  id: Generated<number>;
  at: string;
  actor: string;
  /** As it was written. */
  query: string;
  /** The same query in the one form that the search language prints. */
  canonical: string;
  /** Canonical JSON: the texts of each term set that the query names, as they were. */
  term_sets: string;
  /** By what the notes were analysed. */
  notes_version: string;
  /** The SHA-256 of the protocol in force, whose gate was asked. */
  protocol: string;
  snapshot: string;
  mentions: number;
  notes: number;
  persons: number;
  first: string | null;
  last: string | null;
  /** The search that was asked again. */
  rerun_of: number | null;
}

/** What a search was for. The newest of a search holds; it may be said later. Append-only. */
export interface SearchReasonTable {
  id: Generated<number>;
  search_id: number;
  why: string;
  actor: string;
  at: string;
}

/** What somebody attested that they search the notes for, before they did. Append-only. */
export interface SearchPurposeTable {
  id: Generated<number>;
  purpose: string;
  /** Of which session it was said: a hash of its token, shortened. */
  session: string;
  actor: string;
  at: string;
}

/** The name under which a search is kept at hand; the newest of a search holds, an empty one takes it away. Append-only. */
export interface SearchNameTable {
  id: Generated<number>;
  search_id: number;
  name: string;
  actor: string;
  at: string;
}

/** A random sample of persons whom no arm of a run found. The newest of a run holds. Append-only. */
export interface SampleTable {
  id: Generated<number>;
  run: string;
  seed: string;
  /** How many were asked for. */
  size: number;
  /** The named criterion of the protocol that it is restricted to. */
  among: string | null;
  /** Canonical JSON: the term sets that this criterion asks notes with, as they were. */
  term_sets: string;
  actor: string;
  at: string;
}

/** What somebody said of a person of a sample. The newest of a person holds; the older stay. Append-only. */
export interface SampleVerdictTable {
  id: Generated<number>;
  subject: string;
  reviewer: string;
  /** Canonical JSON of the answer: whether it is a case, with its evidence. */
  answer: string;
  at: string;
}

/** A warning of the disclosure check that somebody accepted, as it was told. Append-only. */
export interface DisclosureOverrideTable {
  id: Generated<number>;
  code: string;
  place: string;
  text: string;
  reason: string;
  actor: string;
  at: string;
}

/** One change of one field by whoever reads the chart, before it is part of an entry. Append-only. */
export interface DraftTable {
  id: Generated<number>;
  /** Made by the client: a change that comes again is the same one. */
  change_id: string;
  subject: string;
  instrument: string;
  /** As in a revision. */
  row_key: string;
  field: string;
  reviewer: string;
  /** Canonical JSON of the answer; `null` withdraws it. */
  answer: string;
  /** The newest revision of this field by this reviewer that the change came after; 0 while there is none. */
  after_revision: number;
  at: string;
}

/** Who reads which chart at which stage. The newest of a reviewer holds. Append-only. */
export interface ClaimTable {
  id: Generated<number>;
  subject: string;
  stage: 'screening' | 'abstraction' | 'adjudication';
  reviewer: string;
  kind: 'taken' | 'done' | 'released';
  at: string;
}

/** A person (by login) who may see what others entered although the study is blinded, since then. Append-only. */
export interface UnmaskingTable {
  id: Generated<number>;
  person: string;
  by: string;
  reason: string;
  at: string;
}

/** A note of a chart that a reviewer opened; `note` is its source id. Append-only. */
export interface NoteReadTable {
  id: Generated<number>;
  subject: string;
  reviewer: string;
  note: string;
  at: string;
}

/** What a reviewer searched a chart for, as the search language prints it, and what it came to. Append-only. */
export interface ChartSearchTable {
  id: Generated<number>;
  subject: string;
  reviewer: string;
  query: string;
  mentions: number;
  notes: number;
  at: string;
}
