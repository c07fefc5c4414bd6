/** Too many rows to show each become counts over equal stretches of days. Pure. */
import { type Day, dayNumber, dayOfNumber } from '../../base/index.ts';

/** How many rows are of a day. */
export interface DayCount {
  readonly day: Day;
  readonly rows: number;
}

/** A stretch of days, both included, and how much lies in it. */
export interface Bin {
  readonly from: Day;
  readonly to: Day;
  readonly items: number;
}

/** At most `most` stretches from one day to another that have something; what lies outside is left out. */
export function binsOf(days: readonly DayCount[], from: Day, to: Day, most: number): Bin[] {
  const [start, end] = [dayNumber(from), dayNumber(to)];
  const width = Math.max(1, Math.ceil((end - start + 1) / most));
  const counts = new Map<number, number>();
  for (const { day, rows } of days) {
    const at = dayNumber(day);
    if (at < start || at > end) continue;
    const bin = Math.floor((at - start) / width);
    counts.set(bin, (counts.get(bin) ?? 0) + rows);
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([bin, items]) => ({
      from: dayOfNumber(start + bin * width),
      to: dayOfNumber(Math.min(end, start + (bin + 1) * width - 1)),
      items,
    }));
}
