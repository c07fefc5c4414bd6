/** Sentences that a hurried reader takes for a fact, with the value that would follow. */
import { type Random, usDate } from '../institution/index.ts';
import { type IncludedCase, isMissing } from './cases.ts';
import type { Draft } from './composer.ts';

interface Trap {
  readonly key: string;
  readonly value: string | number | boolean | readonly string[];
  readonly text: string;
}

/** Traps about the patient as she was before the treatment; a chart falls into some of them. */
export function writeBaselineDecoys(draft: Draft, random: Random, one: IncludedCase): void {
  write(draft, random.some(baselineTraps(one, random), 3));
}

/** Traps about the treatment itself. */
export function writeTreatmentDecoys(draft: Draft, random: Random, one: IncludedCase): void {
  write(draft, random.some(treatmentTraps(one), 2));
}

function write(draft: Draft, traps: readonly Trap[]): void {
  for (const { key, value, text } of traps)
    draft.decoy(key, Array.isArray(value) ? [...value] : (value as string), text);
}

function baselineTraps({ baseline }: IncludedCase, random: Random): Trap[] {
  const traps: Trap[] = [];
  const add = (applies: boolean, field: string, value: Trap['value'], text: string) => {
    if (applies) traps.push({ key: `baseline.${field}`, value, text });
  };
  const { ulceration, diagnosed_how, diagnosed_by, sites, prior_treatments, symptoms, actd_age, cc_onset } = baseline;
  add(!ulceration, 'ulceration', true, 'A digital ulcer of the left index finger had healed years before.');
  add(diagnosed_how === 'imaging', 'diagnosed_how', 'both', 'A punch biopsy of the nose showed basal cell carcinoma.');
  add(diagnosed_how === 'biopsy', 'diagnosed_how', 'both', 'Chest x-ray showed no infiltrate.');
  add(diagnosed_by === 'other', 'diagnosed_by', 'both', 'Seen in Dermatology the same year for rosacea.');
  add(diagnosed_by === 'dermatologist', 'diagnosed_by', 'both', 'Rheumatology has followed the lung disease.');
  const hands = sites.length === 1 && sites[0] === 'hands_feet';
  add(
    hands,
    'sites',
    ['hands_feet', 'extremity'],
    'Outside note mentions an old deposit of the right elbow, not felt today.',
  );
  const untreated = prior_treatments[0] === 'none';
  add(untreated, 'prior_treatments', ['surgery'], 'A ganglion cyst was resected from the wrist in the past.');
  add(
    !symptoms.includes('drainage') && !symptoms.includes('none'),
    'symptoms',
    [...symptoms, 'drainage'],
    'Had a draining stye last winter.',
  );
  const other = actd_age + (random.chance(0.5) ? 1 : -1);
  add(actd_age > 16, 'actd_age', other, `The referral letter gives the age at diagnosis as ${other}.`);
  const year = String(Number(cc_onset.slice(0, 4)) - 1);
  add(true, 'cc_onset', year, `Hand stiffness began in ${year}.`);
  return traps;
}

function treatmentTraps({ treatment }: IncludedCase): Trap[] {
  const traps: Trap[] = [];
  const add = (applies: boolean, field: string, value: Trap['value'], text: string) => {
    if (applies) traps.push({ key: `treatment.${field}`, value, text });
  };
  const { frequency, grams, concurrent, prescriptions } = treatment;
  const other = frequency === 'twice' ? 'three_times' : 'twice';
  add(true, 'frequency', other, `Emollient to the hands ${other === 'twice' ? 'twice' : 'three times'} a day.`);
  add(grams !== 60, 'grams', 60, 'A 60 g tube of triamcinolone cream was given for the legs.');
  add(isMissing(prescriptions), 'prescriptions', 1, 'The prescription was handed to the patient.');
  const none = isMissing(concurrent) || concurrent[0] === 'none';
  add(none && !isMissing(concurrent), 'concurrent', ['dressings'], 'A Band-Aid dressing after the blood draw.');
  add(isMissing(concurrent), 'concurrent', ['none'], 'No new medications since the last visit.');
  return traps;
}

/** A nursing note about the tuberculin skin test: the same three letters. */
export function tuberculinNote(draft: Draft, date: string): void {
  draft
    .say(`NURSE VISIT ${usDate(date)}.`)
    .decoy('treatment.start_date', date, 'TST applied L volar forearm.')
    .say('To be read in 48-72 h.', 'Consent for QuantiFERON not needed.');
}
