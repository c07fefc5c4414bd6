/** How a column of the data set is described. */
export interface DescribedColumn {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly unit?: string | undefined;
  readonly choices?: string | undefined;
  /** The field whose value (not: whose kind of missing) it holds. */
  readonly field?: { readonly instrument: string; readonly field: string };
}

/** A column and what it holds for a subject (or a row of a repeating instrument). */
export interface DataColumn<Of> extends DescribedColumn {
  value(of: Of): unknown;
}
