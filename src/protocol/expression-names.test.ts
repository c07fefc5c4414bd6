import { describe, expect, test } from 'vitest';
import { GOUT, goutMistakes, mistakesOf } from './gout.test-support.ts';

describe('names', () => {
  const inWhen = (expression: string): string[] =>
    goutMistakes(["when: baseline.tophi = true and person.sex = 'male'", `when: "${expression}"`]).map((told) =>
      told.replace(/^\S+ \S+ /, ''),
    );

  test.each([
    ['baseline.tophie = true', ['There is no name `tophie` in `baseline`. Did you mean `tophi`?']],
    ['basline.tophi = true', ['There is no name `basline`. Did you mean `baseline`?']],
    ['basline.tophi = basline.tophi or basline.tophi', ['There is no name `basline`. Did you mean `baseline`?']],
    ["visit.where(stats = 'gone').exists()", ['There is no name `stats` in `visit`. Did you mean `status`?']],
    ["visit.where(status = 'gone').first().sen > @2012", ['There is no name `sen` in `visit`. Did you mean `seen`?']],
    [
      'visit.exists(seen > baseline.onset)',
      [
        'There is no name `baseline` in `visit`. There is: name, name_missing, joint, joint_missing, seen, seen_missing, status, status_missing.',
      ],
    ],
    ['visit[0].sen.exists()', ['There is no name `sen` in `visit`. Did you mean `seen`?']],
    [
      'baseline.onset.monthsTo(baseline.startd) > 3',
      ['There is no name `startd` in `baseline`. Did you mean `started`?'],
    ],
    ['iif(baseline.tophy, true, false)', ['There is no name `tophy` in `baseline`. Did you mean `tophi`?']],
    ['%study.ende > baseline.onset', ['There is no name `ende` in `study`. Did you mean `end`?']],
    ['%value = 1', ['There is no variable `value`. There is: study.']],
    ["response.categry = 'CR'", ['There is no name `categry` in `response`. Did you mean `category`?']],
    [
      '(baseline.tophi | baseline.erly).exists()',
      [
        'There is no name `erly` in `baseline`. There is: onset, onset_missing, started, started_missing, urate, urate_missing, flares, flares_missing, tophi, tophi_missing, sites, sites_missing, diagnosed, diagnosed_missing, comment, comment_missing, gout_years, gout_years_missing, age, age_missing.',
      ],
    ],
    [
      "baseline.onset_missing = 'not-documented' and duration > 3 and visit.where(status = 'gone' and seen > @2012-01).count() > 1",
      [],
    ],
    ["baseline.sites.where($this = 'toe').exists() and person.birthDate is Date", []],
    ['`baseline`.`onset`.exists() and %`study`.start.exists()', []],
  ])('[R10] %s', (expression, told) => {
    expect(inWhen(expression)).toEqual(told);
  });

  test('[R10] a variable sees those before it, a record the instruments above its own', () => {
    expect(goutMistakes(['value: baseline.onset.monthsTo(baseline.started)', 'value: early'])).toEqual([
      expect.stringContaining('There is no name `early`.'),
    ]);
    expect(goutMistakes(['visible: urate > 6', 'visible: "%screening.has_gout = true"'])).toEqual([]);
    expect(goutMistakes(['terms: gout }', 'terms: gout, visible: "%baseline.tophi = true" }'])).toEqual([
      expect.stringContaining('There is no variable `baseline`.'),
    ]);
    const visit = '{ id: name, type: text, label: Name';
    expect(goutMistakes([visit, `${visit}, visible: "%baseline.tophi = true"`])).toEqual([]);
    expect(goutMistakes(['visible: urate > 6', 'visible: "%visit.exists()"'])).toEqual([
      expect.stringContaining('There is no variable `visit`.'),
    ]);
  });

  test('[R11] functions are known, take their arguments, and do not ask the clock', () => {
    expect(inWhen('baseline.onset.monthTo(baseline.started) > 3')).toEqual([
      'There is no function `monthTo`. Did you mean `monthsTo`?',
    ]);
    expect(inWhen('baseline.onset.monthsTo() > 3')).toEqual([
      '`monthsTo()` has 0 arguments in its brackets. It takes 1.',
    ]);
    expect(inWhen("baseline.sites.exists($this = 'a', 2)")).toEqual([
      '`exists()` has 2 arguments in its brackets. It takes 0 to 1.',
    ]);
    expect(inWhen('baseline.onset < today()')).toEqual([
      expect.stringMatching(/must not call `today\(\)`.*%study\.end/),
    ]);
    expect(inWhen("baseline.comment.trace('x').exists()")).toEqual([
      expect.stringContaining('must not call `trace()`'),
    ]);
  });

  test('[R12] a date exists and does not stand in quotes', () => {
    expect(inWhen('baseline.onset > @2012-02-30')).toEqual([
      '`@2012-02-30` is no date. A date is written @2012, @2012-03 or @2012-03-05.',
    ]);
    expect(inWhen("baseline.onset > '2012-02'")).toEqual(['A date in quotes is text, not a date. Write @2012-02.']);
    expect(inWhen("baseline.onset > @2012-02 and baseline.comment != '2012 or so'")).toEqual([]);
  });

  test('[R9] an expression that does not parse is told at its place in the file', () => {
    const text = GOUT.replace('visible: urate > 6', 'visible: urate >');
    expect(mistakesOf(text)).toEqual([
      expect.stringMatching(
        /^gout\.yaml:41:\d+ protocol\.expression Not FHIRPath: at character 8, something is missing\.$/,
      ),
    ]);
  });
});
