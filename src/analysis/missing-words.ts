/** The kinds of missing values as they are printed. */
const KINDS: Readonly<Record<string, string>> = {
  'not-documented': 'not documented',
  'documented-absent': 'documented as absent',
  'not-applicable': 'not applicable',
  conflicting: 'conflicting',
  unrecorded: 'no value',
};

/** A kind in words: `not documented`. */
export function missingWord(kind: string): string {
  return KINDS[kind] ?? kind;
}

/** `9 (not documented), 1 (conflicting)`; empty where nobody lacks a value. */
export function missingList(missing: Readonly<Record<string, number>>): string {
  return Object.entries(missing)
    .map(([kind, n]) => `${n} (${missingWord(kind)})`)
    .join(', ');
}
