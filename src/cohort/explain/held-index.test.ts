import { describe, expect, test } from 'vitest';
import { goutProtocol, hospital, type TestPerson } from '../hospital.test-support.ts';
import { heldIndexStep } from './held-index.ts';
import type { HeldPart } from './held-parts.ts';

const gout = (...dates: string[]) => dates.map((date) => ({ code: '274.0', date }));
const seen = (...dates: string[]) => dates.map((date) => ({ date }));
const persons: TestPerson[] = [
  { id: 'two', conditions: gout('2013-01-01', '2015-01-01'), visits: seen('2011', '2015-06-01') },
  { id: 'washed', conditions: gout('2011-12-01', '2012-02-01') },
  { id: 'none' },
  { id: 'refused', conditions: gout('2013-01-01'), consents: [{ decision: 'deny', date: '2013-01-01' }] },
];
const index = {
  label: 'First gout',
  take: 'every',
  washout: '1 year',
  lookback: '1 year',
  followUp: '1 year',
} as const;
const protocol = goutProtocol({ index: { ...index, events: [{ condition: 'gout', during: 'period' }] } });

const dates = (part: HeldPart | undefined) => [
  part?.holds,
  part?.events?.n,
  part?.events?.rows.map(({ date }) => date),
];

describe('a step of the index event', () => {
  test('[R154] is told with the events that it is about', async () => {
    using place = await hospital(persons);
    using gate = await place.gate(protocol);
    const rows = await gate.all<{ id: string; source: string }>(
      'SELECT person_id AS id, person_source_value AS source FROM person',
    );
    const ids = new Map(rows.map(({ id, source }) => [source, id]));
    const told = async (step: string) => {
      const parts = await heldIndexStep(gate, step, [...ids.values()]);
      return ['two', 'washed', 'none'].map((name) => dates(parts?.get(ids.get(`Patient/${name}`) ?? '')));
    };
    const nothing = [false, 0, []];
    expect(await told('no-index-event')).toEqual([
      [true, 2, ['2013-01-01', '2015-01-01']],
      [true, 1, ['2012-02-01']],
      nothing,
    ]);
    expect(await told('washout')).toEqual([nothing, [true, 1, ['2012-02-01']], nothing]);
    expect(await told('lookback')).toEqual([nothing, nothing, nothing]);
    expect(await told('follow-up')).toEqual([[true, 1, ['2015-01-01']], nothing, nothing]);
    expect(await heldIndexStep(gate, 'tapped', [...ids.values()])).toBeUndefined();
  });
});
