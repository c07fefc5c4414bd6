/** When a dose went up or down within an episode. Rule R38 of SPEC.md. */
import { unitConversion } from '../protocol/index.ts';
import type { EpisodeDays, Span } from './episodes.ts';
import type { Exposure } from './exposure.ts';
import { isApplication, isPiece, percentIn, strengthIn } from './strength.ts';

/** A dose that can be compared with others. */
export interface Dose {
  readonly value: number;
  readonly unit: string;
  /** Of a day where the source says how often; else of one time. `strength`: how strong a preparation is, in percent. */
  readonly per: 'day' | 'time' | 'strength';
  /** How strong a piece or the preparation is was read in the text of the drug. */
  readonly byText?: true;
}

/** From one dose to another, at the latest on this day: that of the first use with the new one. */
export interface DoseChange {
  readonly day: number;
  readonly from: Dose;
  readonly to: Dose;
  readonly direction: 'up' | 'down';
  /** The use that has the new dose. */
  readonly source: string;
}

/** The changes within an episode, in order. Doses of which one is not known, or in units that do not compare, tell no change. */
export function doseChanges({ spans }: Pick<EpisodeDays, 'spans'>): DoseChange[] {
  const changes: DoseChange[] = [];
  let before: Dose | undefined;
  for (const [day, together] of Map.groupBy(spans, (span) => span.first)) {
    const dose = doseOfDay(together);
    if (!dose) continue;
    const ratio = before && ratioOf(before, dose);
    if (before && ratio !== undefined && Math.abs(ratio - 1) > TOLERANCE) {
      const source = together[0]?.use.exposure.source ?? '';
      changes.push({ day, from: before, to: dose, direction: ratio > 1 ? 'up' : 'down', source });
    }
    before = dose;
  }
  return changes;
}

const TOLERANCE = 1e-9;

/**
 * The dose of a use. Of pieces, by the strength in its text if it has one; where no dose is given, or applications are counted, the
 * percentage in its text. `undefined` where there is none of these.
 */
export function doseOf(exposure: Exposure): Dose | undefined {
  if (!doses.has(exposure)) doses.set(exposure, readDose(exposure));
  return doses.get(exposure);
}

/** The text of a use is read once, not for each way to fill in the dates around it. */
const doses = new WeakMap<Exposure, Dose | undefined>();

function readDose({ dose, doseUnit, timesPerDay, text }: Exposure): Dose | undefined {
  const percent = text === null ? undefined : percentIn(text);
  if (percent !== undefined && (dose === null || doseUnit === null || isApplication(doseUnit)))
    return { value: percent, unit: '%', per: 'strength', byText: true };
  if (dose === null || dose <= 0 || doseUnit === null) return undefined;
  const strength = text !== null && isPiece(doseUnit) ? strengthIn(text) : undefined;
  const value = dose * (strength?.value ?? 1) * (timesPerDay ?? 1);
  const per = timesPerDay === null ? 'time' : 'day';
  return { value, unit: strength?.unit ?? doseUnit, per, ...(strength ? { byText: true } : {}) };
}

/** Uses that begin on one day have one dose only where they agree: tablets of two strengths may be taken together, or not. */
function doseOfDay(spans: readonly Span[]): Dose | undefined {
  const [first, ...others] = spans.map(({ use }) => doseOf(use.exposure));
  if (!first) return undefined;
  const same = others.every((one) => one !== undefined && Math.abs((ratioOf(first, one) ?? 0) - 1) <= TOLERANCE);
  return same ? first : undefined;
}

/** How many times the one the other is; `undefined` where they do not compare. */
function ratioOf(before: Dose, after: Dose): number | undefined {
  if (before.per !== after.per) return undefined;
  if (before.unit.toLowerCase() === after.unit.toLowerCase()) return after.value / before.value;
  const conversion = unitConversion(after.unit, before.unit);
  return conversion?.offset === 0 ? (after.value * conversion.factor) / before.value : undefined;
}
