/** When two answers say the same. Pure. Rule R6 of SPEC.md. */
import type { Answer } from './entry.ts';

/** Whether two answers say the same, whatever they cite. */
export function sameAnswer(a: Answer | undefined, b: Answer | undefined): boolean {
  return answerKey(a) === answerKey(b);
}

/** An answer as text that is equal for equal answers; empty where nothing was said. */
export function answerKey(answer: Answer | undefined): string {
  if (answer === undefined) return '';
  if ('missing' in answer) return `missing:${answer.missing}`;
  const { value } = answer;
  if (Array.isArray(value)) return `choices:${JSON.stringify(value.toSorted())}`;
  return `value:${typeof value === 'string' ? value.trim().replaceAll(/\s+/g, ' ').toLowerCase() : String(value)}`;
}
