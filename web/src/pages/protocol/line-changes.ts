/** What differs between two texts, line by line, with a few lines around each change. Pure. */
import { diffLines } from 'diff';

/** A line of either text, or how many equal ones are left out from the line of this number on. Numbers count from 1. */
export type ChangedLine =
  | { readonly kind: 'same' | 'added' | 'removed'; readonly number: number; readonly text: string }
  | { readonly kind: 'gap'; readonly number: number; readonly lines: number };

const AROUND = 3;

/** In order; nothing where the texts are the same. A line that is gone has its number in the earlier text. */
export function lineChanges(before: string, after: string): ChangedLine[] {
  let was = 1;
  let is = 1;
  const all = diffLines(before, after).flatMap(({ value, added, removed }): Exclude<ChangedLine, { kind: 'gap' }>[] =>
    value
      .replace(/\n$/, '')
      .split('\n')
      .map((text) => {
        const kind = added ? 'added' : removed ? 'removed' : 'same';
        const number = removed ? was : is;
        if (!added) was += 1;
        if (!removed) is += 1;
        return { kind, number, text };
      }),
  );
  const near = new Set(
    all.flatMap(({ kind }, at) =>
      kind === 'same' ? [] : Array.from({ length: 2 * AROUND + 1 }, (_, i) => at - AROUND + i),
    ),
  );
  if (near.size === 0) return [];
  const shown: ChangedLine[] = [];
  let gap: Extract<ChangedLine, { kind: 'gap' }> | undefined;
  for (const [at, line] of all.entries()) {
    if (!near.has(at)) {
      gap = { kind: 'gap', number: gap?.number ?? line.number, lines: (gap?.lines ?? 0) + 1 };
      continue;
    }
    if (gap) shown.push(gap);
    gap = undefined;
    shown.push(line);
  }
  return gap ? [...shown, gap] : shown;
}
