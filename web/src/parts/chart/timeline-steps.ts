/** What keys do in the timeline: which step a press is, and where it leads. Pure. */
import type { Lane, LaneMark } from './timeline-lanes.ts';

/** A step that a key makes. */
export type TimelineStep =
  | { readonly kind: 'mark' | 'lane'; readonly by: 1 | -1 }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'pan'; readonly share: number }
  | { readonly kind: 'all' | 'open' };

const STEPS: Readonly<Record<string, TimelineStep>> = {
  ArrowLeft: { kind: 'mark', by: -1 },
  ArrowRight: { kind: 'mark', by: 1 },
  ArrowUp: { kind: 'lane', by: -1 },
  ArrowDown: { kind: 'lane', by: 1 },
  'Shift ArrowLeft': { kind: 'pan', share: -0.25 },
  'Shift ArrowRight': { kind: 'pan', share: 0.25 },
  '+': { kind: 'zoom', factor: 0.5 },
  '=': { kind: 'zoom', factor: 0.5 },
  '-': { kind: 'zoom', factor: 2 },
  '0': { kind: 'all' },
  Enter: { kind: 'open' },
  ' ': { kind: 'open' },
};

/** What of a press tells it from another. */
interface Press {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The step that a press is; undefined for one that is none. */
export function stepOf({ key, shiftKey, ctrlKey, metaKey, altKey }: Press): TimelineStep | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  return STEPS[shiftKey && key.startsWith('Arrow') ? `Shift ${key}` : key];
}

/** Where one stands: a lane and a mark of it, by their places. */
export interface ActiveMark {
  readonly lane: number;
  readonly mark: number;
}

/** The mark before or after in the lane, stopped at its ends; the first of all where one stands nowhere. */
export function toMark(
  lanes: readonly Lane[],
  active: ActiveMark | undefined,
  by: 1 | -1,
  day: number,
): ActiveMark | undefined {
  if (!active) return toLane(lanes, undefined, 1, day);
  const last = (lanes[active.lane]?.marks.length ?? 1) - 1;
  return { ...active, mark: Math.min(Math.max(active.mark + by, 0), last) };
}

/** The mark of the lane below or above that is nearest to the day at which one stands; lanes without marks are passed over. */
export function toLane(
  lanes: readonly Lane[],
  active: ActiveMark | undefined,
  by: 1 | -1,
  day: number,
): ActiveMark | undefined {
  const from = active?.lane ?? (by > 0 ? -1 : lanes.length);
  const filled = lanes.map(({ marks }) => marks.length > 0);
  const lane = by > 0 ? filled.indexOf(true, from + 1) : from > 0 ? filled.lastIndexOf(true, from - 1) : -1;
  const marks = lanes[lane]?.marks;
  return marks ? { lane, mark: nearest(marks, day) } : active;
}

function nearest(marks: readonly LaneMark[], day: number): number {
  const distance = ({ from, to }: LaneMark): number => Math.max(from - day, day - to, 0);
  return marks.reduce((best, mark, at) => (distance(mark) < distance(marks[best] ?? mark) ? at : best), 0);
}
