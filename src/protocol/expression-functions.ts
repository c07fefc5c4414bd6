/** The functions on dates that FHIRPath lacks. */
import { daysBetween, type NumberRange, type PartialDate, yearsBetween } from '../base/index.ts';
import { dateText } from './expression-dates.ts';

const MONTHS_A_DAY = 12 / 365.25;

/** Rounds away what the arithmetic of fractions adds after the tenth digit. */
const clean = (value: number): number => Number(value.toPrecision(12));

function between(distance: (from: PartialDate, to: PartialDate) => NumberRange, scale = 1) {
  return {
    fn: (...[input, to]: [unknown[], unknown[]]): number[] => {
      const [from, until] = [input, to].map((list) => (list.length === 1 ? dateText(list[0]) : undefined));
      if (!from || !until) return [];
      const { min, max } = distance(from, until);
      return min === max ? [clean(min * scale)] : [];
    },
    arity: { 1: ['Any' as const] },
    nullable: true,
  };
}

/** For fhirpath.js: `daysTo` and `monthsTo` of full days (a month is 365.25 / 12 days), `yearsTo` in completed years. */
export const dateFunctions = {
  daysTo: between(daysBetween),
  monthsTo: between(daysBetween, MONTHS_A_DAY),
  yearsTo: between(yearsBetween),
};
