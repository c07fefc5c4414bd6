/** From what several people said of one field to what holds. Pure. Rules R5 and R6 of SPEC.md. */
import type { FieldValue } from '../protocol/index.ts';
import type { Evidence } from './entry.ts';
import { fieldValueOf, type Revision } from './revisions.ts';
import { sameAnswer } from './same-answer.ts';

/** What was read before a value was called missing. */
interface Coverage {
  readonly notes: readonly string[];
  readonly terms: readonly string[];
}

/** A value that holds, who said it and what it rests on. */
export interface SettledValue {
  readonly answer: FieldValue;
  readonly evidence: readonly Evidence[];
  /** Notes that were open and words searched where nothing was found. */
  readonly coverage?: Coverage;
  readonly by: 'agreement' | 'one-abstractor' | 'adjudication';
  readonly reviewers: readonly string[];
  readonly reason?: string;
}

/**
 * Settles a field among the people who abstracted the chart: the adjudication that was said last, else what all of them said.
 * `undefined` where nobody said anything. The order in which entries were loaded does not matter.
 */
export function settleField(
  here: readonly Revision[],
  reviewers: readonly string[],
): SettledValue | 'difference' | undefined {
  const [ruling] = here.filter((one) => one.role === 'adjudication').sort(lastSaidFirst);
  if (ruling) return settledBy([ruling], 'adjudication');
  const words = here.filter((one) => one.role === 'abstraction').sort((a, b) => (a.reviewer < b.reviewer ? -1 : 1));
  if (words.length === 0) return undefined;
  const all = words.length === reviewers.length && words.every((one) => sameAnswer(one.answer, words[0]?.answer));
  if (!all) return 'difference';
  return settledBy(words, words.length === 1 ? 'one-abstractor' : 'agreement');
}

/** By the time of saying; of two at one time, by name, so that the order of loading decides nothing. */
function lastSaidFirst(a: Revision, b: Revision): number {
  return Date.parse(b.at) - Date.parse(a.at) || (a.reviewer < b.reviewer ? -1 : 1);
}

function settledBy(words: readonly Revision[], by: SettledValue['by']): SettledValue | undefined {
  const [first] = words;
  if (!first) return undefined;
  const evidence = new Map(words.flatMap((one) => one.answer.evidence).map((one) => [JSON.stringify(one), one]));
  const coverage = words.flatMap((one) =>
    'missing' in one.answer && one.answer.coverage ? [one.answer.coverage] : [],
  );
  return {
    answer: fieldValueOf(first.answer),
    evidence: [...evidence.values()],
    ...(coverage.length > 0 ? { coverage: joined(coverage) } : {}),
    by,
    reviewers: words.map((one) => one.reviewer),
    ...(first.reason === null ? {} : { reason: first.reason }),
  };
}

function joined(parts: readonly Coverage[]): Coverage {
  const union = (of: keyof Coverage) => [...new Set(parts.flatMap((part) => part[of]))].sort();
  return { notes: union('notes'), terms: union('terms') };
}
