/** What an adjudicator decides of a difference, before it is sent. Pure. */
import type { z } from 'zod';
import type { AnswerView, adjudicationItem } from '../../../../../src/server/contract/index.ts';

export type AdjudicationItem = z.infer<typeof adjudicationItem>;
export type Given = AdjudicationItem['given'][number];

/** A name of an item that is its own in the chart. */
export function itemKey({ instrument, row, field }: Pick<AdjudicationItem, 'instrument' | 'row' | 'field'>): string {
  return JSON.stringify([instrument, row, field]);
}

/**
 * What deciding for a reader says: their answer, without remarks, which are theirs. Where they have no such row (`isKey`: the field that
 * is the row), the row goes. Undefined where they gave no answer that could hold.
 */
export function pickOf({ answer }: Given, isKey: boolean): AnswerView | undefined {
  if (answer === null) return isKey ? { missing: 'documented-absent', evidence: [] } : undefined;
  const { comment: _, ...kept } = answer;
  return kept;
}

/** The item to go to from one: the next that is open, around the end; else the one after it. */
export function nextItem(items: readonly AdjudicationItem[], from: string | undefined): AdjudicationItem | undefined {
  const at = items.findIndex((one) => itemKey(one) === from);
  const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  return after.find(({ why }) => why !== 'settled') ?? after[0];
}

/** The item `by` places on in the list, not beyond its ends. */
export function stepItem(items: readonly AdjudicationItem[], from: string | undefined, by: number) {
  const at = items.findIndex((one) => itemKey(one) === from);
  return items[Math.max(0, Math.min(items.length - 1, at + by))];
}
