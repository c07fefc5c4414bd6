/** Why a place of a release may tell who somebody is. */
export const warningCodes = [
  'small-cell',
  'small-rest',
  'computable',
  'lone-sex',
  'age-over-89',
  'exact-date',
  'shifted-dates',
  'free-text',
] as const;

export type WarningCode = (typeof warningCodes)[number];

/** A place of a release that may tell who somebody is. The text has counts and the protocol's own words, nothing of a chart. */
export interface DisclosureWarning {
  readonly code: WarningCode;
  /** TABLE/ROW/COLUMN, `attrition/STEP`, `statistics/ID`, `response/CATEGORY/SEX`, `TABLE/footnotes/3`, `data/...`. */
  readonly place: string;
  readonly text: string;
}
