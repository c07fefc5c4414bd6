import type { Dose } from './dose-changes.ts';
import type { TreatmentEpisode } from './shown-episodes.ts';
import type { Treatment } from './treatment.ts';

const DAYS_A_MONTH = 365.25 / 12;

/** A treatment as expressions see it: `treatments.ID`. What is not known is absent, and so unknown. */
export function treatmentFocus(treatment: Treatment): Readonly<Record<string, unknown>> {
  const {
    id: _id,
    label: _label,
    episodes,
    undated: _undated,
    uses: _uses,
    interest: _interest,
    ...others
  } = treatment;
  const { days, months, ...rest } = others;
  return { ...rest, ...known({ treatedDays: days, treatedMonths: months }), episodes: episodes.map(episodeFocus) };
}

function episodeFocus(episode: TreatmentEpisode): Readonly<Record<string, unknown>> {
  const { start, stop, ongoing, isSure, days, frequency, amount, amountUnit, fills, refills, refillsAllowed } = episode;
  const { dose, lastDose, changes, gapDays } = episode;
  return {
    ...dates('start', start),
    ...dates('stop', stop),
    sure: isSure,
    ...known({
      ongoing,
      gapDays,
      lengthDays: days,
      lengthMonths: days === undefined ? undefined : days / DAYS_A_MONTH,
    }),
    ...known({ frequency, amount, amountUnit, fills, refills, refillsAllowed }),
    ...(dose ? doseNames('dose', dose) : {}),
    ...(lastDose ? doseNames('lastDose', lastDose) : {}),
    doseChanges: changes.map(({ on, direction, from, to }) => ({
      ...(on === null ? {} : { on }),
      direction,
      from: from.value,
      to: to.value,
      unit: to.unit,
    })),
  };
}

function dates(name: string, { date, earliest, latest }: TreatmentEpisode['start']): Readonly<Record<string, unknown>> {
  return { ...known({ [name]: date }), [`${name}Earliest`]: earliest, [`${name}Latest`]: latest };
}

function doseNames(name: string, { value, unit, per, byText }: Dose): Readonly<Record<string, unknown>> {
  return { [name]: value, [`${name}Unit`]: unit, [`${name}Per`]: per, ...(byText ? { [`${name}ByText`]: true } : {}) };
}

function known(parts: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}
