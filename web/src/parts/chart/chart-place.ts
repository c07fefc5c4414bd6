/** Places of a chart, as evidence cites them. */

/** A stretch of a note in UTF-16 units of its text, or a row of the records, each by its source. */
export type ChartPlace =
  | { readonly note: string; readonly start: number; readonly end: number }
  | { readonly record: string };

/** What somebody chose in a chart: as much as a piece of evidence. */
export type ChosenEvidence =
  | { readonly note: string; readonly start: number; readonly end: number; readonly quote: string }
  | { readonly record: string };

/** What a page can ask of a chart that it shows. */
export interface ChartHandle {
  /** Opens the note or the row, scrolls there and marks it. */
  focusEvidence(place: ChartPlace): void;
  /** Looks for a query in the notes, as if it had been typed. */
  find(query: string): void;
}
