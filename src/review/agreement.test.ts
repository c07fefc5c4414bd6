import { describe, expect, test } from 'vitest';
import { parseProtocol } from '../protocol/index.ts';
import { agreement, agreementByMonth, agreementByPair, agreementOf } from './agreement.ts';
import { abstraction, adjudication, cited, screening, severeSmoker } from './entries.test-support.ts';
import type { Answer } from './entry.ts';
import { psoriasisProtocol } from './psoriasis-protocol.test-support.ts';
import { psoriasisStudy } from './psoriasis-study.test-support.ts';
import type { Revision } from './revisions.ts';
import { ruled, said } from './revisions-of.test-support.ts';

const protocol = parseProtocol(psoriasisProtocol, 'protocol.yaml');
const byField = (...words: Revision[][]) =>
  Object.fromEntries(agreementOf(protocol, words.flat()).map((one) => [`${one.instrument}.${one.field}`, one]));

describe('agreement', () => {
  test('[R11] is counted by field, over pairs of abstractors', () => {
    const found = byField(
      said('anna', 'baseline', { severity: 'mild', started: '2015' }),
      said('ben', 'baseline', { severity: 'severe', started: '2015' }),
      said('dora', 'baseline', { severity: 'severe', started: '2015' }),
    );
    expect(Object.keys(found)).toEqual(['baseline.severity', 'baseline.started']);
    expect(found['baseline.severity']).toMatchObject({ label: 'Severity', n: 3, differing: 2, agreed: 1 / 3 });
    expect(found['baseline.started']).toMatchObject({ n: 3, differing: 0, agreed: 1 });
  });

  test('[R11] an adjudication changes nothing', () => {
    const words = [said('anna', 'baseline', { severity: 'mild' }), said('ben', 'baseline', { severity: 'severe' })];
    const rulings = ruled('baseline', 'severity', { value: 'mild', evidence: [] });
    expect(byField(...words, rulings)).toEqual(byField(...words));
  });

  test('[R11] kinds of missing value are answers, and so is none', () => {
    const missing = (missing: 'conflicting' | 'not-documented'): { severity: Answer } => ({
      severity: { missing, evidence: [] },
    });
    const of = (...words: Revision[][]) => byField(...words)['baseline.severity']?.differing;
    expect(of(said('anna', 'baseline', missing('conflicting')), said('ben', 'baseline', missing('conflicting')))).toBe(
      0,
    );
    expect(
      of(said('anna', 'baseline', missing('conflicting')), said('ben', 'baseline', missing('not-documented'))),
    ).toBe(1);
    expect(of(said('anna', 'baseline', { severity: 'mild' }), said('ben', 'baseline', { started: '2015' }))).toBe(1);
  });

  test('[R11] a row that only one has is a difference in what it says; its key is not counted', () => {
    const found = byField(
      said('anna', 'baseline', { severity: 'mild' }),
      said('ben', 'baseline', { severity: 'mild' }),
      said('anna', 'visit', { number: 1, clear: true }, '1'),
      said('ben', 'visit', { number: 1, clear: true }, '1'),
      said('anna', 'visit', { number: 2, clear: true }, '2'),
    );
    expect(found['visit.clear']).toMatchObject({ n: 2, differing: 1 });
    expect(found).not.toHaveProperty('visit.number');
  });

  test('[R11] who abstracted a chart and has no row at all says that there is none', () => {
    const found = byField(
      said('anna', 'baseline', { severity: 'mild' }),
      said('ben', 'baseline', { severity: 'mild' }),
      said('anna', 'visit', { number: 1, clear: true }, '1'),
    );
    expect(found['visit.clear']).toMatchObject({ n: 1, differing: 1 });
  });

  test('[R11] who only screened has not said that there are no rows', () => {
    const found = byField(
      said('dora', 'screening', { psoriasis: true }),
      said('anna', 'visit', { number: 1, clear: true }, '1'),
    );
    expect(found).toEqual({});
  });

  test('[R12] kappa is there for categories, not for numbers, dates and text', () => {
    const charts = (['S001', 'S002', 'S003'] as const).flatMap((subject, at) =>
      ['anna', 'ben'].map((who) =>
        said(
          who,
          'baseline',
          { severity: at > 0 ? 'mild' : 'severe', smoker: true, pack_years: at, started: '2015', remark: 'x' },
          '',
          subject,
        ),
      ),
    );
    const found = byField(...charts);
    expect(found['baseline.severity']?.kappa).toBe(1);
    expect(found['baseline.smoker']).toMatchObject({ agreed: 1, kappa: null }); // all say yes: chance alone agrees
    for (const field of ['pack_years', 'started', 'remark']) expect(found[`baseline.${field}`]?.kappa).toBeNull();
  });

  test('[R11] of a study is counted on the newest words of those whose records may be used', async () => {
    using study = await psoriasisStudy();
    const corrected = { ...severeSmoker, severity: cited('mild', 'plaque') };
    await study.load(
      abstraction(),
      abstraction({ reviewer: 'ben', values: corrected }),
      adjudication('severity', cited('mild', 'plaque')),
      screening(),
    );
    const severity = () => agreement(study.review).find((one) => one.field === 'severity');
    expect(severity()).toMatchObject({ n: 1, differing: 1 });
    await study.load(abstraction({ values: corrected }));
    expect(severity()).toMatchObject({ n: 1, differing: 0 });
    expect(agreement({ ...study.review, persons: new Map() })).toEqual([]);
  });
});

test('[R76] is counted by pair of abstractors, and by the month in which the later of the two spoke', async () => {
  using study = await psoriasisStudy();
  const mild = { ...severeSmoker, severity: cited('mild', 'Severe plaque psoriasis') };
  await study.load(
    abstraction({ at: '2024-01-31T23:30:00-02:00' }),
    abstraction({ reviewer: 'ben', values: mild, at: '2024-01-05T00:00:00Z' }),
    abstraction({ person: 'Patient/2', values: {} }),
    screening({ at: '2024-03-01T00:00:00Z' }),
    screening({ reviewer: 'dora', at: '2024-04-01T00:00:00Z' }),
  );
  expect(agreementByPair(study.review)).toEqual([
    { first: 'anna', second: 'dora', charts: 1, n: 1, differing: 0, agreed: 1 },
    { first: 'anna', second: 'ben', charts: 1, n: 4, differing: 1, agreed: 0.75 },
  ]);
  expect(agreementByMonth(study.review)).toEqual([
    { month: '2024-02', n: 4, differing: 1, agreed: 0.75 },
    { month: '2024-04', n: 1, differing: 0, agreed: 1 },
  ]);
});
