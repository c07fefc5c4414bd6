/** Tables that were kept while a gate is open, to ask criteria of. */
/**
 * Kept tables: of the rows that may carry a code or a name of a set, and of which of them do (`row_id` and the id of the
 * `concept_set`, once for each code or name); where the rows are not kept, of the codes alone.
 */
export interface CodedRows {
  readonly coding?: string;
  readonly rows?: string;
}

/** Tables that were kept before, which a criterion may be asked of. */
export interface GivenTables {
  /** By the table of the records, for events that sets are asked of (`keepCodedRows`); else both are looked for there. */
  readonly coded?: ReadonlyMap<string, CodedRows> | undefined;
  /** Of the index events (`index-sql.ts`), where a criterion may ask for each case. */
  readonly indexEvents?: string | undefined;
}
