import type { TriggerGroup } from './lexicon.ts';
import { fold } from './tokens.ts';

/** One trigger: folded words in a row. */
export interface Trigger {
  readonly words: readonly string[];
  readonly group: TriggerGroup;
}

/** The triggers of the groups, alternatives written out, but for those that a group takes away. */
export function triggersOf(groups: readonly TriggerGroup[]): Trigger[] {
  const key = (category: string, text: string) => `${category} ${text}`;
  const removed = new Set(
    groups
      .filter((group) => group.remove)
      .flatMap(({ category, texts }) => texts.flatMap(alternatives).map((text) => key(category, text))),
  );
  return groups
    .filter((group) => !group.remove)
    .flatMap((group) =>
      group.texts
        .flatMap(alternatives)
        .filter((text) => !removed.has(key(group.category, text)))
        .map((text) => ({ group, words: text.split(' ') })),
    );
}

/** `No (sign|evidence|) of` -> `no sign of`, `no evidence of`, `no of`. */
function alternatives(text: string): string[] {
  return writtenOut(fold(text)).map((one) => one.replace(/\s+/g, ' ').trim());
}

function writtenOut(text: string): string[] {
  const match = /\(([^()]*\|[^()]*)\)/.exec(text);
  if (!match) return [text];
  const [whole, inside = ''] = match;
  const after = writtenOut(text.slice(match.index + whole.length));
  return inside.split('|').flatMap((one) => after.map((rest) => text.slice(0, match.index) + one + rest));
}
