/** What a table of adverse events is counted in. */
import {
  type AdverseEventTableSpec,
  compileExpression,
  evaluateBoolean,
  type FieldChoice,
  fieldChoices,
  slugOf,
} from '../protocol/index.ts';
import type { AdverseEvent, EventField } from '../response/index.ts';
import { type DataSet, type SubjectData, studyEnvironment } from './data-set.ts';
import { missingWord } from './missing-words.ts';
import { PLAIN, type PrintRules } from './print-rules.ts';
import { eventFocus } from './subject-events.ts';

/** An event and whose it is. */
export interface SubjectEvent {
  readonly subject: SubjectData;
  readonly event: AdverseEvent;
}

/** A table, the subjects who could have had an event, and the events that it speaks of. */
export interface EventFrame {
  readonly data: DataSet;
  readonly table: AdverseEventTableSpec;
  readonly subjects: readonly SubjectData[];
  readonly events: readonly SubjectEvent[];
}

/** Events that are counted together. */
export interface EventGroup {
  readonly id: string;
  readonly label: string;
  readonly events: readonly SubjectEvent[];
  /** What all of them have in common: FHIRPath about the subject. */
  readonly by: string;
}

/** Whether an expression surely holds for an event. */
export function eventHolds({ protocol }: Pick<DataSet, 'protocol'>, text: string, event: AdverseEvent): boolean {
  return evaluateBoolean(compileExpression(text), eventFocus(event), studyEnvironment(protocol)) === true;
}

/** How a table of events prints its percentages. */
export function eventPrint({ table }: EventFrame): PrintRules {
  return { ...PLAIN, percentDigits: table.percentDigits };
}

/** Each subject of some events once, in the order of the subjects. */
export function subjectsOf(events: readonly SubjectEvent[]): SubjectData[] {
  return [...new Set(events.map(({ subject }) => subject))];
}

/** The address of an event: `S001/ROW`. */
export function eventKey({ subject, event }: SubjectEvent): string {
  return `${subject.subject}/${event.key}`;
}

/** Subjects who have an event of which something is so, as an expression. */
export function having(condition: string): string {
  return `adverseEvents.where(${condition}).exists()`;
}

/** Text as FHIRPath writes it. */
export function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}

/** The choices of the field that holds something of an event; none where it is text or is not declared. */
export function eventChoices({ data }: EventFrame, name: EventField): readonly FieldChoice[] {
  const { adverseEvents: rules } = data.protocol;
  const field = rules?.[name];
  return rules && field ? fieldChoices(data.protocol, `${rules.instrument}.${field}`) : [];
}

/** The label of what is held of an event, the kind of missing value, or that it is not known. */
export function eventText(frame: EventFrame, name: 'term' | 'outcome' | 'causality', event: AdverseEvent): string {
  const code = event[name];
  if (code === null) return missingWord(event.missing[name] ?? 'unknown');
  return eventChoices(frame, name).find((one) => one.code === code)?.label ?? code;
}

/** The terms with their events: choices as they stand, text by alphabet without regard to case; those without a term last. */
export function termGroups(frame: EventFrame): EventGroup[] {
  const { events, table } = frame;
  const choices = eventChoices(frame, 'term');
  const named =
    choices.length > 0
      ? choices.map(({ id, code, label }) => ({
          id: `term-${id}`,
          label,
          events: events.filter(({ event }) => event.term === code),
          by: having(`term = ${quoted(code)}`),
        }))
      : textGroups(events);
  const seen = table.hideEmpty ? named.filter((group) => group.events.length > 0) : named;
  const size = (group: EventGroup): number =>
    table.count === 'patients' ? subjectsOf(group.events).length : group.events.length;
  const ordered = table.order === 'frequency' ? seen.toSorted((a, b) => size(b) - size(a)) : seen;
  const without = events.filter(({ event }) => event.term === null);
  const last = { id: 'no-term', label: 'Event not known', events: without, by: having('term.exists().not()') };
  return [...ordered, ...(without.length > 0 ? [last] : [])];
}

function textGroups(events: readonly SubjectEvent[]): EventGroup[] {
  const plain = ({ event }: SubjectEvent): string => (event.term ?? '').trim().toLowerCase();
  const groups = Map.groupBy(
    events.filter(({ event }) => event.term !== null),
    plain,
  );
  const taken = new Set<string>();
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([text, own], at) => {
      const slug = slugOf(text);
      const id = slug === '' || taken.has(slug) ? `term-${at + 1}-${slug}`.replace(/-$/, '') : `term-${slug}`;
      taken.add(slug);
      const by = having(`term.trim().lower() = ${quoted(text)}`);
      return { id, label: own[0]?.event.term?.trim() ?? text, events: own, by };
    });
}

/** What is told below a table of terms: those that nobody had are left out. */
export function leftOutNote(frame: EventFrame, groups: readonly EventGroup[]): string[] {
  const terms = eventChoices(frame, 'term').length;
  const shown = groups.filter(({ id }) => id !== 'no-term').length;
  return terms > shown ? ['Events that nobody had are left out.'] : [];
}
