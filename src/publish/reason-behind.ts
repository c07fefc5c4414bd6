/** What a reason to leave the account rests on, for one candidate or several. */
import { decisionBehind, type TracedValue, valuesBehind } from '../analysis/index.ts';
import { type HeldPart, heldParts } from '../cohort/index.ts';
import type { Criterion } from '../protocol/index.ts';
import { type OpenItem, type OpenStudy, type ReviewState, type SettledSubject, saidAt } from '../review/index.ts';

/** A value that decides, and when those who decided said so. */
export interface Decision extends TracedValue {
  readonly at: readonly string[];
}

/** Of a rule its parts with the rows of the records, of reviewers what they said, of an open screening what is missing. */
export interface ReasonBehind {
  readonly part?: HeldPart;
  readonly decisions?: readonly Decision[];
  readonly open?: readonly OpenItem[];
}

/** What the reason of this id rests on, by subject; for a step that is no reason, nothing. */
export async function reasonBehind(
  open: OpenStudy,
  state: ReviewState,
  id: string,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, ReasonBehind>> {
  const rule = open.review.protocol.exclusions.find((one) => one.id === id)?.rule;
  if (rule) return partsBySubject(open, rule, subjects);
  const settled = new Map(state.reviewed.map((one) => [one.person.subject, one]));
  return new Map(
    subjects.map((subject): [string, ReasonBehind] => {
      if (id === 'open') return [subject, { open: state.open.filter((item) => item.subject === subject) }];
      const one = settled.get(subject);
      return [subject, one ? { decisions: decisionsBehind(open, one, id) } : {}];
    }),
  );
}

async function partsBySubject(
  { gate, review }: OpenStudy,
  rule: Criterion,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, ReasonBehind>> {
  const persons = subjects.flatMap((subject) => review.persons.get(subject) ?? []);
  const parts = await heldParts(
    gate,
    rule,
    persons.map(({ personId }) => personId),
  );
  return new Map(
    persons.map(({ subject, personId }) => {
      const part = parts.get(personId);
      return [subject, part ? { part } : {}];
    }),
  );
}

function decisionsBehind(
  { database, review: { protocol } }: OpenStudy,
  settled: SettledSubject,
  id: string,
): Decision[] {
  const reviewer = protocol.exclusions.find((one) => one.id === id)?.reviewer;
  const { subject } = settled.person;
  const values = reviewer
    ? decisionBehind(protocol, settled, reviewer)
    : id === 'not-analysed' && protocol.analysed
      ? valuesBehind(protocol, settled, protocol.analysed.when)
      : [];
  return values.map((value) => ({ ...value, at: saidAt(database, { subject, ...value }, value.settled) }));
}
