/** A settled review of generated subjects for `analysis.ts`; the same number gives the same subjects. */
import type { PartialDate } from '../src/base/index.ts';
import { evaluateRecord, type FieldValue, type Protocol, type RecordValues } from '../src/protocol/index.ts';
import type { SettledRecord, SettledSubject, SettledValue } from '../src/review/index.ts';

const STATES = ['clear', 'better', 'better', 'same', 'worse', 'back'];

/** The subjects `S001` and so on: six in seven with a dose that is known, one to three plaques, each seen one to four times, up to two adverse events. */
export function settledSubjects(protocol: Protocol, count: number): SettledSubject[] {
  return Array.from({ length: count }, (_, at) => settledSubject(protocol, at, drawsFrom(at + 1)));
}

type Draw = (below: number) => number;

/** Pseudo-random whole numbers (Mulberry32), so that a run can be repeated. */
function drawsFrom(seed: number): Draw {
  let state = (seed * 0x9e3779b1) >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function settledSubject(protocol: Protocol, at: number, draw: Draw): SettledSubject {
  const subject = `S${String(at + 1).padStart(3, '0')}`;
  const person = {
    subject,
    personId: String(at + 1),
    person: `Patient/${at + 1}`,
    sex: draw(2) === 0 ? 'female' : 'male',
    birthDate: `${1935 + draw(65)}-0${1 + draw(9)}-15` as PartialDate,
  };
  const rows: Readonly<Record<string, readonly Record<string, FieldValue>[]>> = {
    screening: [{ psoriasis: { value: true } }],
    baseline: [baseline(draw)],
    plaque: plaques(draw),
    event: events(draw),
  };
  const records = protocol.instruments.map((instrument): [string, SettledRecord[]] => [
    instrument.id,
    (rows[instrument.id] ?? []).map((answers) => ({
      row: String(textOf(answers.visit ?? answers.number) ?? ''),
      values: byAgreement(answers),
      computed: evaluateRecord(instrument, answers, { person }).computed,
    })),
  ]);
  return { person, records: Object.fromEntries(records), open: [] };
}

function baseline(draw: Draw): Record<string, FieldValue> {
  const started = 2012 + draw(7);
  const isUnknown = draw(7) === 0;
  return {
    severity: { value: ['mild', 'moderate', 'severe'][draw(3)] ?? 'mild' },
    dose: isUnknown ? { missing: 'not-documented' } : { value: draw(2) === 0 ? 'low' : 'high' },
    sites: { value: ['arms', 'legs', 'trunk', 'scalp'].filter((_, n) => n === 0 || draw(2) === 0) },
    weight: draw(9) === 0 ? { missing: 'not-documented' } : { value: 45 + draw(800) / 10 },
    smoker: { value: draw(3) === 0 },
    onset: { value: `${started - 1 - draw(20)}-0${1 + draw(9)}-1${draw(10)}` },
    started: { value: `${started}-0${1 + draw(9)}-1${draw(10)}` },
    ...(draw(2) === 0 ? { stopped: { value: `${started + 1}-0${1 + draw(9)}-1${draw(10)}` } } : {}),
  };
}

function plaques(draw: Draw): Record<string, FieldValue>[] {
  const year = 2019;
  return Array.from({ length: 1 + draw(3) }, (_, site) =>
    Array.from({ length: 1 + draw(4) }, (_, visit) => ({
      visit: { value: `${site}@${visit}` },
      site: { value: `plaque ${site + 1}` },
      date: { value: `${year + (visit >> 1)}-0${1 + (visit % 2) * 5}-2${draw(9)}` },
      state: { value: STATES[draw(STATES.length)] ?? 'same' },
      size: known(draw(8) > 0, 5 + draw(60)),
    })),
  ).flat();
}

function events(draw: Draw): Record<string, FieldValue>[] {
  return Array.from({ length: Math.max(0, draw(5) - 2) }, (_, at) => ({
    number: { value: String(at + 1) },
    term: { value: ['reaction', 'infection', 'headache'][draw(3)] ?? 'headache' },
    grade: known(draw(6) > 0, 1 + draw(4)),
    onset: { value: `2019-0${1 + draw(9)}-1${draw(10)}` },
    admitted: { value: draw(10) === 0 },
  }));
}

function known(isKnown: boolean, value: number): FieldValue {
  return isKnown ? { value } : { missing: 'not-documented' };
}

function textOf(answer: FieldValue | undefined): unknown {
  return answer && 'value' in answer ? answer.value : undefined;
}

function byAgreement(answers: RecordValues): Record<string, SettledValue> {
  const values = Object.entries(answers).map(([field, answer]): [string, SettledValue] => [
    field,
    { answer, evidence: [], by: 'agreement', reviewers: ['anna', 'ben'] },
  ]);
  return Object.fromEntries(values);
}
