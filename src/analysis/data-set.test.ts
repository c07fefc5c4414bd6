import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildTables } from './build-tables.ts';
import { buildDataSet, holds, numberOf } from './data-set.ts';
import { arm, type Patient, patients, psoriasisData, psoriasisProtocol } from './psoriasis-data.test-support.ts';

const only = <Thing>([thing]: readonly Thing[]): Thing => {
  if (thing === undefined) throw new Error('there is none');
  return thing;
};

describe('the data set', () => {
  const data = psoriasisData();

  test('[R7] variables may use those before them, the response is `response`', () => {
    expect(data.subjects.map((one) => one.variables.high_dose)).toEqual([
      true,
      true,
      false,
      false,
      undefined,
      true,
      false,
      undefined,
    ]);
    expect(data.subjects.map((one) => one.variables.high_and_cleared)).toEqual([
      true,
      true,
      false,
      false,
      false,
      true,
      false,
      false,
    ]);
  });

  test('[R7] a variable sees none after it', () => {
    const early = psoriasisProtocol(
      'variables: [{ id: one, label: One, value: "1" }, { id: two, label: Two, value: one + 1 }]',
    );
    expect(only(psoriasisData(early).subjects).variables).toEqual({ one: 1, two: 2 });
    expect(() =>
      psoriasisProtocol('variables: [{ id: two, label: Two, value: one + 1 }, { id: one, label: One, value: "1" }]'),
    ).toThrow(expect.objectContaining({ code: 'protocol.invalid' }));
  });

  test('[R7] the response comes from the assessments by the rules of the protocol', () => {
    const of = (...plaque: ReturnType<typeof arm>[]) => only(psoriasisData(undefined, [{ plaque }]).subjects).response;
    expect(of(arm('2015-06-01', 'same'), arm('2015-09-01', 'clear'))).toMatchObject({
      category: 'cleared',
      responder: true,
    });
    expect(of(arm('2015-06-01', 'same'))).toMatchObject({ category: 'not', responder: false });
    expect(of()).toMatchObject({ category: 'not', lesions: [] });
    expect(of(arm('2015-06-01', { missing: 'conflicting' }))?.lesions).toMatchObject([{ facts: { evaluable: 0 } }]);
  });

  test('[R1] what is not surely true does not hold, what is not one number is none', () => {
    const [first, , , , fifth] = data.subjects;
    if (!first || !fifth) throw new Error('eight subjects');
    expect([
      holds(data, 'high_dose', first),
      holds(data, 'high_dose', fifth),
      holds(data, 'high_dose = false', fifth),
    ]).toEqual([true, false, false]);
    expect(holds(data, 'baseline.severity', first)).toBe(false);
    expect([numberOf(data, 'baseline.dose', first), numberOf(data, 'baseline.dose', fifth)]).toEqual([15, undefined]);
    expect(numberOf(data, 'plaque.count() | 7', first)).toBeUndefined();
    expect(numberOf(data, 'baseline.severity', first)).toBeUndefined();
  });
});

describe('[R60] a data set made from an earlier one', () => {
  const protocol = psoriasisProtocol();
  const settledOf = (of: readonly Patient[]) =>
    psoriasisData(protocol, of).included.map(({ settled }) => structuredClone(settled));

  test('works out again whom something changed of, and nobody else', () => {
    const before = psoriasisData(protocol);
    const [first, second, ...others] = patients;
    if (!first || !second) throw new Error('there are eight');
    const changed = [first, { ...second, plaque: [arm('2015-06-01', 'same')] }, ...others];
    const after = buildDataSet(protocol, settledOf(changed), undefined, before);
    expect(after.included.map((one, at) => one === before.included[at])).toEqual(patients.map((_, at) => at !== 1));
    expect(buildTables(after)).toEqual(buildTables(psoriasisData(protocol, changed)));
    expect(buildTables(after)).not.toEqual(buildTables(before));
  });

  test('gives the tables of one made anew, whoever came, went or changed', () => {
    const some = fc.array(fc.constantFrom(...patients), { maxLength: 8 });
    fc.assert(
      fc.property(some, some, (earlier, later) => {
        const before = psoriasisData(protocol, earlier);
        buildTables(before);
        expect(buildTables(buildDataSet(protocol, settledOf(later), undefined, before))).toEqual(
          buildTables(psoriasisData(protocol, later)),
        );
      }),
      { numRuns: 30 },
    );
  });

  test('takes nobody over from a data set of another protocol', () => {
    const other = psoriasisData(psoriasisProtocol());
    const after = buildDataSet(protocol, settledOf(patients), undefined, other);
    expect(after.included.some((one) => other.included.includes(one))).toBe(false);
  });
});
