/** What every note writer of an included patient needs: the facts, the days, the voice, and a stream of chance of its own. */
import { type Random, randomOf } from '../institution/index.ts';
import type { IncludedCase } from './cases.ts';
import { type Background, backgroundOf } from './stock.ts';
import type { StudyChart } from './study-chart.ts';
import type { Timeline } from './timeline.ts';
import { type Voice, voiceOf } from './words.ts';

export interface Telling {
  readonly one: IncludedCase;
  readonly study: StudyChart;
  readonly days: Timeline;
  readonly voice: Voice;
  /** What every note repeats of the patient and that is no fact of the study. */
  readonly background: Background;
  /** The stream of a note: the same case, seed and name give the same note, whatever else is written. */
  stream(name: string): Random;
}

export function tellingOf(seed: number, one: IncludedCase, study: StudyChart, days: Timeline): Telling {
  return {
    one,
    study,
    days,
    voice: voiceOf(one.person),
    background: backgroundOf(randomOf(seed, 'reference-study', one.id, 'background')),
    stream: (name) => randomOf(seed, 'reference-study', one.id, name),
  };
}

/** The keys of an instrument's fields, as the composer remembers them. */
export function keys(instrument: string, ...fields: readonly string[]): string[] {
  return fields.map((field) => `${instrument}.${field}`);
}

/** The keys of a row's fields. */
export function rowKeys(instrument: string, row: string, ...fields: readonly string[]): string[] {
  return fields.map((field) => `${instrument}/${row}.${field}`);
}

const SLIPS: readonly (readonly [RegExp, string])[] = [
  [/\bcalcinosis cutis\b/, 'calcinosis cutus'],
  [/\bcalcinosis\b/, 'calcinois'],
  [/\bpatient\b/, 'pateint'],
  [/\bdefinite\b/, 'definate'],
  [/\birritation\b/, 'iritation'],
  [/\bswelling\b/, 'sweling'],
  [/\bprescription\b/, 'perscription'],
  [/\bimproved\b/, 'imporved'],
  [/\bointment\b/, 'ointmnet'],
  [/\bexamination\b/, 'examintion'],
];
const SLIP_RATE = 0.06;

/** The sentence, one time in sixteen with a slip of the pen. */
export function typed(random: Random, sentence: string): string {
  if (!random.chance(SLIP_RATE)) return sentence;
  const slip = SLIPS.find(([right]) => right.test(sentence));
  return slip ? sentence.replace(slip[0], slip[1]) : sentence;
}

/** One of the sentences, typed by hand. */
export function oneOf(random: Random, sentences: readonly string[]): string {
  return typed(random, random.pick(sentences));
}
