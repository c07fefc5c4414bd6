/** The recorded reviews: two screeners, two abstractors who differ as people do, and an adjudicator who settles it. */
import { isDeepStrictEqual } from 'node:util';
import { type FieldValue, fieldOf, instrumentOf, type Protocol } from '../../src/protocol/index.ts';
import type { AbstractionEntry, AdjudicationEntry, Answer, Entry } from '../../src/review/entry.ts';
import { randomOf } from '../institution/index.ts';
import type { ChartText, Sentence } from './composer.ts';
import { mayDiffer, type Slip, slipOf } from './disagreement.ts';
import { answerOf, factKey, recordProblems, sentencesFor } from './review-record.ts';
import type { ReviewedCase, TrueRecord } from './truth.ts';

/** Entries by the name of the file that holds them. */
export type Reviews = Readonly<
  Record<'screening-a' | 'screening-b' | 'abstraction-a' | 'abstraction-b' | 'adjudication', readonly Entry[]>
>;

interface Source {
  readonly protocol: Protocol;
  readonly charts: ReadonlyMap<string, ChartText>;
  readonly seed: number;
}

/** The reviews of all cases. What differs is decided field by field, so that a changed fact moves nothing else. */
export function reviewsOf(source: Source, cases: readonly ReviewedCase[]): Reviews {
  const clock = {
    screening: openClock('2018-02-05', 9),
    abstraction: openClock('2018-03-05', 23),
    adjudication: openClock('2018-06-04', 4),
  };
  const reviews = {
    'screening-a': [],
    'screening-b': [],
    'abstraction-a': [],
    'abstraction-b': [],
    adjudication: [],
  } as Record<keyof Reviews, Entry[]>;
  for (const one of cases) {
    for (const record of one.records) {
      const pair = reviewPair(source, one, record);
      const phase = record.instrument === 'screening' ? 'screening' : 'abstraction';
      const at = clock[phase]();
      reviews[`${phase}-a`].push({ ...pair.a, at });
      reviews[`${phase}-b`].push({ ...pair.b, at: minutesLater(at, 61) });
      for (const settled of pair.settled) reviews.adjudication.push({ ...settled, at: clock.adjudication() });
    }
  }
  return reviews;
}

interface Pair {
  readonly a: AbstractionEntry;
  readonly b: AbstractionEntry;
  readonly settled: readonly AdjudicationEntry[];
}

function reviewPair(source: Source, one: ReviewedCase, record: TrueRecord): Pair {
  const chart = source.charts.get(one.id);
  if (!chart) throw new Error(`no chart was written for ${one.id}`);
  const drawn = { a: new Map<string, Slip>(), b: new Map<string, Slip>() };
  for (const [id, truth] of Object.entries(record.values)) {
    const field = fieldOf(instrumentOf(source.protocol, record.instrument), id);
    if (!mayDiffer(record.instrument, field)) continue;
    const key = factKey(record, id);
    const random = randomOf(source.seed, 'disagreement', one.id, key);
    const who = random.chance(0.45) ? 'a' : 'b';
    const slip = slipOf(random, field, truth, chart.decoys.get(key));
    if (slip && !isDeepStrictEqual(slip.said, truth)) drawn[who].set(id, slip);
  }
  const problems = recordProblems(source.protocol, record, one.birth);
  if (problems.length > 0) throw new Error(`case ${one.id}, ${record.instrument}: ${problems.join('; ')}`);
  const identity = {
    person: chart.person,
    instrument: record.instrument,
    ...(record.row === undefined ? {} : { row: record.row }),
  };
  const slips = { a: keepValid(source, one, record, drawn.a), b: keepValid(source, one, record, drawn.b) };
  const entry = (who: 'a' | 'b'): AbstractionEntry => {
    const values = answers(source, chart, record, slips[who], who);
    return { kind: 'abstraction', ...identity, at: '', reviewer: `reviewer-${who}`, values };
  };
  const [a, b] = [entry('a'), entry('b')];
  const settled = [...slips.a, ...slips.b].map(([field, { reason }]): AdjudicationEntry => {
    const answer = answers(source, chart, record, new Map(), 'a')[field];
    if (!answer) throw new Error(`no answer for ${field}`);
    return { kind: 'adjudication', ...identity, at: '', adjudicator: 'adjudicator', field, answer, reason };
  });
  return { a, b, settled };
}

/** The slips with which the record is still whole: one that breaks a rule of the instrument would not have been saved. */
function keepValid(
  { protocol }: Source,
  one: ReviewedCase,
  record: TrueRecord,
  slips: ReadonlyMap<string, Slip>,
): ReadonlyMap<string, Slip> {
  const kept = new Map<string, Slip>();
  for (const [id, slip] of slips) {
    const trial = new Map([...kept, [id, slip]]);
    const problems = recordProblems(protocol, { ...record, values: withSlips(record, trial) }, one.birth);
    if (problems.length === 0) kept.set(id, slip);
  }
  return kept;
}

function withSlips(record: TrueRecord, slips: ReadonlyMap<string, Slip>): Record<string, FieldValue> {
  const said = Object.entries(record.values).map(([id, truth]) => [id, slips.get(id)?.said ?? truth] as const);
  return Object.fromEntries(said);
}

/** The answers of a record. The second reviewer cites the other sentences first, where there are several. */
function answers(
  { protocol }: Source,
  chart: ChartText,
  record: TrueRecord,
  slips: ReadonlyMap<string, Slip>,
  who: 'a' | 'b',
): Record<string, Answer> {
  const instrument = instrumentOf(protocol, record.instrument);
  const cited = (id: string): readonly Sentence[] => {
    const sentences = sentencesFor(chart, factKey(record, id));
    return who === 'a' || sentences.length < 2 ? sentences : sentences.slice(-1);
  };
  return Object.fromEntries(
    Object.entries(withSlips(record, slips)).map(([id, held]) => {
      const misled = slips.get(id)?.evidence;
      const evidence = () => (misled ? [misled] : cited(id));
      return [id, answerOf(protocol, chart, fieldOf(instrument, id), held, evidence)];
    }),
  );
}

/** Times that go on by so many minutes, from nine o'clock of a day. */
function openClock(day: string, step: number): () => string {
  let time = Date.parse(`${day}T09:00:00Z`);
  return () => {
    time += step * MINUTE;
    return new Date(time).toISOString();
  };
}

const MINUTE = 60_000;

function minutesLater(at: string, minutes: number): string {
  return new Date(Date.parse(at) + minutes * MINUTE).toISOString();
}
