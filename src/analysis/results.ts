/** The printed results, as `tables.json` holds them. Every number keeps the subjects behind it. */

/** `columns[].n` is the number of subjects in the column; for a column that is a statistic, of the table. */
export interface TableColumn {
  readonly id: string;
  readonly label: string;
  readonly n: number;
  /** What puts an adverse event or its patient here, FHIRPath about the subject. */
  readonly by?: string;
}

/** Five numbers of a continuous variable; null where nobody has a value. */
export interface Summary {
  readonly n: number;
  readonly mean: number | null;
  readonly sd: number | null;
  readonly median: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

/** With the quartiles, of the type that the table says. */
export interface NumberSummary extends Summary {
  readonly q1: number | null;
  readonly q3: number | null;
}

/** `n` of `N`, in percent (unrounded); `text` is what is printed. A cell of a summary row has `n` only. */
export interface TableCell {
  readonly column: string;
  readonly n: number;
  readonly N: number;
  readonly percent: number | null;
  readonly text: string;
  /** Subject ids, in order. */
  readonly subjects: readonly string[];
  /** Of a number whose row says what it shows: that of the column. */
  readonly summary?: NumberSummary;
  /** Of a table of adverse events: those of the cell, as `S001/ROW`. Where events are counted, `n` is their number. */
  readonly events?: readonly string[];
}

/** A row that counts, or (with the fields of {@link Summary}) one that summarizes a number. */
export interface TableRow extends Partial<Summary> {
  /** Unique in the table. */
  readonly id: string;
  readonly group: string;
  readonly label: string;
  /** Of a summarized number: years, g. */
  readonly unit?: string;
  /** 0; 1 for a row "of which" the one above. */
  readonly level: number;
  readonly cells: readonly TableCell[];
  /** Footnote letters of the row. */
  readonly notes: readonly string[];
  /** Footnote letters of the group's heading, on the first row of the group only. */
  readonly groupNotes: readonly string[];
  /** How many subjects have no value, by kind of missing value; `unrecorded` where a number has none and none was stated. */
  readonly missing: Readonly<Record<string, number>>;
  /** What decides a subject's place in the row: FHIRPath or `instrument.field`. `trace` follows it. */
  readonly by: string;
  /** Of whom the row speaks at all, FHIRPath, where the protocol says so. */
  readonly of?: string;
  /** Of a row of those who have no value: the kind of missing value. */
  readonly lacks?: string;
}

export interface Footnote {
  readonly letter: string;
  readonly text: string;
}

export interface ResultTable {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  readonly footnotes: readonly Footnote[];
}

export interface Results {
  readonly tables: readonly ResultTable[];
}
