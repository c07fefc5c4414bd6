/** A column: how it is described and what it holds for a subject (or a row of a repeating instrument). */
export interface DataColumn<Of> {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly unit?: string | undefined;
  readonly choices?: string | undefined;
  value(of: Of): unknown;
}
