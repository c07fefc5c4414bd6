/** How often: `Timing` of FHIR R4, by its numbers, else by its code. Rules R41 to R43 of SPEC.md. */
import { conceptText } from './codings.ts';
import { type Fhir, listAt, numberAt, objectAt, textAt, textsAt } from './elements.ts';

/** How many times a day; `null` where that is not said, or is no one number. */
export function timesPerDay(timing: Fhir | undefined): number | null {
  if (timing === undefined) return null;
  const repeat = objectAt(timing, 'repeat');
  return repeat === undefined || !saysHowOften(repeat) ? ofCode(objectAt(timing, 'code')) : ofRepeat(repeat);
}

/** How often, as the source says it: the text or code of the timing, else `2 a day`, `every 8 h`. */
export function frequencyText(timing: Fhir | undefined): string | null {
  if (timing === undefined) return null;
  const said = conceptText(objectAt(timing, 'code'));
  if (said !== null) return said;
  const repeat = objectAt(timing, 'repeat');
  const unit = textAt(repeat, 'periodUnit');
  const days = textsAt(repeat, 'dayOfWeek').join(' ');
  const moments = [...textsAt(repeat, 'when'), ...textsAt(repeat, 'timeOfDay')].join(' ');
  const times = ranged(numberAt(repeat, 'frequency') ?? 1, numberAt(repeat, 'frequencyMax'));
  const period = ranged(numberAt(repeat, 'period') ?? 1, numberAt(repeat, 'periodMax'));
  const isDaily = period === '1' && unit === 'd';
  const rhythm =
    unit === undefined ? '' : isDaily ? `${times} a day` : `${times === '1' ? '' : `${times} `}every ${period} ${unit}`;
  return [rhythm, days, moments].filter((part) => part !== '').join(' ') || null;
}

function saysHowOften(repeat: Fhir): boolean {
  return REPEATS.some((name) => repeat[name] !== undefined && repeat[name] !== null);
}

const REPEATS = ['frequency', 'period', 'periodUnit', 'dayOfWeek', 'timeOfDay', 'when'];

function ofRepeat(repeat: Fhir): number | null {
  const frequency = numberAt(repeat, 'frequency');
  const period = numberAt(repeat, 'period') ?? 1;
  const unit = textAt(repeat, 'periodUnit');
  if (isOther(frequency, numberAt(repeat, 'frequencyMax')) || isOther(period, numberAt(repeat, 'periodMax')))
    return null;
  const weekdays = new Set(textsAt(repeat, 'dayOfWeek')).size;
  const moments = new Set([...textsAt(repeat, 'timeOfDay'), ...textsAt(repeat, 'when')]).size;
  if (weekdays > 0) {
    // Once a day on those days; another rhythm beside them could mean either.
    const isDaily = unit === undefined || (unit === 'd' && period === 1) || (unit === 'wk' && frequency === weekdays);
    const daily = unit === 'wk' ? 1 : (frequency ?? Math.max(moments, 1));
    return isDaily ? (daily * weekdays) / DAYS_IN_WEEK : null;
  }
  if (unit === undefined) return frequency === undefined && moments > 0 ? moments : null;
  const days = period * (DAYS[unit] ?? Number.NaN);
  const times = (frequency ?? Math.max(moments, 1)) / days;
  return Number.isFinite(times) && times > 0 ? times : null;
}

function isOther(value: number | undefined, max: number | undefined): boolean {
  return max !== undefined && max !== value;
}

function ranged(value: number, max: number | undefined): string {
  return isOther(value, max) ? `${value}-${max}` : `${value}`;
}

const DAYS_IN_WEEK = 7;
const DAYS_IN_YEAR = 365.25;

/** Units of time (UCUM) in days. */
const DAYS: Readonly<Record<string, number>> = {
  s: 1 / 86_400,
  min: 1 / 1440,
  h: 1 / 24,
  d: 1,
  wk: DAYS_IN_WEEK,
  mo: DAYS_IN_YEAR / 12,
  a: DAYS_IN_YEAR,
};

function ofCode(code: Fhir | undefined): number | null {
  const said = [...listAt(code, 'coding').map((coding) => textAt(coding, 'code')), textAt(code, 'text')];
  for (const text of said) {
    const times = TIMES[(text ?? '').replace(/[\s.]/g, '').toUpperCase()];
    if (times !== undefined) return times;
  }
  return null;
}

/** HL7 v3 GTSAbbreviation, which `Timing.code` prefers, and the same as they are written elsewhere. */
const TIMES: Readonly<Record<string, number | undefined>> = Object.assign(Object.create(null), {
  QD: 1,
  DAILY: 1,
  AM: 1,
  PM: 1,
  QAM: 1,
  QPM: 1,
  BED: 1,
  QHS: 1,
  BID: 2,
  TID: 3,
  QID: 4,
  QOD: 1 / 2,
  Q1H: 24,
  Q2H: 12,
  Q3H: 8,
  Q4H: 6,
  Q6H: 4,
  Q8H: 3,
  Q12H: 2,
  Q24H: 1,
  WK: 1 / DAYS_IN_WEEK,
  QWK: 1 / DAYS_IN_WEEK,
  MO: 12 / DAYS_IN_YEAR,
});
