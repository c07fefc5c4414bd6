import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowsOf } from './decode.test-support.ts';

const subject = { reference: 'Patient/1' };

/** What an order with these dosages says of dose and rhythm. */
function dosing(...dosageInstruction: readonly object[]): Readonly<Record<string, unknown>> | undefined {
  const order = { resourceType: 'MedicationRequest', id: '1', subject, dosageInstruction };
  const rows = rowsOf('drug_exposure', order);
  return typeof rows === 'string' ? { refused: rows } : rows[0];
}
const dose = (value: number, unit = 'mg') => ({ doseAndRate: [{ doseQuantity: { value, unit } }] });
const every = (repeat: object) => dosing({ timing: { repeat } });
const coded = (code: string) => dosing({ timing: { code: { coding: [{ code }] } } });

describe('the dose', () => {
  test('[R40] is the first that is stated', () => {
    expect(dosing(dose(5))).toMatchObject({ dose: 5, dose_unit: 'mg' });
    const rates = { doseAndRate: [{ rateQuantity: { value: 9 } }, { doseQuantity: { value: 2, code: '{tbl}' } }] };
    expect(dosing(rates)).toMatchObject({ dose: 2, dose_unit: '{tbl}' });
    expect(dosing()).toMatchObject({ dose: null, dose_unit: null, sig: null });
  });

  test('[R40] is no number where it is a range; it can be read in the instruction', () => {
    const range = (low: object, high: object) => dosing({ doseAndRate: [{ doseRange: { low, high } }] });
    expect(range({ value: 1, unit: 'tablet' }, { value: 2, unit: 'tablet' })).toMatchObject({
      dose: null,
      dose_unit: 'tablet',
      sig: '1-2 tablet',
    });
    expect(range({ value: 2 }, { value: 2 })).toMatchObject({ dose: 2 });
  });

  test('[R40] and the rhythm are none where dosages differ', () => {
    const twice = { timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } } };
    expect(dosing({ ...dose(5), ...twice }, { ...dose(5), ...twice })).toMatchObject({ dose: 5, times_per_day: 2 });
    expect(dosing({ ...dose(40), ...twice }, dose(20))).toMatchObject({
      dose: null,
      dose_unit: null,
      times_per_day: null,
    });
  });

  test('[R40] of an administration is what was given, of a vaccine too', () => {
    const quantity = { value: 25, unit: 'g' };
    const given = { resourceType: 'MedicationAdministration', id: '1', subject, dosage: { dose: quantity, route: {} } };
    expect(rowsOf('drug_exposure', given)).toMatchObject([{ dose: 25, dose_unit: 'g', quantity: 25 }]);
    const vaccine = {
      resourceType: 'Immunization',
      id: '1',
      patient: subject,
      doseQuantity: { value: 0.5, unit: 'mL' },
    };
    expect(rowsOf('drug_exposure', vaccine)).toMatchObject([{ dose: 0.5, dose_unit: 'mL' }]);
  });

  test('is refused where it is of a wrong shape', () => {
    expect(dosing({ doseAndRate: { doseQuantity: 5 } })).toEqual({ refused: 'fhir.wrong-shape' });
    expect(dosing({ doseAndRate: [{ doseQuantity: { value: '5' } }] })).toEqual({ refused: 'fhir.wrong-shape' });
    expect(every({ frequency: '2' })).toEqual({ refused: 'fhir.wrong-shape' });
    expect(every({ when: 'MORN' })).toEqual({ refused: 'fhir.wrong-shape' });
  });
});

describe('how often', () => {
  test.each([
    [{ frequency: 2, period: 1, periodUnit: 'd' }, 2, '2 a day'],
    [{ frequency: 1, period: 8, periodUnit: 'h' }, 3, 'every 8 h'],
    [{ frequency: 1, period: 2, periodUnit: 'd' }, 0.5, 'every 2 d'],
    [{ frequency: 3, period: 1, periodUnit: 'wk' }, 3 / 7, '3 every 1 wk'],
    [{ frequency: 1, period: 1, periodUnit: 'mo' }, 12 / 365.25, 'every 1 mo'],
    [{ period: 6, periodUnit: 'h' }, 4, 'every 6 h'],
    [{ timeOfDay: ['08:00', '20:00'] }, 2, '08:00 20:00'],
    [{ when: ['MORN', 'NOON', 'NIGHT'] }, 3, 'MORN NOON NIGHT'],
    [{ dayOfWeek: ['mon', 'thu'] }, 2 / 7, 'mon thu'],
    [{ dayOfWeek: ['mon', 'wed', 'fri'], frequency: 1, period: 1, periodUnit: 'd' }, 3 / 7, '1 a day mon wed fri'],
    [{ frequency: 1, frequencyMax: 2, period: 1, periodUnit: 'd' }, null, '1-2 a day'],
    [{ frequency: 1, period: 4, periodMax: 6, periodUnit: 'h' }, null, 'every 4-6 h'],
    [{ frequency: 2 }, null, null],
    [{ frequency: 1, period: 1, periodUnit: 'fortnight' }, null, 'every 1 fortnight'],
    [{ frequency: 1, period: 0, periodUnit: 'd' }, null, 'every 0 d'],
    [{ boundsPeriod: { start: '2012' } }, null, null],
  ])('[R41] %j is %s a day, in words %j', (repeat, times, words) => {
    expect(every(repeat)).toMatchObject({ times_per_day: times, frequency_source_value: words });
  });

  test('[R41] frequency times in a period is frequency over the days of the period, in any unit', () => {
    const hours = { h: 1, d: 24, wk: 168 } as const;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom('h' as const, 'd' as const, 'wk' as const),
        (frequency, period, periodUnit) => {
          const times = every({ frequency, period, periodUnit })?.times_per_day;
          expect(times).toBeCloseTo((24 * frequency) / (period * hours[periodUnit]), 9);
        },
      ),
    );
  });

  test.each([
    ['BID', 2],
    ['b.i.d.', 2],
    ['TID', 3],
    ['QID', 4],
    ['QD', 1],
    ['QOD', 0.5],
    ['Q6H', 4],
    ['q 12 h', 2],
    ['WK', 1 / 7],
    ['as directed', null],
    ['constructor', null],
  ])('[R42] the code %s is %s a day', (code, times) => {
    expect(coded(code)).toMatchObject({ times_per_day: times, frequency_source_value: code });
  });

  test('[R42] the numbers go before the code', () => {
    const timing = { code: { text: 'BID' }, repeat: { frequency: 3, period: 1, periodUnit: 'd' } };
    expect(dosing({ timing })).toMatchObject({ times_per_day: 3, frequency_source_value: 'BID' });
    expect(dosing({ timing: { code: { text: 'BID' }, repeat: { boundsPeriod: {} } } })).toMatchObject({
      times_per_day: 2,
    });
  });

  test('[R43] what is taken as needed has no number', () => {
    const timing = { code: { text: 'TID' } };
    expect(dosing({ timing, asNeededBoolean: true })).toMatchObject({
      times_per_day: null,
      frequency_source_value: 'TID as needed',
    });
    expect(dosing({ timing, asNeededCodeableConcept: { text: 'pain' } })).toMatchObject({ times_per_day: null });
    expect(dosing({ timing, asNeededBoolean: false })).toMatchObject({ times_per_day: 3 });
  });
});
