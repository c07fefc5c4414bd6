/** One person through every step of a study: which arms found it, which exclusions hold, and what that rests on. */
import { ChartproofError } from '../../base/index.ts';
import { heldIndexStep, heldParts, leftAt, type Outcome, type RunCandidate } from '../../cohort/index.ts';
import type { OpenStudy } from '../../review/index.ts';
import { reasonBehind } from '../reason-behind.ts';
import { studyResults } from '../study-results.ts';
import { type ToldPart, type ToldReason, toldPart } from './told-part.ts';

/** An arm for one person. */
export interface WhyArm {
  readonly id: string;
  readonly label: string;
  readonly part: ToldPart;
}

/** An exclusion for one person; `holds` is null where reviewers have not decided. */
export interface WhyExclusion extends ToldReason {
  readonly id: string;
  readonly label: string;
  readonly holds: boolean | null;
}

/** An index event; `left` is null where it did not leave. */
export interface WhyEvent {
  readonly event: string;
  readonly day: string;
  readonly left: string | null;
}

/** One person through every step; who is here is authorized. */
export interface Why {
  readonly person: string;
  /** Null: no candidate. */
  readonly subject: string | null;
  readonly arms: readonly WhyArm[];
  readonly exclusions: readonly WhyExclusion[];
  readonly outcome: Outcome['outcome'] | 'not-found';
  /** The step where the person left. */
  readonly left: string | null;
  /** The index events of a candidate that were taken or washed out, where the study has one, and where each left. */
  readonly events?: readonly WhyEvent[];
}

/** Explains the one person for whom the study was opened. Errors: `cohort.no-person`, those of `studyResults`. */
export async function whyPerson(open: OpenStudy): Promise<Why> {
  const { gate, review } = open;
  const [one] = await gate.all<{ person_id: string; person_source_value: string }>(
    'SELECT person_id, person_source_value FROM person',
  );
  if (!one) throw noPerson();
  const { person_id: id, person_source_value: person } = one;
  const { outcomes, attrition, run, state } = studyResults(open);
  const arms: WhyArm[] = [];
  for (const { id: arm, label, criterion } of gate.protocol.arms) {
    const part = (await heldParts(gate, criterion, [id])).get(id);
    if (part) arms.push({ id: arm, label, part: toldPart(part, gate) });
  }
  const [outcome] = outcomes;
  const exclusions: WhyExclusion[] = [];
  for (const { id: step, label } of attrition.filter(({ kind }) => kind === 'exclusion')) {
    const exclusion = gate.protocol.exclusions.find((one) => one.id === step);
    if (!exclusion) {
      // A step of the index event, which is looked for in the records of candidates.
      const about = (await heldIndexStep(gate, step, [id]))?.get(id);
      const holds = outcome ? outcome.all.includes(step) : null;
      exclusions.push({ id: step, label, holds, ...(about ? { part: toldPart(about, gate) } : {}) });
      continue;
    }
    const part = exclusion.rule && (await heldParts(gate, exclusion.rule, [id])).get(id);
    if (part) {
      exclusions.push({ id: step, label, holds: part.holds, part: toldPart(part, gate) });
      continue;
    }
    const subjects = outcome ? [outcome.subject] : [];
    const { decisions = [] } = (await reasonBehind(open, state, step, subjects)).get(subjects[0] ?? '') ?? {};
    const holds = outcome?.all.includes(step) || (decisions.length > 0 ? false : null);
    exclusions.push({ id: step, label, holds, decisions });
  }
  const subject = outcome?.subject ?? null;
  return {
    person: review.persons.get(subject ?? '')?.person ?? person,
    subject,
    arms,
    exclusions,
    outcome: outcome?.outcome ?? 'not-found',
    left: (outcome && leftAt(outcome)) ?? null,
    ...eventsOf(run.candidates.find((one) => one.subject === subject)?.events, outcome),
  };
}

function eventsOf(found: RunCandidate['events'], outcome: Outcome | undefined): Pick<Why, 'events'> {
  if (!found) return {};
  const left = new Map(outcome?.events?.map(({ event, first }) => [event, first]));
  return { events: found.map(({ event, day }) => ({ event, day, left: left.get(event) ?? null })) };
}

function noPerson(): ChartproofError {
  return new ChartproofError('cohort.no-person', 'The study sees no such person.', {
    tip: 'Name a subject, or a person as the source does: chartproof cohort list STUDY',
  });
}
