import { describe, expect, test } from 'vitest';
import { type RouteSource, routeOf } from './route.ts';

describe('the route of a drug', () => {
  const stated: readonly [RouteSource, string][] = [
    [{ codes: ['47625008'] }, 'intravenous'],
    [{ codes: ['TP'] }, 'topical'],
    [{ codes: ['tp'] }, 'topical'],
    [{ codes: ['PO'], stated: ['topical'] }, 'oral'],
    [{ codes: ['0000'], stated: ['Topical'] }, 'topical'],
    [{ stated: ['by mouth'], drug: 'cream' }, 'oral'],
    [{ stated: ['TOPICALLY'] }, 'topical'],
  ];

  test.each(stated)('[R9] %o is stated as %s', (source, route) => {
    expect(routeOf(source)).toBe(route);
  });

  test('[R10] a stated route that is not known is not guessed from the drug', () => {
    expect(routeOf({ stated: ['periosteal'], doseForm: 'cream', drug: 'some cream' })).toBe('other');
    expect(routeOf({ codes: ['0000'], doseForm: 'cream' })).toBe('other');
  });

  test('[R11] else the dose form says it, else the drug, else nobody', () => {
    expect(routeOf({ stated: ['  '], doseForm: 'Topical ointment', drug: 'x tablet' })).toBe('topical');
    expect(routeOf({ doseForm: null, drug: 'allopurinol 100 MG Oral Tablet' })).toBe('oral');
    expect(routeOf({ doseForm: 'kit', drug: 'allopurinol' })).toBeNull();
    expect(routeOf({})).toBeNull();
  });

  test.each([
    ['erythromycin ophthalmic ointment', 'ophthalmic'],
    ['ear drops in a cream base', 'otic'],
    ['subcutaneous injection', 'subcutaneous'],
    ['intralesional injection', 'intralesional'],
    ['vaginal cream', 'vaginal'],
    ['injection solution', 'intravenous'],
    ['gel', 'topical'],
    ['oral gel', 'oral'],
  ])('[R12] %s is %s', (doseForm, route) => {
    expect(routeOf({ doseForm })).toBe(route);
  });

  test('[R12] only whole words count', () => {
    expect(routeOf({ drug: 'Nasalcrom' })).toBeNull();
    expect(routeOf({ drug: 'capsaicin' })).toBeNull();
  });
});
