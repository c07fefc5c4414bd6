import { describe, expect, test } from 'vitest';
import {
  abstraction,
  adjudication,
  cited,
  plain,
  quoted,
  screening,
  severeSmoker,
  visit,
} from './entries.test-support.ts';
import type { Answer } from './entry.ts';
import { loadEntryFiles } from './load-entries.ts';
import { loading, psoriasisStudy } from './psoriasis-study.test-support.ts';

const withValue = (field: string, answer: Answer) => abstraction({ values: { ...severeSmoker, [field]: answer } });
/** Each line alone: what is wrong with it. */
const wrong: readonly (readonly [what: string, line: object | string, problem: string])[] = [
  ['somebody unknown', abstraction({ person: 'Patient/77' }), 'review.unknown-person: '],
  ['somebody who is no candidate', abstraction({ person: 'Patient/5' }), 'review.unknown-person: '],
  ['somebody who refused', abstraction({ person: 'Patient/4' }), 'review.unknown-person: '],
  ['an unknown instrument', abstraction({ instrument: 'base' }), 'protocol.unknown-instrument: '],
  ['an unknown field', withValue('severty', plain('mild')), 'review.unknown-field: The instrument `baseline` asks no'],
  ['a computed field', withValue('heavy', plain(true)), 'review.unknown-field: '],
  ['an adjudicated field that is unknown', adjudication('severty', plain('mild')), 'review.unknown-field: '],
  ['no row where there must be one', visit('', true), 'review.row-missing: '],
  ['a row where there is none', abstraction({ row: '1' }), 'review.row-unexpected: '],
  ['a row that its key denies', visit('1', true, { values: { number: plain(2) } }), 'review.row-differs: '],
  ['a row that is no value of its key', visit('first', true), 'review.value: number must be a whole number'],
  [
    'an adjudicated key of another row',
    adjudication('number', plain(2), { instrument: 'visit', row: '1' }),
    'review.row-differs: ',
  ],
  [
    'a choice that is none',
    withValue('severity', cited('awful', 'Severe')),
    'review.value: severity must be one of: mild, severe',
  ],
  [
    'text for a number',
    withValue('pack_years', cited('twenty', '20')),
    'review.value: pack_years must be a whole number',
  ],
  [
    'a number out of bounds',
    withValue('pack_years', cited(151, '20')),
    'review.value: pack_years must lie between 0 and 150',
  ],
  ['no date', withValue('started', cited('spring', '2015')), 'review.value: started must be a date'],
  ['a choice twice', withValue('nails', plain(['pits', 'pits'])), 'review.value: nails must be a list, each once'],
  [
    'a kind of missing value that is not allowed',
    withValue('smoker', { missing: 'conflicting', evidence: [] }),
    'review.missing-kind: ',
  ],
  [
    'a value that breaks the validation',
    withValue('started', cited('2013', '2015')),
    'review.validation: started the treatment starts in',
  ],
  [
    'an answer to what is not asked',
    withValue('smoker', cited(false, 'Smokes')),
    'review.not-asked: pack_years is not asked',
  ],
  ['an adjudicated value of the wrong kind', adjudication('pack_years', cited('many', '20')), 'review.value: '],
];

describe('an entry is not taken with', () => {
  test.each(wrong)('[R1] %s', async (_, line, problem) => {
    using study = await psoriasisStudy();
    const before = study.stored();
    const [first, ...more] = await study.problems(screening(), line);
    expect(first).toContain(`entries.ndjson:2 ${problem}`);
    expect(more.filter((one) => !one.startsWith('entries.ndjson:2'))).toEqual([]);
    expect(study.stored()).toEqual(before);
  });

  test.each([
    ['a cut line', JSON.stringify(screening()).slice(0, 40), 'review.not-json: The line ends in the middle'],
    ['no JSON', '{kind: abstraction}', 'review.not-json: The line is not JSON'],
    [
      'another shape',
      { kind: 'abstraction', person: 7 },
      'review.shape: Not an entry (person: is missing or of the wrong kind;',
    ],
    [
      'a key too many',
      { ...screening(), note: 'x' },
      'review.shape: Not an entry (entry: has a key that is not known)',
    ],
    [
      'a time without its zone',
      screening({ at: '2024-02-01T10:00:00' }),
      'review.shape: Not an entry (at: is not in the form',
    ],
    [
      'a sentence for a name',
      screening({ values: { 'Severe plaque psoriasis': plain(true) } }),
      'review.shape: Not an entry (values.?: ',
    ],
  ])('[R1] %s', async (_, line, problem) => {
    using study = await psoriasisStudy();
    const before = study.stored();
    const found = await study.problems(screening(), line, '', visit('1', true));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`entries.ndjson:2 ${problem}`);
    expect(study.stored()).toEqual(before);
  });

  test('[R1] a file that is not there', async () => {
    using study = await psoriasisStudy();
    await expect(loadEntryFiles(study.review, ['/no/such.ndjson'], loading)).rejects.toMatchObject({
      code: 'review.missing-file',
    });
  });

  test('[R1] one bad entry among good ones: none is stored, all problems are told', async () => {
    using study = await psoriasisStudy();
    await study.load(screening());
    const before = study.stored();
    const found = await study.problems(
      abstraction(),
      visit('x', true),
      visit('1', true),
      abstraction({ person: 'Patient/9' }),
    );
    expect(found.map((one) => one.split(':')[1])).toEqual(['2 review.value', '4 review.unknown-person']);
    expect(study.stored()).toEqual(before);
  });

  test('[R1] a line of a file that Windows wrote is read', async () => {
    using study = await psoriasisStudy();
    expect(await study.load(`\uFEFF${JSON.stringify(screening())}\r`)).toMatchObject({ added: 1 });
  });

  test('[R1] no message holds what was said or quoted', async () => {
    using study = await psoriasisStudy();
    const secret = { ...quoted('DocumentReference/1', 'Smokes'), quote: 'Confidential sentence' };
    const values = {
      severity: { value: 'Confidential severity', evidence: [secret] },
      started: { value: 'Confidential date', evidence: [secret] },
    };
    const found = await study.problems(abstraction({ values }), abstraction({ person: 'Confidential name' }));
    expect(found).toHaveLength(5);
    expect(found.join('\n')).not.toContain('Confidential');
  });
});
