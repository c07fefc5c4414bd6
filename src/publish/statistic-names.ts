/** How what R computed is named where a text names it, and where somebody asks who stands behind it. Rule R20 of SPEC.md. */
import type { SurvivalCurve } from '../analysis/index.ts';

/** A statistic as a text names it. A group may be called anything; what would end a name gives way to a hyphen. */
export function statisticName(id: string): string {
  return id.replaceAll(/[:{}\s]+/g, '-');
}

/** A curve as a text names it: its statistic, and the value of its group. */
export function curveName({ id, value }: Pick<SurvivalCurve, 'id' | 'value'>): string {
  return statisticName(value === undefined ? id : `${id}/${value}`);
}
