import { describe, expect, test } from 'vitest';
import { abstraction, cited, plain, quoted, severeSmoker } from './entries.test-support.ts';
import type { Answer } from './entry.ts';
import { notes, psoriasisStudy } from './psoriasis-study.test-support.ts';
import { verifyEvidence } from './verify-evidence.ts';

const withValue = (field: string, answer: Answer) => abstraction({ values: { ...severeSmoker, [field]: answer } });
const missing = (coverage?: { notes: string[]; terms: string[] }): Answer => ({
  missing: 'not-documented',
  evidence: [],
  ...(coverage ? { coverage } : {}),
});

describe('evidence', () => {
  test.each([
    ['[R2] a value that cites nothing', plain('severe'), 'review.no-evidence'],
    ['[R2] a missing value without what was read', missing(), 'review.no-coverage'],
    ['[R2] a missing value for which nothing was read', missing({ notes: [], terms: [] }), 'review.no-coverage'],
    [
      '[R2] a note read that is not there',
      missing({ notes: ['DocumentReference/9'], terms: [] }),
      'review.unknown-note',
    ],
    [
      '[R2] a note read of somebody else',
      missing({ notes: ['DocumentReference/2'], terms: [] }),
      'review.unknown-note',
    ],
    ['[R3] a note that is not there', cited('severe', '', '9'), 'review.unknown-note'],
    ['[R3] a note of somebody else', cited('severe', 'Mild psoriasis', '2'), 'review.unknown-note'],
    ['[R3] a note of somebody who refused', cited('severe', 'Severe psoriasis', '4'), 'review.unknown-note'],
    [
      '[R3] a row of somebody else',
      { value: 'severe', evidence: [{ record: 'Condition/2' }] },
      'review.unknown-record',
    ],
    [
      '[R3] a row of somebody who refused',
      { value: 'severe', evidence: [{ record: 'Condition/4' }] },
      'review.unknown-record',
    ],
    [
      '[R3] a row that is not there',
      { value: 'severe', evidence: [{ record: 'Condition/99' }] },
      'review.unknown-record',
    ],
  ] as const)('%s is a problem', async (_, severity, code) => {
    using study = await psoriasisStudy();
    const before = study.stored();
    // A quotation of no length is no entry; these must fail for what the chart says.
    const answer = JSON.parse(
      JSON.stringify(severity).replace('"start":-1,"end":-1,"quote":""', '"start":0,"end":3,"quote":"abc"'),
    );
    const found = await study.problems(withValue('severity', answer as Answer));
    expect(found).toEqual([expect.stringContaining(`entries.ndjson:1 ${code}: severity: `)]);
    expect(study.stored()).toEqual(before);
  });

  test('[R3] a quotation one letter off, or in other words, is a problem', async () => {
    using study = await psoriasisStudy();
    const right = quoted('DocumentReference/1', 'Severe plaque psoriasis');
    if (!('note' in right)) throw new Error('a quotation');
    for (const evidence of [
      { ...right, start: right.start + 1, end: right.end + 1 },
      { ...right, quote: 'severe plaque psoriasis' },
      { ...right, end: right.end + 5 },
    ]) {
      const found = await study.problems(withValue('severity', { value: 'severe', evidence: [evidence] }));
      expect(found).toEqual([expect.stringContaining('review.quote-differs: severity: ')]);
    }
  });

  test('[R2][R3] quotation, row of the records, coverage and "not applicable" are enough', async () => {
    using study = await psoriasisStudy();
    const covered = missing({ notes: ['DocumentReference/1'], terms: ['severe', 'mild'] });
    const answers: Answer[] = [
      cited('severe', 'Severe'),
      { value: 'severe', evidence: [{ record: 'Condition/1' }] },
      covered,
      { missing: 'not-applicable', evidence: [] },
      { missing: 'conflicting', evidence: [quoted('DocumentReference/1', 'Severe')] },
    ];
    for (const [at, severity] of answers.entries())
      expect(await study.problems(abstraction({ reviewer: `r${at}`, values: { severity } }))).toEqual([]);
    expect(verifyEvidence(study.review)).toEqual({ checked: 2, broken: [] });
  });

  test('[R3] every stored quotation can be checked again', async () => {
    using study = await psoriasisStudy();
    await study.load(abstraction());
    const moved = { ...study.review, gate: { ...study.review.gate, note: () => undefined } };
    expect(verifyEvidence(moved).broken.map((one) => one.why)).toEqual(Array(4).fill('no-such-note'));
    const text = `${notes['DocumentReference/1']}`.replace('Smokes', 'Smoked');
    const edited = (source: string) => {
      const note = study.review.gate.note(source);
      return note && { ...note, text };
    };
    expect(verifyEvidence({ ...study.review, gate: { ...study.review.gate, note: edited } }).broken).toEqual([
      expect.objectContaining({ field: 'smoker', why: 'quote-differs', source: 'DocumentReference/1' }),
    ]);
    const nobody = { ...study.review, persons: new Map() };
    expect(verifyEvidence(nobody)).toEqual({ checked: 0, broken: [] });
  });
});
