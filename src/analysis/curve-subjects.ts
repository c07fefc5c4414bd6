import { refuseCount } from './check-counts.ts';
import type { Computation } from './computations.ts';
import type { SurvivalCurve, SurvivalStep } from './statistic-results.ts';
import type { ValueRow } from './value-row.ts';

/**
 * The curves with the subjects behind each step, by our own count: who had the event then, and who was seen no longer.
 * Error: `analysis.r-differs`, where R counted others. Rule R24 of SPEC.md.
 */
export function withSubjects(
  curves: readonly SurvivalCurve[],
  computations: readonly Computation[],
): readonly SurvivalCurve[] {
  const groups = computations.flatMap(({ kind, id, rows }) =>
    kind === 'survival' ? [...Map.groupBy(rows, ({ group }) => group).values()].map((own) => ({ id, own })) : [],
  );
  if (groups.length !== curves.length) refuseCount(curves[groups.length]?.id ?? groups[curves.length]?.id ?? '');
  return curves.map((curve, at) => {
    const { id = '', own = [] } = groups[at] ?? {};
    const byTime = Map.groupBy(own, ({ value }) => written(value));
    if (id !== curve.id || byTime.size !== curve.steps.length) refuseCount(id);
    return { ...curve, steps: curve.steps.map((step) => stepOf(step, byTime.get(step.time) ?? [], id)) };
  });
}

/** A time as R writes it: twelve significant digits. */
function written(time: string): number {
  return Number(Number(time).toPrecision(12));
}

function stepOf(step: SurvivalStep, own: readonly ValueRow[], id: string): SurvivalStep {
  const [withEvent, without] = [own.filter(hasEvent), own.filter((one) => !hasEvent(one))];
  if (withEvent.length !== step.events || without.length !== step.censored) refuseCount(id);
  const subjects = (rows: readonly ValueRow[]): string[] => rows.map(({ subject }) => subject).sort();
  return { ...step, eventSubjects: subjects(withEvent), censoredSubjects: subjects(without) };
}

function hasEvent({ second }: ValueRow): boolean {
  return second === 'true';
}
