import { describe, expect, test } from 'vitest';
import { parseProtocol } from '../protocol/index.ts';
import { plain } from './entries.test-support.ts';
import { psoriasisProtocol } from './psoriasis-protocol.test-support.ts';
import { ruled, said } from './revisions-of.test-support.ts';
import { isDouble } from './settle.ts';
import { abstracted, complete, openOf, protocol, settle, settleIn, valuesOf } from './settled.test-support.ts';

describe('a row', () => {
  const base = [said('anna', 'baseline', complete), said('ben', 'baseline', complete)];

  test('[R7] that both have is settled, rows in the order of their keys', () => {
    const rows = ['anna', 'ben'].flatMap((who) => [
      said(who, 'visit', { number: 2, clear: true }, '2'),
      said(who, 'visit', { number: 1, clear: false }, '1'),
    ]);
    const settled = settle(...base, ...rows);
    expect(settled.open).toEqual([]);
    expect(settled.records.visit?.map((one) => one.row)).toEqual(['1', '2']);
  });

  test('[R7] that only one has is a difference in each of its fields', () => {
    const only = said('anna', 'visit', { number: 1, clear: true }, '1');
    expect(openOf(settle(...base, only))).toEqual(['visit 1 number difference', 'visit 1 clear difference']);
    const kept = settle(
      ...base,
      only,
      ruled('visit', 'number', plain(1), '1'),
      ruled('visit', 'clear', plain(false), '1'),
    );
    expect(kept.open).toEqual([]);
    expect(valuesOf(kept, 'visit')).toEqual({ number: 1, clear: false });
  });

  test('[R7] whose key an adjudicator calls missing is removed, with all that was said of it', () => {
    const only = said('anna', 'visit', { number: 1, clear: true }, '1');
    const removed = settle(
      ...base,
      only,
      ruled('visit', 'number', { missing: 'documented-absent', evidence: [] }, '1'),
    );
    expect(removed.open).toEqual([]);
    expect(removed.records.visit).toEqual([]);
  });
});

describe('what is asked', () => {
  const smoker = { ...complete, smoker: true, pack_years: 20 };

  test('[R8] branching leaves out what the settled record does not ask', () => {
    const words = [said('anna', 'baseline', smoker), said('ben', 'baseline', complete)];
    expect(openOf(settle(...words))).toEqual(['baseline smoker difference']);
    const never = settle(...words, ruled('baseline', 'smoker', plain(false)));
    expect(never.open).toEqual([]);
    expect(valuesOf(never)).toEqual(complete);
    const smokes = settle(...words, ruled('baseline', 'smoker', plain(true)));
    expect(openOf(smokes)).toEqual(['baseline pack_years difference']);
    const settled = settle(
      ...words,
      ruled('baseline', 'smoker', plain(true)),
      ruled('baseline', 'pack_years', plain(20)),
    );
    expect(settled.records.baseline?.[0]?.computed).toEqual({ heavy: true });
  });

  test('[R8] leaving out one answer hides the question after it', () => {
    const yaml = psoriasisProtocol.replace('label: Remark, required: false,', '$& visible: pack_years > 10,');
    const words = ['anna', 'ben'].map((who) => said(who, 'baseline', { ...smoker, remark: 'x' }));
    const of = parseProtocol(yaml, 'protocol.yaml');
    const settled = settleIn(of, of.instruments.slice(1), ...words, ruled('baseline', 'smoker', plain(false)));
    expect(settled.open).toEqual([]);
    expect(valuesOf(settled)).toEqual(complete);
  });

  test('[R10] a question that is asked and required is open until it is answered', () => {
    const { started: _, ...rest } = complete;
    const words = ['anna', 'ben'].map((who) => said(who, 'baseline', rest));
    expect(openOf(settle(...words))).toEqual(['baseline started unanswered']);
  });

  test('[R10] a ruling that breaks a validation is open', () => {
    const words = ['anna', 'ben'].map((who) => said(who, 'baseline', complete));
    expect(openOf(settle(...words, ruled('baseline', 'started', plain('2010'))))).toEqual(['baseline started invalid']);
  });

  test('[R10] a chart that nobody, or too few have abstracted is open', () => {
    expect(openOf(settle())).toEqual(['baseline not-abstracted', 'visit not-abstracted']);
    expect(openOf(settle(said('anna', 'baseline', complete)))).toEqual([
      'baseline too-few-abstractors',
      'visit too-few-abstractors',
    ]);
  });
});

describe('charts abstracted by several', () => {
  const share = (doubleShare: number, id = protocol.id) => ({ id, review: { ...protocol.review, doubleShare } });
  const subjects = Array.from({ length: 2000 }, (_, at) => `S${String(at + 1).padStart(3, '0')}`);

  test('[R9] are all, none, or about the share that the protocol says', () => {
    expect(subjects.every((one) => isDouble(share(1), one))).toBe(true);
    expect(subjects.some((one) => isDouble(share(0), one))).toBe(false);
    expect(subjects.filter((one) => isDouble(share(0.2), one)).length / subjects.length).toBeCloseTo(0.2, 1);
  });

  test('[R9] stay such when the share grows, and are others in another study', () => {
    const at = (of: ReturnType<typeof share>) => subjects.filter((one) => isDouble(of, one));
    expect(at(share(0.5))).toEqual(expect.arrayContaining(at(share(0.2))));
    expect(at(share(0.5, 'another'))).not.toEqual(at(share(0.5)));
  });

  test('[R9] for the others one abstractor is enough', () => {
    const alone = settleIn({ ...protocol, ...share(0) }, abstracted, said('anna', 'baseline', complete));
    expect(alone.open).toEqual([]);
    expect(alone.records.baseline?.[0]?.values.severity?.by).toBe('one-abstractor');
  });
});
