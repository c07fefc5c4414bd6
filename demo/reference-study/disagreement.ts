/** How two honest reviewers differ: a sentence misread, another choice, a date a little off, a value not found. */
import type { Field, FieldValue } from '../../src/protocol/index.ts';
import { addDays, type Random } from '../institution/index.ts';
import type { Decoy, Sentence } from './composer.ts';

/** What the reviewer who erred said, on what evidence, and why it was not upheld. */
export interface Slip {
  readonly said: FieldValue;
  /** The sentence that misled; absent: the same as for the right value. */
  readonly evidence?: Sentence;
  readonly reason: string;
}

/**
 * Fields on which reviewers of this study never differ: those that decide which other questions are asked (a record
 * must stay whole whoever is right), the keys and parts of keys of rows, and what is read off without judgement.
 */
const AGREED = new Set([
  'screening.actd',
  'screening.follow_up',
  'screening.response_without_actd',
  'baseline.actd',
  'baseline.overlap_of',
  'treatment.start_date',
  'treatment.strength',
  'treatment.vehicle',
  'treatment.regimen_change',
  'assessment.visit',
  'assessment.lesion',
  'assessment.date',
  'adverse_event.event',
]);

const WITH_DECOY = 0.29;
const WITHOUT = 0.058;

/** Whether the field is one that reviewers may see differently. */
export function mayDiffer(instrument: string, field: Field): boolean {
  return field.type !== 'computed' && !AGREED.has(`${instrument}.${field.id}`);
}

/** A slip, or nothing where both read the same. */
export function slipOf(random: Random, field: Field, truth: FieldValue, decoy: Decoy | undefined): Slip | undefined {
  if (!random.chance(decoy ? WITH_DECOY : WITHOUT)) return undefined;
  if (decoy && fits(truth, decoy))
    return { said: { value: decoy.value }, evidence: decoy.sentence, reason: aboutElse[decoy.key] ?? ABOUT_ELSE };
  if ('missing' in truth) return anotherMissing(truth.missing, field);
  switch (field.type) {
    case 'date':
      return otherDate(random, String(truth.value));
    case 'choice':
      return otherChoice(random, field, truth) ?? notFound(random, field);
    case 'choices':
      return fewer(random, truth.value) ?? notFound(random, field);
    case 'text':
      return shorter(String(truth.value)) ?? notFound(random, field);
    case 'integer':
      return random.chance(0.5)
        ? { said: { value: Number(truth.value) + 1 }, reason: MISCOUNTED }
        : notFound(random, field);
    default:
      return notFound(random, field);
  }
}

const MISCOUNTED = 'Read off the note by both; the number as written there stands.';

/** A choice of several that decides no other question, so that the record stays whole. */
const DECIDING = new Set(['medication']);

function fits(truth: FieldValue, decoy: Decoy): boolean {
  if ('missing' in truth) return true;
  const both = [truth.value, decoy.value].flat();
  return !both.some((code) => DECIDING.has(String(code)));
}

const ABOUT_ELSE = 'The sentence cited is about something else; the other reviewer cites the statement itself.';

/** Why a misleading sentence does not count, by the fact that it was taken for. */
const aboutElse: Readonly<Record<string, string>> = {
  'baseline.ulceration':
    'A healed ulcer elsewhere does not count; the skin over the treated deposits is described at the start.',
  'baseline.diagnosed_how': 'A biopsy or imaging for another reason does not count as the diagnosis of the deposits.',
  'baseline.diagnosed_by': 'The other service saw the patient for another problem; the diagnosing note names its own.',
  'baseline.sites': 'A deposit that is not felt now was not treated and does not count.',
  'baseline.prior_treatments': 'The operation was not for calcinosis; the note at the start says what was tried.',
  'baseline.symptoms': 'The sentence is not about the deposits; the diagnosing note says what they cause.',
  'baseline.actd_age': 'The note of the treating rheumatologist stands over the age in a referral letter.',
  'baseline.cc_onset': 'Stiffness is not the onset of the deposits, which the notes date themselves.',
  'treatment.frequency':
    'That is how often the emollient is used; the prescription gives the frequency of the preparation.',
  'treatment.grams': 'That tube is another preparation; the prescription gives the amount.',
  'treatment.prescriptions': 'Written or handed out is not filled; only filled prescriptions count.',
  'treatment.concurrent': 'The sentence does not concern treatment of the deposits.',
  'treatment.first_follow_up': 'A refill request or a copied paragraph is no follow-up; the visit itself counts.',
};

function anotherMissing(missing: string, field: Field): Slip | undefined {
  const other = missing === 'not-documented' ? 'not-applicable' : 'not-documented';
  if (!field.missing.includes(other)) return undefined;
  return {
    said: { missing: other },
    reason: 'Both found no value; by the guidance this is the kind of missing that applies.',
  };
}

function otherDate(random: Random, date: string): Slip {
  const reason =
    'The day on which it happened counts, not that of the note that repeats it, and as precise as the chart is.';
  if (date.length === 10) return { said: { value: addDays(date, random.integer(1, 3)) }, reason };
  return { said: { value: date.length === 7 ? date.slice(0, 4) : String(Number(date) + 1) }, reason };
}

/** Pairs that are hard to tell apart; other choices are not confused. */
const confused: Readonly<Record<string, readonly string[]>> = {
  unchanged: ['not_evaluable'],
  improved: ['unchanged'],
  worsened: ['unchanged'],
  recurred: ['unchanged', 'worsened'],
  resolved: ['improved'],
  patient_report: ['both'],
  biopsy: ['both'],
  imaging: ['both'],
  dermatologist: ['both'],
  other: ['both'],
  limited: ['diffuse'],
  less: ['same'],
  same: ['less'],
  more: ['same'],
  no_benefit: ['other'],
};

function otherChoice(
  random: Random,
  field: Extract<Field, { type: 'choice' }>,
  truth: { readonly value: unknown },
): Slip | undefined {
  const candidates = (confused[String(truth.value)] ?? []).filter((code) =>
    field.choices.some((one) => one.code === code),
  );
  if (candidates.length === 0) return undefined;
  return {
    said: { value: random.pick(candidates) },
    reason: 'By the guidance the sentence cited means the other choice.',
  };
}

function fewer(random: Random, value: unknown): Slip | undefined {
  const codes = Array.isArray(value) ? value.map(String) : [];
  if (codes.length < 2 || codes.some((code) => DECIDING.has(code))) return undefined;
  return {
    said: { value: codes.slice(0, random.integer(1, codes.length - 1)) },
    reason: 'One choice was overlooked; both are stated.',
  };
}

function shorter(text: string): Slip | undefined {
  const short = text.replace(/ and .*| mofetil$/, '');
  return short === text ? undefined : { said: { value: short }, reason: 'The fuller wording of the note is kept.' };
}

/** The value was not found; fields whose value decides another question are never left open this way. */
function notFound(random: Random, field: Field): Slip | undefined {
  if (!field.missing.includes('not-documented') || DECIDES.has(field.id)) return undefined;
  const reason = random.pick([
    'It is documented: see the sentence cited.',
    'Overlooked by one reviewer; stated in the note cited.',
  ]);
  return { said: { missing: 'not-documented' }, reason };
}

const DECIDES = new Set(['ulceration', 'stop_date', 'prior_treatments', 'concurrent', 'follow_up']);
