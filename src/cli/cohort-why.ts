import { Command } from 'commander';
import { ChartproofError } from '../base/index.ts';
import { type Gate, heldIndexStep, heldParts, leftAt, type Outcome, type RunCandidate } from '../cohort/index.ts';
import { reasonBehind, studyResults } from '../publish/index.ts';
import { type OpenStudy, withStudy } from '../review/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { reasonLines } from './cohort-show.ts';
import { partLines, type ToldPart, type ToldReason, toldPart } from './held-parts-text.ts';
import { type CommonOptions, example, jsonOption, workspaceOption } from './options.ts';
import { print } from './output.ts';
import { runSteps } from './steps.ts';

/** An arm for one person. */
interface WhyArm {
  readonly id: string;
  readonly label: string;
  readonly part: ToldPart;
}

/** An exclusion for one person; `holds` is null where reviewers have not decided. */
interface WhyExclusion extends ToldReason {
  readonly id: string;
  readonly label: string;
  readonly holds: boolean | null;
}

/** An index event; `left` is null where it did not leave. */
interface WhyEvent {
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

/** `chartproof cohort why STUDY PERSON` */
export function whyCommand(): Command {
  return new Command('why')
    .description('one person through every step: which arms found it, which exclusions hold, and what that rests on')
    .argument('<study>', 'the id of the study')
    .argument('<person>', 'a subject (S001), or the id of the source as `cohort list` shows it (Patient/1)')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nOf a person who is not authorized nothing is told, not even that there is one.')
    .addHelpText('after', example('chartproof cohort why gout-2024 S008', 'chartproof cohort why gout-2024 Patient/1'))
    .action((study: string, person: string, options: CommonOptions) =>
      withStudy(
        openWorkspace(options.workspace),
        study,
        'of-cohort',
        async (open) => {
          let why: Why | undefined;
          const run = async (): Promise<void> => {
            why = await whyPerson(open);
          };
          await runSteps([{ title: 'Looking up', run }], options.json);
          const done = why;
          if (done) print(options.json, done, () => whyText(done, open.gate));
        },
        person,
      ),
    );
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

const HOLDS = { true: 'holds', false: 'does not hold', null: 'not known' } as const;

function whyText({ person, subject, arms, exclusions, outcome, left, events }: Why, gate: Gate): string {
  return [
    `${subject ?? 'No candidate'}  ${person}`,
    ...arms.map(({ id, label, part }) =>
      [`Arm ${id}: ${label}: ${part.holds ? 'found' : 'not found'}`, ...partLines(part, 1)].join('\n'),
    ),
    'Authorized for research: yes',
    ...(events && events.length > 0
      ? [
          ['Index events', ...events.map((one) => `  ${one.day}  ${one.left ? `left at ${one.left}` : 'stays'}`)].join(
            '\n',
          ),
        ]
      : []),
    ...exclusions.map(({ id, label, holds, ...behind }) =>
      [`Exclusion ${id}: ${label}: ${HOLDS[`${holds}`]}`, ...reasonLines(behind, gate)].join('\n'),
    ),
    `Outcome: ${outcome === 'not-found' ? 'no arm finds the person' : outcome}${left === null ? '' : `, left at ${left}`}`,
  ].join('\n\n');
}
