/**
 * Notes for measuring an index: any number of them, streamed, the same on every run. They are put together from paragraphs of
 * the demo's notes and, where there, of the MTSamples reports.
 *
 * Realistic: clinical wording with headings, negation and lists; persons with 1 to 200 notes, half of them with four at most;
 * 1.95 kB a note on average, from a phone call to several pages; paragraphs copied forward, so that nearly half repeat one of
 * an earlier note of the person; a vocabulary that goes on growing (misspellings, names, numbers) as Heaps' law has it: with
 * MTSamples 96,000 words at 100,000 notes, 308,000 at a million.
 * Not realistic: a note makes no sense as a whole, its numbers fit nothing, and common words are as many as the sources
 * have (some 20,000 with MTSamples, only 600 without). Nothing about the quality of a search can be measured on it.
 */
import { addDays, type Random, randomOf } from '../demo/institution/index.ts';
import type { Day } from '../src/base/index.ts';
import { type CorpusPool, corpusPool, type ParagraphTemplate, type PoolNote } from './corpus-pool.ts';

export interface CorpusNote {
  /** Decimal, of up to 62 bits, in no order. */
  readonly personId: string;
  readonly noteId: string;
  readonly date: Day;
  readonly type: string;
  readonly specialty: string;
  readonly title: string;
  readonly author: string;
  readonly text: string;
}

const MOST_NOTES = 200;
const FIRST_DAY: Day = '2005-01-01';
const DAYS = 5000;

/** `notes` notes, all of a person one after the other in the order of time. `mtsamples` is the path of its `notes.csv`. */
export function* noteCorpus(notes: number, mtsamples?: string): Generator<CorpusNote> {
  const random = randomOf('note-corpus');
  const pool = corpusPool(mtsamples);
  const days = Array.from({ length: DAYS }, (_, day) => addDays(FIRST_DAY, day));
  let number = 0;
  for (let person = 1; number < notes; person++) {
    const count = Math.min(notes - number, 1 + Math.floor(MOST_NOTES * random.fraction() ** 6));
    const personId = idOf(person, PERSON_FACTOR);
    const home = random.integer(0, pool.notes.length - 1);
    const name = nameOf(random);
    let day = random.integer(0, DAYS / 2);
    let before: readonly string[] = [];
    for (let at = 0; at < count; at++) {
      const source = sourceOf(pool, home, random);
      const date = days[day] ?? FIRST_DAY;
      const paragraphs = paragraphsOf(pool, source, before, random);
      const text = `${paragraphs.join('\n\n')}\n\n${closing(random, name, date)}`;
      const { type, specialty, title, author } = source;
      number++;
      yield { personId, noteId: idOf(number, NOTE_FACTOR), date, type, specialty, title, author, text };
      before = paragraphs;
      day = Math.min(DAYS - 1, day + Math.floor(random.fraction() ** 3 * 200));
    }
  }
}

const PERSON_FACTOR = 0x9e3779b97f4a7c15n;
const NOTE_FACTOR = 0xbf58476d1ce4e5b9n;
const ID_BITS = 62;

/** An odd factor keeps numbers apart. */
function idOf(number: number, factor: bigint): string {
  return String(BigInt.asUintN(ID_BITS, BigInt(number) * factor));
}

/** Mostly of the person's own field: the pool is in the order of specialties. */
function sourceOf(pool: CorpusPool, home: number, random: Random): PoolNote {
  const near = random.chance(0.8) ? home + random.integer(-3, 3) : random.integer(0, pool.notes.length - 1);
  return pool.notes[(near + pool.notes.length) % pool.notes.length] as PoolNote;
}

const SHORTEST = 300;
const LONGEST = 5000;
const COPIED = 0.3;
const STRANGE = 0.15;

function paragraphsOf(pool: CorpusPool, source: PoolNote, before: readonly string[], random: Random): string[] {
  const wanted = SHORTEST + (LONGEST - SHORTEST) * random.fraction() ** 2.4;
  const copies = random.chance(0.4);
  const paragraphs: string[] = [];
  let length = 0;
  for (let at = 0; length < wanted; at++) {
    const earlier = copies && random.chance(COPIED) ? before[at] : undefined;
    const from = at < source.paragraphs.length && !random.chance(STRANGE) ? source : random.pick(pool.notes);
    const text = earlier ?? written(from.paragraphs[at % from.paragraphs.length] as ParagraphTemplate, random);
    paragraphs.push(text);
    length += text.length;
  }
  return paragraphs;
}

const SLIP = 0.06;

/** The paragraph with its longer numbers drawn anew and, now and then, a word misspelt. */
function written({ texts, digits }: ParagraphTemplate, random: Random): string {
  let text = texts[0] ?? '';
  for (let at = 0; at < digits.length; at++) text += numberOf(digits[at] ?? 1, random) + (texts[at + 1] ?? '');
  return random.chance(SLIP) ? misspelt(text, random) : text;
}

const TENS = [1, 10, 100, 1000, 10_000];

const NUMBERS = Array.from({ length: 10_000 }, (_, number) => String(number));

/** Of at most four digits, more often a low one. */
function numberOf(digits: number, random: Random): string {
  const most = TENS[digits] ?? 10_000;
  const fraction = random.fraction();
  return NUMBERS[Math.floor(most / 10 + fraction * fraction * (most - most / 10))] ?? '';
}

const SLIP_LETTERS = 'etaoinsrlhdcumpfgybwvk';

/** One letter of one word is left out, doubled, swapped with the next, or another. */
function misspelt(text: string, random: Random): string {
  const start = text.indexOf(' ', random.integer(0, text.length)) + 1;
  const end = text.indexOf(' ', start);
  if (start === 0 || end - start < 5) return text;
  const at = start + 1 + Math.floor(random.fraction() * (end - start - 3));
  const [before, one, two, after] = [text.slice(0, at), text.charAt(at), text.charAt(at + 1), text.slice(at + 2)];
  const kind = random.integer(0, 3);
  if (kind === 0) return before + two + after;
  if (kind === 1) return before + one + one + two + after;
  if (kind === 2) return before + two + one + after;
  return before + SLIP_LETTERS.charAt(random.integer(0, SLIP_LETTERS.length - 1)) + two + after;
}

const BEGINNINGS =
  'Al Ba Be Bra Ca Che Da De El Fa Fe Ga Gri Ha He Ja Ka Kle La Le Ma Me Mo Na No O Pa Pe Ra Ri Sa Scho Sta Ta Va Wa We Za'.split(
    ' ',
  );
const MIDDLES =
  'ba ber bin da den der fi ga go ha ka kel la len li ma mer mi na ne ni no ra ren ri ro sa sen so ta ter ti to va ver wa ze'.split(
    ' ',
  );
const ENDINGS =
  'bach berg dez ell er ez ford ham ic ini ka ler ley ling man mann ner nik no off otti ov ri rt sen ski son stein ton ville wicz wood'.split(
    ' ',
  );

/** A family name that nobody need have; some are common, most are rare. */
function nameOf(random: Random): string {
  const pick = (list: readonly string[]) => {
    const fraction = random.fraction();
    return list[Math.floor(fraction * fraction * list.length)] ?? '';
  };
  return pick(BEGINNINGS) + pick(MIDDLES) + pick(ENDINGS);
}

/** Now and then a number of its own: a specimen, a device. */
function closing(random: Random, name: string, date: Day): string {
  const specimen = random.chance(0.15) ? `Specimen S${date.slice(2, 4)}-${random.integer(1000, 999_999)}. ` : '';
  return `${specimen}Mr./Ms. ${name} was seen on ${date.slice(5, 7)}/${date.slice(8)}/${date.slice(0, 4)}. Electronically signed by Dr. ${nameOf(random)}.`;
}
