import { type Day, dayOfNumber, dayRange, type NumberRange, type PartialDate } from '../base/index.ts';

/** A day as far as it is known. */
export interface DateBounds {
  readonly earliest: Day;
  readonly latest: Day;
  /** The partial date that means just these days, where there is one. */
  readonly date?: PartialDate;
}

/** The bounds of days counted since 1970-01-01. */
export function dateBounds({ min, max }: NumberRange): DateBounds {
  const [earliest, latest] = [dayOfNumber(min), dayOfNumber(max)];
  const texts = [earliest, earliest.slice(0, 'YYYY-MM'.length), earliest.slice(0, 'YYYY'.length)] as PartialDate[];
  const date = texts.find((text) => {
    const range = dayRange(text);
    return range.earliest === earliest && range.latest === latest;
  });
  return { earliest, latest, ...(date === undefined ? {} : { date }) };
}
