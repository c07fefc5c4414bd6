/** One candidate through every step of the account, as it is told. */
import type { Decision, ToldPart, ToldReason, Why } from '../../publish/index.ts';
import type { WhyView } from '../contract/index.ts';

type Line = WhyView['exclusions'][number]['lines'][number];

/** Who is blinded gets neither the arms nor what reviewers said. */
export function whyView(
  { subject, person, arms, exclusions, outcome, left, events }: Why,
  isBlinded: boolean,
): WhyView {
  return {
    subject: subject ?? '',
    person,
    outcome,
    left,
    arms: isBlinded
      ? null
      : arms.map(({ id, label, part }) => ({ id, label, holds: part.holds, lines: linesOf(part, 0) })),
    exclusions: exclusions.map(({ id, label, holds, ...reason }) => ({
      id,
      label,
      // Of what reviewers decide, whether it was decided is what they said.
      holds: isBlinded && !reason.part ? null : holds,
      ...reasonOf(reason, isBlinded),
    })),
    events: (events ?? []).map(({ day, left: step }) => ({ day, left: step })),
  };
}

function reasonOf({ part, decisions }: ToldReason, isBlinded: boolean) {
  return {
    lines: part ? linesOf(part, 0) : [],
    decisions: isBlinded ? [] : (decisions ?? []).map(decisionOf),
  };
}

function decisionOf({ instrument, row, label, settled, at }: Decision) {
  const { answer, by, reviewers, reason } = settled;
  return {
    field: [instrument, row, label].filter(Boolean).join(' · '),
    said: 'value' in answer ? [answer.value].flat().join(', ') : `(${answer.missing})`,
    by: `${by}: ${reviewers.join(', ')}`,
    at: [...at],
    reason: reason ?? null,
  };
}

function linesOf({ text, holds, events, parts }: ToldPart, depth: number): Line[] {
  const rows = (events?.rows ?? []).map(({ source, date, text: said, codes, snippet }) => ({
    source,
    date,
    text: said,
    codes: [...codes],
    snippet: snippet ?? null,
  }));
  return [{ depth, text, holds, n: events?.n ?? null, rows }, ...parts.flatMap((part) => linesOf(part, depth + 1))];
}
