import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goutStudy } from './gout.test-support.ts';
import { instrumentOf } from './lookup.ts';
import { evaluateRecord, type FieldValue, focusOf, type RecordValues, recordFocus, type Scalar } from './record.ts';
import { missingKinds } from './schema-instruments.ts';

const baseline = instrumentOf(goutStudy(), 'baseline');
const visit = instrumentOf(goutStudy(), 'visit');

const value = (held: Scalar): FieldValue => ({ value: held });
const PERSON = { person: {} };
const problems = (values: RecordValues, environment = PERSON) =>
  evaluateRecord(baseline, values, environment).problems.map(
    ({ field, code, message }) => `${field} ${code}: ${message}`,
  );

describe('evaluateRecord', () => {
  test('[R17] a field is asked where its condition is true', () => {
    const asked = (values: RecordValues) => [...evaluateRecord(baseline, values, PERSON).visible];
    expect(asked({})).not.toContain('sites');
    expect(asked({ tophi: value(true) })).toContain('sites');
    expect(asked({ tophi: value(false) })).not.toContain('sites');
    expect(asked({ tophi: { missing: 'conflicting' } })).not.toContain('sites');
    expect(asked({ urate: value(6) })).not.toContain('flares');
    expect(asked({ urate: value(6.1) })).toContain('flares');
  });

  test('[R17] a value, or a missing one, of a field that is not asked is a problem', () => {
    expect(problems({ sites: value(['toe']) })).toEqual(['sites not-asked: sites is not asked here (tophi = true)']);
    expect(problems({ tophi: value(false), sites: { missing: 'not-documented' } })).toHaveLength(1);
    expect(problems({ tophi: value(true), sites: value(['toe']) })).toEqual([]);
  });

  test.each<readonly [string, Scalar, string | undefined]>([
    ['onset', '2012', undefined],
    ['onset', '2012-02-29', undefined],
    ['onset', '2013-02-29', 'onset must be a date such as 2012, 2012-03 or 2012-03-05'],
    ['onset', 2012, 'onset must be a date such as 2012, 2012-03 or 2012-03-05'],
    ['urate', 7.25, undefined],
    ['urate', 0, undefined],
    ['urate', 30, undefined],
    ['urate', 30.1, 'urate must lie between 0 and 30'],
    ['urate', -0.1, 'urate must lie between 0 and 30'],
    ['urate', Number.NaN, 'urate must be a number'],
    ['urate', Number.POSITIVE_INFINITY, 'urate must be a number'],
    ['urate', '7', 'urate must be a number'],
    ['tophi', false, undefined],
    ['tophi', 'yes', 'tophi must be true or false'],
    ['tophi', 1, 'tophi must be true or false'],
    ['diagnosed', 'crystals', undefined],
    ['diagnosed', 'Crystals', 'diagnosed must be one of: crystals, clinical'],
    ['diagnosed', ['crystals'], 'diagnosed must be one of: crystals, clinical'],
    ['comment', 'well', undefined],
    ['comment', ' \n', 'comment must be text'],
    ['comment', 3, 'comment must be text'],
  ])('[R18] %s: %j', (field, held, message) => {
    expect(evaluateRecord(baseline, { [field]: value(held) }, PERSON).problems).toEqual(
      message === undefined ? [] : [{ field, code: 'value', message }],
    );
  });

  test('[R18] a value of the wrong kind is not seen by the expressions of other fields', () => {
    const {
      problems: found,
      visible,
      computed,
    } = evaluateRecord(
      baseline,
      { urate: value('high'), tophi: value('yes'), onset: value('long ago'), started: value('2012-04-01') },
      PERSON,
    );
    expect(found.map(({ field, code }) => [field, code])).toEqual([
      ['onset', 'value'],
      ['urate', 'value'],
      ['tophi', 'value'],
    ]);
    expect([visible.has('flares'), visible.has('sites'), computed]).toEqual([false, false, {}]);
  });

  test('[R18] whole numbers are whole, choices are of the field, each once, at least one', () => {
    const flares = (held: Scalar) => problems({ urate: value(7), flares: value(held) });
    expect(flares(3)).toEqual([]);
    expect(flares(3.5)).toEqual(['flares value: flares must be a whole number']);
    expect(flares(1e20)).toHaveLength(1);
    const sites = (held: Scalar) => problems({ tophi: value(true), sites: value(held) });
    expect(sites(['toe', 'ear'])).toEqual([]);
    for (const wrong of [[], ['toe', 'toe'], ['nose'], 'toe', true])
      expect(sites(wrong)).toEqual(['sites value: sites must be a list, each once, of: toe, elbow, ear']);
  });

  test('[R19] a missing value is of a kind that the field allows', () => {
    for (const missing of missingKinds) {
      expect(problems({ onset: { missing } })).toEqual([]);
      expect(problems({ urate: value(7), flares: { missing } })).toEqual(
        missing === 'not-documented'
          ? []
          : [`flares missing-kind: flares cannot be "${missing}" (allowed: not-documented)`],
      );
    }
    const strict = instrumentOf(goutStudy(['label: Tophi? }', 'label: Tophi?, missing: [] }']), 'baseline');
    expect(evaluateRecord(strict, { tophi: { missing: 'conflicting' } }, PERSON).problems).toEqual([
      { field: 'tophi', code: 'missing-kind', message: 'tophi cannot be "conflicting" (it must have a value)' },
    ]);
  });

  test('[R20] a validation that is false is a problem, one that is unknown is none', () => {
    expect(problems({ onset: value('2012-03'), started: value('2012-02-28') })).toEqual([
      'started validation: started Not before the onset',
    ]);
    expect(problems({ onset: value('2012-03'), started: value('2012-04') })).toEqual([]);
    expect(problems({ onset: value('2012'), started: value('2012-04') })).toEqual([]);
    expect(problems({ started: value('2012-04') })).toEqual([]);
    expect(problems({ onset: { missing: 'not-documented' }, started: value('2012-04') })).toEqual([]);
  });

  test('[R15] text that looks like a date stays text', () => {
    expect(problems({ comment: value('2012') })).toEqual([]);
    expect(problems({ comment: value('2012-03-05') })).toEqual([]);
    expect(problems({ comment: value('2012 and much more than that') })).toEqual([
      'comment validation: comment At most 20 letters',
    ]);
    const record = goutStudy(['visible: tophi = true', "visible: comment = '2012'"]);
    expect(evaluateRecord(instrumentOf(record, 'baseline'), { comment: value('2012') }, PERSON).visible).toContain(
      'sites',
    );
    expect(Object.keys(recordFocus(baseline, { comment: value('2012') }))).toEqual(['comment']);
  });

  test('[R21] a computed field is worked out, and later fields may use it', () => {
    const computed = (values: RecordValues, environment = PERSON) =>
      evaluateRecord(baseline, values, environment).computed;
    const dates = { onset: value('2001-05'), started: value('2012-04-01') };
    expect(computed(dates)).toEqual({ gout_years: 10 });
    expect(computed(dates, { person: { birthDate: '1950-03' } })).toEqual({ gout_years: 10, age: 62 });
    expect(computed({ onset: value('2001-05'), started: value('2012') })).toEqual({});
    expect(computed({})).toEqual({});
    const study = goutStudy(['value: "%person.birthDate.yearsTo(started)"', 'value: gout_years * 2']);
    expect(evaluateRecord(instrumentOf(study, 'baseline'), dates, PERSON).computed).toEqual({
      gout_years: 10,
      age: 20,
    });
    const hidden = goutStudy(['label: Years of gout,', 'label: Years of gout, visible: tophi = true,']);
    expect(evaluateRecord(instrumentOf(hidden, 'baseline'), dates, PERSON).computed).toEqual({});
  });

  test('[R21] a computed field is never entered', () => {
    expect(problems({ gout_years: value(99) })).toEqual(['gout_years value: gout_years is computed, not entered']);
    expect(problems({ gout_years: { missing: 'conflicting' } })).toHaveLength(1);
    expect(evaluateRecord(baseline, { gout_years: value(99) }, PERSON).computed).toEqual({});
  });

  test('[R22] what is asked, required and not there is told; a field that there is not is a problem', () => {
    expect(evaluateRecord(baseline, {}, PERSON).unanswered).toEqual([
      'onset',
      'started',
      'urate',
      'tophi',
      'diagnosed',
    ]);
    expect(
      evaluateRecord(baseline, { tophi: value(true), onset: { missing: 'not-documented' }, urate: value(7) }, PERSON)
        .unanswered,
    ).toEqual(['started', 'sites', 'diagnosed']);
    expect(problems({ tophus: value(true) })).toEqual([
      'tophus unknown-field: tophus: the instrument asks no such field',
    ]);
    expect(evaluateRecord(visit, {}, PERSON).unanswered).toEqual(['name', 'joint', 'seen', 'status']);
  });

  test('[R23] no message holds a value', () => {
    const scalar = fc.oneof(
      fc.string({ minLength: 4 }).map((text) => `Zq${text}`),
      fc.integer({ min: 100_000 }),
      fc.boolean(),
      fc.array(
        fc.string({ minLength: 4 }).map((text) => `Zq${text}`),
        { minLength: 1 },
      ),
    );
    const field = fc.constantFrom(...baseline.fields.map(({ id }) => id));
    fc.assert(
      fc.property(fc.dictionary(field, scalar), (held) => {
        const values = Object.fromEntries(Object.entries(held).map(([id, one]) => [id, value(one)]));
        const told = evaluateRecord(baseline, values, PERSON)
          .problems.map(({ message }) => message)
          .join('\n');
        for (const one of Object.values(held).flat())
          if (typeof one !== 'boolean') expect(told).not.toContain(String(one));
      }),
    );
  });

  test('[R17][R22] every field of any record is either not asked, answered, wrong or told as unanswered', () => {
    const held = fc.oneof(
      fc.constantFrom<Scalar>(true, false, '2012', '2012-03', 7, 3.5, 'crystals', ['toe'], 'x').map(value),
      fc.constantFrom(...missingKinds).map((missing) => ({ missing })),
    );
    const field = fc.constantFrom(...baseline.fields.filter(({ type }) => type !== 'computed').map(({ id }) => id));
    fc.assert(
      fc.property(fc.dictionary(field, held), (values) => {
        const { visible, problems: found, unanswered } = evaluateRecord(baseline, values, PERSON);
        for (const { id, required, type } of baseline.fields) {
          if (type === 'computed') continue;
          const wrong = found.filter((one) => one.field === id).map(({ code }) => code);
          if (!visible.has(id)) expect(wrong).toEqual(values[id] ? ['not-asked'] : []);
          else expect(unanswered.includes(id)).toBe(required && values[id] === undefined);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('focusOf', () => {
  test('[R19] a missing value is told by its kind, under a name of its own', () => {
    expect(focusOf({ onset: { missing: 'conflicting' }, urate: value(7) })).toEqual({
      onset_missing: 'conflicting',
      urate: 7,
    });
    const study = goutStudy(['visible: urate > 6', "visible: urate_missing = 'not-documented'"]);
    const record = instrumentOf(study, 'baseline');
    expect(evaluateRecord(record, { urate: { missing: 'not-documented' } }, PERSON).visible).toContain('flares');
    expect(evaluateRecord(record, { urate: { missing: 'conflicting' } }, PERSON).visible).not.toContain('flares');
  });
});
