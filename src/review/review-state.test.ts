import { describe, expect, test } from 'vitest';
import { abstraction, adjudication, cited, plain, screening, severeSmoker, visit } from './entries.test-support.ts';
import type { AbstractionEntry } from './entry.ts';
import { type PsoriasisStudy, psoriasisStudy } from './psoriasis-study.test-support.ts';
import { lockHash, reviewState } from './review-state.ts';

const both = (entry: AbstractionEntry): AbstractionEntry[] => [entry, { ...entry, reviewer: 'ben' }];
const excluded = (person: string) => both(screening({ person, values: { psoriasis: plain(false) } }));
/** Everything that the study needs to be complete: Patient/1 is included, the others are excluded. */
const whole = [
  ...both(screening()),
  ...both(abstraction()),
  ...both(visit('1', true)),
  ...excluded('Patient/2'),
  ...excluded('Patient/3'),
];

const stateOf = ({ review, run }: PsoriasisStudy) => reviewState(review, run);
const lockOf = (study: PsoriasisStudy): string => lockHash(stateOf(study));

describe('a candidate', () => {
  test('[R10] is screened first; nothing more is asked of those who are excluded', async () => {
    using study = await psoriasisStudy();
    expect(stateOf(study).open.map((one) => `${one.instrument} ${one.why}`)).toEqual(
      Array(3).fill('screening not-abstracted'),
    );
    await study.load(...excluded('Patient/2'), ...both(screening()));
    const { open, judged, included } = stateOf(study);
    const [first, second, third] = ['Patient/1', 'Patient/2', 'Patient/3'].map(study.subject);
    expect(open.map((one) => [one.subject, one.instrument]).sort()).toEqual(
      [
        [first, 'baseline'],
        [first, 'visit'],
        [third, 'screening'],
      ].sort(),
    );
    expect(judged.find((one) => one.subject === second)?.exclusions).toEqual(['no-psoriasis']);
    expect(included.map((one) => one.person.subject)).toEqual([first]);
  });

  test('[R10] whose screening differs is neither excluded nor included', async () => {
    using study = await psoriasisStudy();
    await study.load(...both(screening()).slice(1), screening({ values: { psoriasis: plain(false) } }));
    const { judged, included } = stateOf(study);
    expect(judged.flatMap((one) => one.exclusions)).toEqual([]);
    expect(judged.every((one) => one.isOpen)).toBe(true);
    expect(included).toEqual([]);
  });

  test('[R10] is not excluded by what one of two readers says', async () => {
    using study = await psoriasisStudy();
    await study.load(screening({ values: { psoriasis: plain(false) } }));
    const { judged, open } = stateOf(study);
    const subject = study.subject('Patient/1');
    expect(judged.find((one) => one.subject === subject)).toEqual({ subject, exclusions: [], isOpen: true });
    expect(open.find((one) => one.subject === subject)?.why).toBe('too-few-abstractors');
  });

  test('[R10] has no response while nobody entered an assessment', async () => {
    using study = await psoriasisStudy();
    await study.load(...whole.filter((one) => one.instrument !== 'visit'));
    const { protocol } = study.review;
    const response = { assessments: { instrument: 'visit' } } as NonNullable<typeof protocol.response>;
    const { open } = reviewState({ ...study.review, protocol: { ...protocol, response } }, study.run);
    expect(open.map((one) => [one.subject, one.instrument, one.why])).toEqual([
      [study.subject('Patient/1'), 'visit', 'no-rows'],
    ]);
  });

  test('[R10] is excluded by what any instrument says, not the screening alone', async () => {
    using study = await psoriasisStudy();
    await study.load(...whole);
    const { protocol } = study.review;
    const mild = { id: 'severe', label: 'Severe', reviewer: { instrument: 'baseline', when: "severity = 'severe'" } };
    const stricter = { ...study.review, protocol: { ...protocol, exclusions: [...protocol.exclusions, mild] } };
    const { judged, included, reviewed, open } = reviewState(stricter, study.run);
    const subject = study.subject('Patient/1');
    expect(judged.find((one) => one.subject === subject)).toEqual({ subject, exclusions: ['severe'] });
    expect([reviewed.length, included.length, open.length]).toEqual([3, 0, 0]);
  });

  test('each of its index events is judged by its rules and by what reviewers say of the person', async () => {
    using study = await psoriasisStudy();
    await study.load(...whole);
    const events = [
      { event: '1', day: '2013', rules: ['early'] },
      { event: '2', day: '2014', rules: [] },
    ];
    const [first, second] = ['Patient/1', 'Patient/2'].map(study.subject);
    const ruled = { events: [{ event: '3', day: '2015', rules: ['early'] }], rules: ['early'] };
    const candidates = study.run.candidates.map((one) => {
      return { ...one, ...(one.subject === first || one.subject === second ? { events } : ruled) };
    });
    const judged = new Map(
      reviewState(study.review, { ...study.run, candidates }).judged.map((one) => [one.subject, one]),
    );
    expect(judged.get(first ?? '')?.events?.map(({ exclusions }) => exclusions)).toEqual([['early'], []]);
    expect(judged.get(second ?? '')?.events?.map(({ exclusions }) => exclusions)).toEqual([
      ['early', 'no-psoriasis'],
      ['no-psoriasis'],
    ]);
    const third = judged.get(study.subject('Patient/3'));
    expect(third).toMatchObject({ exclusions: ['early'], events: [{ event: '3', exclusions: ['early'] }] });
  });
});

describe('a lock', () => {
  test('[R10] takes nothing while anything is open, and says what', async () => {
    using study = await psoriasisStudy();
    await study.load(
      ...whole,
      abstraction({ reviewer: 'ben', values: { ...severeSmoker, pack_years: cited(2, '2') } }),
    );
    expect(() => lockOf(study)).toThrow(
      expect.objectContaining({
        code: 'review.open',
        message: 'The review is not finished: 1 item is open.',
        tip: expect.stringContaining(`${study.subject('Patient/1')} baseline pack_years: difference`),
      }),
    );
    await study.load(adjudication('pack_years', cited(20, '20')));
    expect(lockOf(study)).toMatch(/^[0-9a-f]{64}$/);
  });

  test('[R10] depends on what was settled, not on how it came: order, times, repeats and words taken back', async () => {
    using first = await psoriasisStudy();
    using second = await psoriasisStudy();
    await first.load(...whole);
    for (const entry of whole.toReversed()) await second.load({ ...entry, at: '2025-01-01T00:00:00Z' });
    await second.load(abstraction({ values: { ...severeSmoker, pack_years: cited(2, '2') } }));
    await second.load(abstraction({ at: '2025-02-01T00:00:00Z' }));
    expect(lockOf(second)).toBe(lockOf(first));
  });

  test.each([
    ['a value', both(abstraction({ values: { ...severeSmoker, pack_years: cited(2, '2') } }))],
    ['what a value rests on', [abstraction({ values: { ...severeSmoker, smoker: cited(true, '20 pack-years') } })]],
    ['an adjudication, even to the same value', [adjudication('smoker', cited(true, 'Smokes'))]],
    ['a row more', both(visit('2', true))],
    ['an exclusion', both(screening({ values: { psoriasis: plain(false) } }))],
  ])('[R10] is another after %s', async (_, more) => {
    using study = await psoriasisStudy();
    await study.load(...whole);
    const before = lockOf(study);
    await study.load(...more);
    expect(lockOf(study)).not.toBe(before);
  });

  test('[R10] leaves out those who have refused since', async () => {
    using study = await psoriasisStudy();
    await study.load(...whole);
    const without = new Map([...study.review.persons].filter(([, one]) => one.person !== 'Patient/1'));
    const { judged, included, reviewed } = reviewState({ ...study.review, persons: without }, study.run);
    expect([judged.length, reviewed.length, included.length]).toEqual([2, 2, 0]);
  });
});
