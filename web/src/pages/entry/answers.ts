/** How an answer changes when a value, a missing value or evidence is given. Pure. */
import type { AnswerView, EvidenceView } from '../../../../src/server/contract/index.ts';
import type { Value } from './input-props.ts';

export type MissingKind = Extract<AnswerView, { missing: unknown }>['missing'];
export type Coverage = NonNullable<Extract<AnswerView, { missing: unknown }>['coverage']>;

/** How typed missing values are called in the form. */
export const missingLabels: Readonly<Record<MissingKind, string>> = {
  'not-documented': 'Not documented',
  'documented-absent': 'Documented absent',
  'not-applicable': 'Not applicable',
  conflicting: 'Conflicting',
};

export function givenValue(answer: AnswerView | null): Value | undefined {
  return answer && 'value' in answer ? answer.value : undefined;
}

export function missingOf(answer: AnswerView | null): MissingKind | undefined {
  return answer && 'missing' in answer ? answer.missing : undefined;
}

/** With a value in place of what stood there; what was cited stays, beside what `cited` adds. undefined withdraws it. */
export function withValue(
  answer: AnswerView | null,
  value: Value | undefined,
  cited: readonly EvidenceView[] = [],
): AnswerView | null {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return null;
  return { value: Array.isArray(value) ? [...value] : (value as string), ...kept(answer, cited) };
}

/** With a missing value; coverage says what was read before it was said. */
export function withMissing(
  answer: AnswerView | null,
  missing: MissingKind,
  coverage: Coverage | undefined,
  cited: readonly EvidenceView[] = [],
): AnswerView {
  return { missing, ...kept(answer, cited), ...(coverage ? { coverage } : {}) };
}

/** The same, with what was read asked for where the kind of missing needs it. */
export async function saidMissing(
  answer: AnswerView | null,
  missing: MissingKind,
  coverage: () => Promise<Coverage>,
  cited: readonly EvidenceView[],
): Promise<AnswerView> {
  return withMissing(answer, missing, missing === 'not-applicable' ? undefined : await coverage(), cited);
}

/** With other evidence, in this order. */
export function withEvidence(answer: AnswerView, evidence: readonly EvidenceView[]): AnswerView {
  return { ...answer, evidence: [...evidence] };
}

function kept(answer: AnswerView | null, cited: readonly EvidenceView[]) {
  const evidence = [...(answer?.evidence ?? []), ...cited];
  const once = new Map(evidence.map((one) => [evidenceKey(one), one]));
  return { evidence: [...once.values()], ...(answer?.comment === undefined ? {} : { comment: answer.comment }) };
}

/** Equal for the same place. */
export function evidenceKey(one: EvidenceView): string {
  return 'record' in one ? one.record : `${one.note} ${one.start} ${one.end}`;
}

/** An answer in words, for a conflict or a difference. */
export function answerText(
  answer: AnswerView | null,
  choices: readonly { code: string; label: string }[] = [],
): string {
  if (!answer) return 'nothing';
  if ('missing' in answer) return missingLabels[answer.missing];
  const { value } = answer;
  const label = (code: string) => choices.find((choice) => choice.code === code)?.label ?? code;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return Array.isArray(value) ? value.map(label).join(', ') : label(String(value));
}
