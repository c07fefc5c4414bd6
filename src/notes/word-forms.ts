/**
 * Whether two words are forms of one word: `calcified` and `calcifications`, `bursa` and `bursae`, `tumour` and `tumors`. By the
 * endings of English and of the Latin and Greek of medicine, not by a stemmer, which parts `arthritis` from `arthritides`.
 */

/** Endings that go with one another on the same beginning. */
const FAMILIES: readonly (readonly string[])[] = [
  ['', 's', 'es', 'ed', 'ing', 'ings', 'ion', 'ions'],
  ['e', 'es', 'ed', 'ing', 'ings', 'ion', 'ions', 'ation', 'ations'],
  ['', 's', 'ate', 'ates', 'ated', 'ating', 'ation', 'ations', 'ative'],
  ['', 's', 'al', 'ally'],
  ['', 's', 'ic'],
  ['', 'ness', 'ly'],
  ['e', 'es', 'ar', 'ous', 'ic'],
  ['y', 'ies', 'ied', 'ying', 'ic', 'ical', 'ication', 'ications'],
  ['ic', 'ics', 'ical', 'ically'],
  ['is', 'es', 'ides', 'ic', 'ed'],
  ['sis', 'ses', 'tic', 'stic', 'se', 'sed', 'sing'],
  ['tasis', 'tases', 'tatic', 'tasize', 'tasizes', 'tasized', 'tasizing'],
  ['a', 'as', 'ae', 'al', 'ar', 'ata', 'atous'],
  ['ia', 'ias', 'ial', 'ic'],
  ['um', 'a', 'ums', 'al'],
  ['us', 'i', 'uses', 'al', 'ial', 'ic', 'ous'],
  ['on', 'a', 'ons'],
  ['ex', 'ix', 'ices', 'ical'],
  ['ax', 'aces', 'acic'],
  ['nx', 'nges', 'ngeal'],
];

/** What all forms have in common has at least so many letters. */
const SHORTEST_BEGINNING = 4;

/** Tells of folded words whether they are other forms of `word`, or spelled otherwise in Britain or America. */
export function formsOf(word: string): (other: string) => boolean {
  const own = american(word);
  const families = beginningsOf(own);
  return (other) => {
    if (other === word || other.length < SHORTEST_BEGINNING) return false;
    const same = american(other);
    return same === own || families.some(({ beginning, endings }) => fits(same, beginning, endings));
  };
}

interface Beginning {
  readonly beginning: string;
  readonly endings: ReadonlySet<string>;
}

function beginningsOf(word: string): Beginning[] {
  const found: Beginning[] = FAMILIES.flatMap((family) =>
    family
      .filter((ending) => word.endsWith(ending) && word.length - ending.length >= SHORTEST_BEGINNING)
      .map((ending) => ({ beginning: word.slice(0, word.length - ending.length), endings: new Set(family) })),
  );
  return [...found, ...undoubled(word)];
}

const VERB = new Set(['', 's', 'ed', 'ing', 'ings']);

/** `scarring`: of `scar`. */
function undoubled(word: string): Beginning[] {
  const beginning = /^(.{3,}([b-df-hj-np-tv-z]))\2(?:ed|ings?)$/.exec(word)?.[1];
  return beginning ? [{ beginning, endings: VERB }] : [];
}

function fits(word: string, beginning: string, endings: ReadonlySet<string>): boolean {
  if (!word.startsWith(beginning)) return false;
  const rest = word.slice(beginning.length);
  return (
    endings.has(rest) || (endings.has('ing') && rest.charAt(0) === beginning.at(-1) && /^.(?:ed|ings?)$/.test(rest))
  );
}

const BRITISH = /ae|oe|our|ph|[iy]s[aei]|[tb]re$|ll(?:ed|ing)$/;

/** The American spelling of a folded word, and of some words no spelling at all: only to be compared. */
function american(word: string): string {
  if (!BRITISH.test(word)) return word;
  return word
    .replace(/ae(?!$)|oe/g, 'e')
    .replace('our', 'or')
    .replace('sulph', 'sulf')
    .replace(/([iy])s(e|es|ed|ing|ation|ations)$/, '$1z$2')
    .replace(/([tb])re$/, '$1er')
    .replace(/ll(ed|ing)$/, 'l$1');
}
