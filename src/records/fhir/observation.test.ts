import { describe, expect, test } from 'vitest';
import { rowsOf } from './decode.test-support.ts';

const base = { resourceType: 'Observation', id: '1', status: 'final', subject: { reference: 'Patient/1' } };
const quantity = { value: 9.1, unit: 'mg/dL', code: 'mg/dL' };
const observed = (more: object) => rowsOf('measurement', { ...base, valueQuantity: quantity, ...more });
const range = (more: object) => ({ low: { value: 3.5, unit: 'mg/dL' }, high: { value: 7.2, unit: 'mg/dL' }, ...more });

describe('the reference range', () => {
  test('[R44] is the first that is for everybody', () => {
    const low = (value: number, more: object) => ({ low: { value }, ...more });
    const referenceRange = [
      low(1, { type: { coding: [{ code: 'critical' }] } }),
      low(2, { appliesTo: [{ text: 'male' }] }),
      low(3, { age: { low: { value: 65 } } }),
      low(4, { type: { coding: [{ code: 'normal' }] } }),
      low(5, {}),
    ];
    expect(observed({ referenceRange })).toMatchObject([{ range_low: 4, range_high: null, range_source_value: '4-' }]);
    expect(observed({ referenceRange: referenceRange.slice(0, 3) })).toMatchObject([
      { range_low: null, range_high: null, range_source_value: null },
    ]);
  });

  test('[R44] is as the laboratory wrote it, else its limits with their unit', () => {
    expect(observed({ referenceRange: [range({ text: '3.5 to 7.2' })] })).toMatchObject([
      { range_low: 3.5, range_high: 7.2, range_source_value: '3.5 to 7.2' },
    ]);
    expect(observed({ referenceRange: [range({})] })).toMatchObject([{ range_source_value: '3.5-7.2 mg/dL' }]);
    expect(observed({ referenceRange: [{ text: 'negative' }] })).toMatchObject([
      { range_low: null, range_source_value: 'negative' },
    ]);
  });

  test('[R44] is no number in another unit than the value', () => {
    const valueQuantity = { value: 540, unit: 'umol/L' };
    expect(observed({ valueQuantity, referenceRange: [range({})] })).toMatchObject([
      { range_low: null, range_high: null, range_source_value: '3.5-7.2 mg/dL' },
    ]);
    const same = { value: 9.1, unit: 'milligram per deciliter', code: 'mg/dL' };
    expect(observed({ valueQuantity: same, referenceRange: [range({})] })).toMatchObject([{ range_low: 3.5 }]);
  });

  test('[R44] of a component is its own', () => {
    const component = [
      {
        code: { text: 'systolic' },
        valueQuantity: { value: 120, unit: 'mmHg' },
        referenceRange: [{ high: { value: 130 } }],
      },
      { code: { text: 'diastolic' }, valueQuantity: { value: 80, unit: 'mmHg' } },
    ];
    expect(rowsOf('measurement', { ...base, component })).toMatchObject([
      { measurement_source_value: 'systolic', value_as_number: 120, unit_source_value: 'mmHg', range_high: 130 },
      { measurement_source_value: 'diastolic', value_as_number: 80, unit_source_value: 'mmHg', range_high: null },
    ]);
  });

  test('is refused where it is of a wrong shape', () => {
    expect(observed({ referenceRange: {} })).toBe('fhir.wrong-shape');
    expect(observed({ referenceRange: [{ low: 3 }] })).toBe('fhir.wrong-shape');
  });
});

describe('the value', () => {
  test('[R45] with a comparator is no number', () => {
    expect(observed({ valueQuantity: { ...quantity, comparator: '<' } })).toMatchObject([
      { value_as_number: null, operator: '<', value_source_value: '<9.1', unit_source_value: 'mg/dL' },
    ]);
    expect(observed({})).toMatchObject([{ value_as_number: 9.1, operator: null, value_source_value: '9.1' }]);
  });

  test.each([
    [{ valueString: 'trace' }, 'trace'],
    [{ valueBoolean: false }, 'false'],
    [{ valueCodeableConcept: { text: 'positive' } }, 'positive'],
    [{ valueRange: { low: { value: 2, unit: 'cm' }, high: { value: 3 } } }, '2-3'],
    [{ valueRatio: { numerator: { value: 1 }, denominator: { value: 80 } } }, '1:80'],
    [{ valuePeriod: { start: '2012', end: '2013-02' } }, '2012/2013-02'],
    [{ valueDateTime: '2012-03' }, '2012-03'],
  ])('[R45] %j stays text', (value, text) => {
    expect(observed({ valueQuantity: undefined, ...value })).toMatchObject([
      { value_as_number: null, value_source_value: text },
    ]);
  });
});
