import { describe, expect, test } from 'vitest';
import { doseOf } from './dose-changes.ts';
import { isPiece, percentIn, strengthIn } from './strength.ts';
import { exposure, treated } from './uses.test-support.ts';

describe('the strength of a piece', () => {
  test.each([
    ['Prednisone 10 mg tablet', { value: 10, unit: 'mg' }],
    ['prednisone 2.5mg oral tab', { value: 2.5, unit: 'mg' }],
    ['Levothyroxin 0,5 mg', { value: 0.5, unit: 'mg' }],
    ['levothyroxine 75 MCG tablet', { value: 75, unit: 'ug' }],
    ['Prednisone', undefined],
    ['prednisolone 15 mg/5 mL solution', undefined],
    ['morphine 10 mg per mL', undefined],
    ['oxycodone 5 mg-acetaminophen 325 mg', undefined],
    ['amlodipine-valsartan 5-160 mg', undefined],
    ['metformin 1,000 mg', undefined],
    ['sodium chloride 0 mg', undefined],
    ['gel 5 %', undefined],
  ])('[R40] of "%s"', (text, strength) => {
    expect(strengthIn(text)).toEqual(strength);
  });

  test('[R40] makes a dose of tablets one of milligrams, and says so', () => {
    const tablets = { dose: 2, doseUnit: 'tablet(s)', timesPerDay: 1.5, text: 'Prednisone 10 mg tablet' };
    expect(doseOf(exposure(tablets))).toEqual({ value: 30, unit: 'mg', per: 'day', byText: true });
    expect(doseOf(exposure({ ...tablets, doseUnit: 'mg' }))).toEqual({ value: 3, unit: 'mg', per: 'day' });
    expect(doseOf(exposure({ ...tablets, text: 'Prednisone' }))).toMatchObject({ value: 3, unit: 'tablet(s)' });
    expect(['tablet', '{tbl}', 'Caps', 'mL', 'table'].map(isPiece)).toEqual([true, true, true, false, false]);
    const other = { start: '2014-02-01', dose: 1, doseUnit: 'tablet', timesPerDay: 1, text: 'Prednisone 20 mg tablet' };
    const [episode] = treated([
      { ...other, start: '2014-01-01', daysSupply: 31, text: 'Prednisone 10 mg tablet' },
      other,
    ]).episodes;
    expect(episode?.changes).toMatchObject([{ direction: 'up', from: { value: 10 }, to: { value: 20 } }]);
  });

  test('[R40] of a preparation is its percentage, where no dose is given', () => {
    expect(['clobetasol 0.05 % ointment', 'urea 10% cream', 'urea 10 % - 20 %', 'gel', '0 %'].map(percentIn)).toEqual([
      0.05,
      10,
      undefined,
      undefined,
      undefined,
    ]);
    const ointment = { text: 'tacrolimus 0.03 % ointment' };
    const strength = { value: 0.03, unit: '%', per: 'strength', byText: true };
    expect(doseOf(exposure(ointment))).toEqual(strength);
    expect(doseOf(exposure({ ...ointment, dose: 1, doseUnit: 'application', timesPerDay: 2 }))).toEqual(strength);
    expect(doseOf(exposure({ ...ointment, dose: 2, doseUnit: 'g' }))).toMatchObject({ value: 2, unit: 'g' });
    const stronger = { start: '2014-02-01', text: 'tacrolimus 0.1 % ointment' };
    expect(treated([{ start: '2014-01-01', ...ointment }, stronger], { gap: '60 days' }).doseChanges).toBe(1);
  });
});
