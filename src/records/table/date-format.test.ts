import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateIn, isDateFormat } from './date-format.ts';

describe('dates of a table', () => {
  test.each([
    ['10/02/2014', 'MM/DD/YYYY', '2014-10-02'],
    ['1/2/2014', 'M/D/YYYY', '2014-01-02'],
    ['02.10.2014', 'DD.MM.YYYY', '2014-10-02'],
    ['2-Oct-2014', 'D-MMM-YYYY', '2014-10-02'],
    ['20141002', 'YYYYMMDD', '2014-10-02'],
    ['2014-10-02 08:30', 'YYYY-MM-DD HH:mm', '2014-10-02T08:30'],
    ['10/2014', 'MM/YYYY', '2014-10'],
    ['2014', 'YYYY', '2014'],
  ])('[R31] %s read by %s is %s', (text, format, date) => {
    expect(dateIn(text, [format])).toBe(date);
  });

  test.each([
    ['2/30/2014', 'M/D/YYYY'],
    ['13/01/2014', 'MM/DD/YYYY'],
    ['1/2/2014', 'MM/DD/YYYY'],
    ['01/02/14', 'MM/DD/YYYY'],
    ['2-Okt-2014', 'D-MMM-YYYY'],
    ['01/02/2014 ', 'MM/DD/YYYY'],
    ['01x02x2014', 'MM.DD.YYYY'],
  ])('[R31] %s does not fit %s', (text, format) => {
    expect(dateIn(text, [format])).toBeUndefined();
  });

  test('[R31] of several formats one must fit, and not two as two days', () => {
    expect(dateIn('2014-10-02', ['MM/DD/YYYY', 'YYYY-MM-DD'])).toBe('2014-10-02');
    expect(dateIn('01/02/2014', ['MM/DD/YYYY', 'DD/MM/YYYY'])).toBeUndefined();
    expect(dateIn('01/31/2014', ['MM/DD/YYYY', 'DD/MM/YYYY'])).toBe('2014-01-31');
    expect(dateIn('02/02/2014', ['MM/DD/YYYY', 'DD/MM/YYYY'])).toBe('2014-02-02');
  });

  test('[R31] every day of the calendar is read back', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10);
        const [year, month, number] = iso.split('-');
        expect(dateIn(`${month}/${number}/${year}`, ['MM/DD/YYYY'])).toBe(iso);
        expect(dateIn(`${Number(number)}.${Number(month)}.${year}`, ['D.M.YYYY'])).toBe(iso);
      }),
    );
  });

  test('[R34] a format is known by its parts', () => {
    const good = ['YYYY', 'MM/YYYY', 'MM/DD/YYYY', 'D MMM YYYY', 'YYYY-MM-DDTHH:mm:ss'];
    const bad = ['', 'MM/DD/YY', 'MM/DD', 'DD/YYYY', 'YYYY-MM-DD HH', 'MM/MM/YYYY', 'mm/dd/yyyy', 'YYYY (MM)'];
    expect(good.filter((format) => !isDateFormat(format))).toEqual([]);
    expect(bad.filter(isDateFormat)).toEqual([]);
  });
});
