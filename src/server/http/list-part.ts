/** A part of a list that is read from its beginning: its cursor is how many come before it. */
import { ChartproofError } from '../../base/index.ts';

interface Asked {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** How many come before the part that a cursor asks for. Error: `server.cursor`. */
export function startOf({ cursor }: Pick<Asked, 'cursor'>): number {
  if (cursor === undefined) return 0;
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw new ChartproofError('server.cursor', 'The list cannot go on from there.', {
    tip: 'Load it from its beginning.',
  });
}

/** The part of a whole list. */
export function partOf<Item>(all: readonly Item[], asked: Asked): { items: Item[]; next: string | null } {
  const start = startOf(asked);
  const items = all.slice(start, start + asked.limit);
  const end = start + items.length;
  return { items, next: end < all.length && items.length > 0 ? String(end) : null };
}

/** The part of a list of which one item more than asked for was read, so that it is known whether it goes on. */
export function readPart<Item>(read: readonly Item[], asked: Asked): { items: Item[]; next: string | null } {
  const goesOn = read.length > asked.limit;
  return { items: read.slice(0, asked.limit), next: goesOn ? String(startOf(asked) + asked.limit) : null };
}
