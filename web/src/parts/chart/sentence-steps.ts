/** Sentences of a note, chosen one after the other by keys. Pure. */

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The sentence after (`step` 1) or before (-1) what is chosen, or the first one from `at` on where nothing is; without the
 * spaces around it. Sentences of spaces alone are passed over. Undefined at the ends.
 */
export function stepSentence(
  text: string,
  sentences: readonly Span[],
  chosen: Span | undefined,
  step: 1 | -1,
  at = 0,
): Span | undefined {
  const said = sentences.flatMap((one) => trimmed(text, one) ?? []);
  if (!chosen) return said.find(({ end }) => end > at);
  if (step > 0) return said.find(({ start }) => start >= chosen.end);
  return said.findLast(({ end }) => end <= chosen.start);
}

/** What is chosen, made longer by the next sentence. */
export function addSentence(text: string, sentences: readonly Span[], chosen: Span): Span {
  const next = stepSentence(text, sentences, chosen, 1);
  return next ? { start: chosen.start, end: next.end } : chosen;
}

function trimmed(text: string, { start, end }: Span): Span | undefined {
  const said = text.slice(start, end);
  const from = start + (said.length - said.trimStart().length);
  const to = from + said.trim().length;
  return from < to ? { start: from, end: to } : undefined;
}
