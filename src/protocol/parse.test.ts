import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  expectMistake,
  GOUT,
  goutMistakes,
  goutStudy,
  type Mistake,
  mistakesOf,
  placeIn,
} from './gout.test-support.ts';
import { parseProtocol } from './parse.ts';

describe('parseProtocol', () => {
  test('the study of the tests has no mistake and gets its defaults', () => {
    const study = goutStudy();
    expect(goutMistakes()).toEqual([]);
    expect(study.review).toEqual({ screening: 'screening', abstractors: 2, doubleShare: 1, blinded: true });
    expect(study.concepts.gout?.codes[0]).toEqual({
      system: 'ICD9CM',
      code: '274.0',
      descendants: true,
      mapped: false,
      exclude: false,
    });
    expect(study.instruments[0]?.fields[0]).toMatchObject({
      required: true,
      evidence: 'required',
      missing: ['not-documented', 'documented-absent', 'not-applicable', 'conflicting'],
    });
  });

  test.each<Mistake>([
    [
      '    label: Gout\n',
      '    labl: Gout\n    label: Gout\n',
      'labl',
      'protocol.unknown-key `labl` is not known here. Did you mean `label`?',
    ],
    ['atLeast: 2', 'atLest: 2', 'atLest', 'protocol.unknown-key `atLest` is not known here. Did you mean `atLeast`?'],
    [
      'during: period, at',
      'routes: [oral], at',
      'routes',
      'protocol.unknown-key `routes` is not known here. Known here: `condition`, `verification`, `during`, `atLeast`, `onDays`, `timing`.',
    ],
    [
      'code: "274.0"',
      'code: 274.0',
      '274.0',
      'protocol.wrong-type `concepts.gout.codes.0.code` is a number; it should be text. Put it in quotes.',
    ],
    [
      'version: "1.0"',
      'version: 1.0',
      '1.0',
      'protocol.wrong-type `version` is a number; it should be text. Put it in quotes.',
    ],
    [
      'from: "2010"',
      'from: 2010',
      '2010',
      'protocol.wrong-type `arms.0.criterion.all.1.any.1.during.from` is a number; it should be text. Put it in quotes.',
    ],
    [
      'required: false, visible',
      'required: no, visible',
      'no,',
      'protocol.wrong-type `instruments.1.fields.3.required` is text; it should be true or false.',
    ],
    [
      'min: 0, max: 30',
      'min: none, max: 30',
      'none',
      'protocol.wrong-type `instruments.1.fields.2.min` is text; it should be a number.',
    ],
    [
      'synonyms: [podagra]',
      'synonyms: podagra',
      'podagra',
      'protocol.wrong-type `concepts.gout.terms.0.synonyms` is text; it should be a list.',
    ],
    [
      'start: 2010-01-01',
      'start: 2010-02-30',
      '2010-02-30',
      'protocol.not-allowed `period.start`: a date such as 2012, 2012-03 or 2012-03-05.',
    ],
    [
      'noneOnRecord: granted',
      'noneOnRecord: grantd',
      'grantd',
      'protocol.not-allowed `authorization.noneOnRecord` is not one of those allowed. Did you mean `granted`? Allowed: `granted`, `refused`.',
    ],
    [
      'noneOnRecord: granted',
      'noneOnRecord: { grantedAfter: { letters: 2 } }',
      '{ letters: 2 }',
      'protocol.missing-key `days` is missing (a number).',
    ],
    [
      'type: yesno, label: Tophi?',
      'type: boolean, label: Tophi?',
      'boolean',
      'protocol.not-allowed `instruments.1.fields.4.type` is not one of those allowed. Allowed: `text`, `integer`, `decimal`, `date`, `choice`, `choices`, `yesno`, `computed`.',
    ],
    ['id: gout-febuxostat', 'id: Gout', 'Gout', 'protocol.not-allowed `id`: small letters, digits and single hyphens.'],
  ])('[R2] %j -> %j', (...mistake) => {
    expectMistake(mistake);
  });

  test('[R34] silence counts as a grant after at least one letter and one day', () => {
    const grantedAfter = (letters: number, days: number) =>
      goutMistakes(['noneOnRecord: granted', `noneOnRecord: { grantedAfter: { letters: ${letters}, days: ${days} } }`]);
    expect(grantedAfter(2, 60)).toEqual([]);
    expect(grantedAfter(0, 60)).toEqual([expect.stringContaining('`authorization.noneOnRecord.grantedAfter.letters`')]);
    expect(grantedAfter(2, 0)).toEqual([expect.stringContaining('`authorization.noneOnRecord.grantedAfter.days`')]);
  });

  test('[R2] a missing key is told where it belongs', () => {
    expect(goutMistakes(['title: Febuxostat in tophaceous gout\n', ''])).toEqual([
      'gout.yaml:1:1 protocol.missing-key `title` is missing (text).',
    ]);
    expect(goutMistakes(['code: elbow, ', ''])).toEqual([
      `${placeIn('{ code: elbow')} protocol.missing-key \`code\` is missing (text).`,
    ]);
    expect(goutMistakes(['type: yesno, label: Tophi?', 'label: Tophi?'])[0]).toContain(
      'protocol.missing-key `type` is missing. Allowed: `text`',
    );
  });

  test('[R1] mistakes of every kind are told at once, in the order of the file', () => {
    const mistakes = goutMistakes(
      ['title: Feb', 'titel: Feb'],
      ['code: "274.0"', 'code: 274.0'],
      ['affirmed(@tophus)', 'affirmed(@tophos)'],
      ['when: has_gout = false', 'when: has_gut = false'],
      ['visible: tophi = true', 'visible: tophi == true'],
      ['code: crystals', 'code: clinical'],
      ['person.sex', 'person.gender'],
    );
    expect(mistakes.map((mistake) => mistake.split(' ')[1])).toEqual([
      'protocol.missing-key',
      'protocol.unknown-key',
      'protocol.wrong-type',
      'protocol.unknown-name',
      'protocol.unknown-name',
      'protocol.expression',
      'protocol.duplicate-id',
      'protocol.unknown-name',
    ]);
    const lines = mistakes.map((mistake) => Number(mistake.split(':')[1]));
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
    expect(() => parseProtocol(`${GOUT}extra: 1\n`, 'gout.yaml')).toThrow('gout.yaml has 1 mistake.');
  });

  test('[R1] a mistake in a part that an alias repeats is told once', () => {
    const shared = 'choices: &where [{ code: toe, label: Toe }, { code: toe, label: Ear }, { code: ear, label: Ear }]';
    expect(
      goutMistakes(
        ['only: [ear, toe]', 'only: [ear]'],
        ['choices: [{ code: toe, label: Toe }, { code: elbow, label: Elbow }, { code: ear, label: Ear }]', shared],
        ['choices: [{ code: crystals, label: Crystals }, { code: clinical, label: Clinical }]', 'choices: *where'],
      ),
    ).toEqual([expect.stringContaining('The choice `toe` is there twice.')]);
  });

  test('[R3] what names a part that cannot be read is not a mistake, what names nothing is', () => {
    expect(
      goutMistakes(['type: decimal, unit: mg/dL, label: Urate', 'type: decimel, unit: mg/dL, label: Urate']),
    ).toEqual([expect.stringContaining('Did you mean `decimal`?')]);
    expect(goutMistakes(['label: Gout\n', 'labl: Gout\n'], ['tophi = true and', 'topi = true and'])).toEqual([
      expect.stringContaining('`label` is missing'),
      expect.stringContaining('Did you mean `label`?'),
      expect.stringContaining('There is no name `topi` in `baseline`. Did you mean `tophi`?'),
    ]);
  });

  test('[R3] leaving out any one line never makes the parser fail otherwise than by problems with places', () => {
    const lines = GOUT.split('\n');
    fc.assert(
      fc.property(
        fc.nat(lines.length - 1),
        fc.nat(lines.length - 1),
        fc.constantFrom('delete', 'swap', 'cut'),
        (at, other, how) => {
          const copy = [...lines];
          const [one = '', two = ''] = [lines[at], lines[other]];
          if (how === 'delete') copy.splice(at, 1);
          else if (how === 'swap') [copy[at], copy[other]] = [two, one];
          else copy[at] = one.slice(0, Math.floor(one.length / 2));
          const mistakes = mistakesOf(copy.join('\n'));
          expect(mistakes.every((mistake) => /^gout\.yaml:\d+:\d+ protocol\.[a-z-]+ \S/.test(mistake))).toBe(true);
          expect(new Set(mistakes).size).toBe(mistakes.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('[R2] what is no YAML is told at its place', () => {
    expect(mistakesOf('id: [a\n')[0]).toMatch(/^gout\.yaml:2:1 protocol\.yaml-syntax /);
    expect(mistakesOf('id: a\nid: b\n')[0]).toMatch(/^gout\.yaml:2:1 protocol\.yaml-syntax .*unique/);
    expect(mistakesOf('\tid: a\n')[0]).toMatch(/^gout\.yaml:1:1 protocol\.yaml-syntax .*Tabs/);
  });
});
