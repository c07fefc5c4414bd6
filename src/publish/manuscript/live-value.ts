/** A number (or a word) of a study that a text can name. */
export interface LiveValue {
  /** What it is of: `statistic`, `agreement`, `account`, `table`, `variable`, `excluded`, `arm`, `facts`. It may stand before the name. */
  readonly kind: LiveKind;
  /** `improved.percent`, `table2.frequency-twice.PR.n` */
  readonly name: string;
  /** What it is, for people. */
  readonly label: string;
  /** Not rounded; null where nobody is counted. */
  readonly value: number | string | null;
  /** Decimals in print, unless the text asks for others. */
  readonly digits: number;
  /** What is printed where there is no value; a dash where this is absent. */
  readonly absent?: string;
  /** Whom it counts; absent where there is nobody behind it whom the study may name. */
  readonly subjects?: readonly string[];
}

/** The families of names. */
export type LiveKind = 'statistic' | 'agreement' | 'account' | 'table' | 'variable' | 'excluded' | 'arm' | 'facts';

/** Values of one thing, `field` by field: shares the thing's kind, id and label. */
export function valuesOf(
  thing: { readonly kind: LiveKind; readonly id: string; readonly label: string },
  fields: readonly (readonly [field: string, value: LiveValue['value'], more?: FieldOptions | undefined])[],
): LiveValue[] {
  const { kind, id, label } = thing;
  return fields.map(([field, value, { digits = 0, subjects, absent } = {}]) => ({
    kind,
    name: `${id}.${field}`,
    label,
    value,
    digits,
    ...(absent === undefined ? {} : { absent }),
    ...(subjects ? { subjects } : {}),
  }));
}

interface FieldOptions {
  readonly digits?: number;
  readonly absent?: string;
  readonly subjects?: readonly string[];
}

/** Percent of a share; null stays null. */
export function percentOf(share: number | null): number | null {
  return share === null ? null : share * 100;
}
