import { describe, expect, test } from 'vitest';
import { holds, numberOf } from './data-set.ts';
import { arm, psoriasisData, psoriasisProtocol } from './psoriasis-data.test-support.ts';

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
