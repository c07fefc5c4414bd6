/**
 * The route of a drug in plain words, from whatever the source says. Rules R9 to R12 of SPEC.md.
 */

export const routes = [
  'topical',
  'intravenous',
  'oral',
  'subcutaneous',
  'intramuscular',
  'intralesional',
  'intradermal',
  'intrathecal',
  'transdermal',
  'ophthalmic',
  'otic',
  'nasal',
  'inhaled',
  'rectal',
  'vaginal',
  'sublingual',
  'other',
] as const;
export type Route = (typeof routes)[number];

/** What a source says of how a drug is given. All in words, but for the codes. */
export interface RouteSource {
  /** Codes of the stated route, without their system: SNOMED CT or HL7 table 0162. */
  readonly codes?: readonly string[];
  /** The stated route: its text and the displays of its codes. */
  readonly stated?: readonly string[];
  readonly doseForm?: string | null;
  readonly drug?: string | null;
}

/** The stated route (`other` where it is stated and unknown), else what the dose form says, else the drug's text. */
export function routeOf(source: RouteSource): Route | null {
  const coded = (source.codes ?? []).map((code) => CODES[code] ?? CODES[code.toUpperCase()]);
  const stated = (source.stated ?? []).filter((text) => text.trim() !== '');
  const said = coded.find((route) => route !== undefined) ?? firstRoute(stated);
  if (said !== undefined) return said;
  if (stated.length > 0 || coded.length > 0) return 'other';
  return firstRoute([source.doseForm, source.drug]) ?? null;
}

/** SNOMED CT (descendants of 284009009, route of administration value), and HL7 version 2 table 0162. */
const CODES: Readonly<Record<string, Route>> = {
  '6064005': 'topical',
  '47625008': 'intravenous',
  '26643006': 'oral',
  '34206005': 'subcutaneous',
  '78421000': 'intramuscular',
  '372464004': 'intradermal',
  '72607000': 'intrathecal',
  '45890007': 'transdermal',
  '54485002': 'ophthalmic',
  '10547007': 'otic',
  '46713006': 'nasal',
  '37161004': 'rectal',
  '16857009': 'vaginal',
  '37839007': 'sublingual',
  TP: 'topical',
  IV: 'intravenous',
  PO: 'oral',
  SC: 'subcutaneous',
  IM: 'intramuscular',
  ID: 'intradermal',
  IT: 'intrathecal',
  TD: 'transdermal',
  OP: 'ophthalmic',
  OT: 'otic',
  NS: 'nasal',
  IH: 'inhaled',
  PR: 'rectal',
  VG: 'vaginal',
  SL: 'sublingual',
};

/**
 * Words that name a route, the particular before the general: an eye ointment is not topical, a subcutaneous injection
 * not intravenous. English; whole words.
 */
const WORDS: readonly (readonly [Route, RegExp])[] = [
  ['ophthalmic', words('ophthalmic|eye|eyes|intraocular|conjunctival')],
  ['otic', words('otic|ear|ears|auricular')],
  ['nasal', words('nasal|intranasal|nostrils?')],
  ['inhaled', words('inhal\\w*|respiratory|nebuli[sz]\\w*|inh')],
  ['rectal', words('rectal|rectally|suppositor\\w+|enema')],
  ['vaginal', words('vaginal|vaginally|pessar\\w+')],
  ['sublingual', words('sublingual|buccal')],
  ['transdermal', words('transdermal|patch|patches')],
  ['intralesional', words('intralesional|intralesionally')],
  ['intradermal', words('intradermal|intracutaneous')],
  ['intrathecal', words('intrathecal')],
  ['topical', words('topical|topically|cutaneous|ointments?|creams?|lotions?|shampoos?|liniments?|salve')],
  ['intravenous', words('intravenous|intravenously|iv|i\\.v\\.|ivpb')],
  ['intramuscular', words('intramuscular|intramuscularly|im|i\\.m\\.')],
  ['subcutaneous', words('subcutaneous|subcutaneously|subcut|sc|s\\.c\\.|subq|pen|auto-?injector|prefilled syringe')],
  ['oral', words('oral|orally|by mouth|po|p\\.o\\.|tablets?|tabs?|capsules?|caps?|syrup|lozenges?|chewable')],
  ['topical', words('gels?|pastes?|foams?')],
  ['intravenous', words('injections?|injectables?|infusions?|injected|infused')],
];

function words(alternatives: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives})(?![\\p{L}\\p{N}])`, 'iu');
}

function firstRoute(texts: readonly (string | null | undefined)[]): Route | undefined {
  for (const text of texts) {
    if (!text) continue;
    const found = WORDS.find(([, pattern]) => pattern.test(text));
    if (found) return found[0];
  }
  return undefined;
}
