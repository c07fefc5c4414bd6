/** The stretch of days that a timeline shows, and how it is moved. Pure; days are numbers since 1970-01-01. */

/** First and last day, both included. */
export interface DayWindow {
  readonly from: number;
  readonly to: number;
}

const MS_A_DAY = 86_400_000;
/** No closer: a day is then some twenty pixels wide. */
const FEWEST_DAYS = 30;
/** Room at both ends of the whole, as a share of it, so that no mark is cut. */
const MARGIN = 0.02;

export function dayNumberOf(day: string): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / MS_A_DAY);
}

export function dayOf(number: number): string {
  return new Date(Math.round(number) * MS_A_DAY).toISOString().slice(0, 10);
}

/** All that is dated, with some room; undefined where nothing is. */
export function wholeWindow(first: string | null, last: string | null): DayWindow | undefined {
  if (first === null || last === null) return undefined;
  const [from, to] = [dayNumberOf(first), dayNumberOf(last)];
  const room = Math.max(15, Math.ceil((to - from) * MARGIN));
  return { from: from - room, to: to + room };
}

/** A window around a day, `factor` times as long (below 1: closer), within the whole. */
export function zoomed(window: DayWindow, whole: DayWindow, factor: number, around?: number): DayWindow {
  const length = window.to - window.from;
  const next = Math.min(whole.to - whole.from, Math.max(FEWEST_DAYS, Math.round(length * factor)));
  const centre = around ?? (window.from + window.to) / 2;
  const share = length === 0 ? 0.5 : (centre - window.from) / length;
  return moved({ from: 0, to: next }, whole, Math.round(centre - share * next));
}

/** The window moved by a share of its length, stopped at the ends of the whole. */
export function panned(window: DayWindow, whole: DayWindow, share: number): DayWindow {
  return moved(window, whole, Math.round((window.to - window.from) * share));
}

function moved({ from, to }: DayWindow, whole: DayWindow, by: number): DayWindow {
  const length = to - from;
  const start = Math.min(Math.max(from + by, whole.from), whole.to - length);
  return { from: start, to: start + length };
}

/** Where a day stands between 0 and `width`; beyond them where it is outside. */
export function positionOf(day: number, { from, to }: DayWindow, width: number): number {
  return ((day - from) / Math.max(1, to - from)) * width;
}
