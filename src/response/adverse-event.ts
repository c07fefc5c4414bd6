/** From a row about an adverse event to what is known of it. Rules R50 to R55 of SPEC.md. */
import { dayRange, daysBetween, type NumberRange, type PartialDate, parsePartialDate } from '../base/index.ts';
import {
  type AdverseEventRules,
  compileExpression,
  type Environment,
  type EventAction,
  type EventGrade,
  evaluateBoolean,
  type FieldValue,
  type MissingKind,
} from '../protocol/index.ts';

/** An adverse event of a subject. What is not known is null, and the event stays. */
export interface AdverseEvent {
  /** The key of its row. */
  readonly key: string;
  /** Code or text, as entered. */
  readonly term: string | null;
  /** Of CTCAE. */
  readonly grade: EventGrade | null;
  readonly onset: PartialDate | null;
  /** Days from the start of treatment to the onset, the least and the most that the dates allow; negative before it. */
  readonly onsetDays: NumberRange | null;
  /** What was done with the treatment; `unknown` where nobody says. */
  readonly action: EventAction;
  /** Code of its choice. */
  readonly outcome: string | null;
  readonly causality: string | null;
  readonly serious: boolean | null;
  readonly related: boolean | null;
  /** Whether treatment was stopped for it. */
  readonly withdrawn: boolean | null;
  /** Why there is no value, where a reviewer says so. */
  readonly missing: Readonly<Partial<Record<EventField, MissingKind>>>;
}

/** What fields of the instrument are named for. */
export type EventField = (typeof FIELDS)[number];

const FIELDS = ['term', 'grade', 'onset', 'action', 'outcome', 'causality'] as const;

/** A row of the instrument: what was settled, by field, and the row as expressions see it. */
export interface EventRow {
  readonly key: string;
  readonly settled: Readonly<Record<string, FieldValue | undefined>>;
  readonly focus: Readonly<Record<string, unknown>>;
}

/** The events of a subject in the order of their onset, those without a date last; equal ones in the order of their keys. */
export function adverseEvents(
  rules: AdverseEventRules,
  rows: readonly EventRow[],
  start: PartialDate | undefined,
  environment: Environment,
): AdverseEvent[] {
  return rows.map((row) => adverseEvent(rules, row, start, environment)).sort(byOnset);
}

function adverseEvent(
  rules: AdverseEventRules,
  { key, settled, focus }: EventRow,
  start: PartialDate | undefined,
  environment: Environment,
): AdverseEvent {
  const said = (field: string | undefined): string | null => textOf(settled[field ?? '']);
  const holds = (text: string | undefined): boolean | null =>
    (text === undefined ? undefined : evaluateBoolean(compileExpression(text), focus, environment)) ?? null;
  const date = said(rules.onset);
  const onset = date === null ? null : (parsePartialDate(date) ?? null);
  const action = rules.actions?.[said(rules.action) ?? ''] ?? 'unknown';
  return {
    key,
    term: said(rules.term),
    grade: gradeOf(rules, said(rules.grade)),
    onset,
    onsetDays: onset && start ? daysBetween(start, onset) : null,
    action,
    outcome: said(rules.outcome),
    causality: said(rules.causality),
    serious: holds(rules.serious),
    related: holds(rules.related),
    withdrawn: action === 'unknown' ? null : action === 'withdrawn',
    missing: missingOf(rules, settled),
  };
}

function missingOf(rules: AdverseEventRules, settled: EventRow['settled']): AdverseEvent['missing'] {
  return Object.fromEntries(
    FIELDS.flatMap((name) => {
      const value = settled[rules[name] ?? ''];
      return value && 'missing' in value ? [[name, value.missing] as const] : [];
    }),
  );
}

/** The worst grade that is known of some events; null where none is. */
export function worstGrade(events: readonly AdverseEvent[]): EventGrade | null {
  const grades = events.flatMap(({ grade }) => (grade === null ? [] : [grade]));
  return grades.length === 0 ? null : (Math.max(...grades) as EventGrade);
}

function gradeOf({ grades }: AdverseEventRules, said: string | null): EventGrade | null {
  const grade = grades ? grades[said ?? ''] : Number(said ?? Number.NaN);
  return grade === 1 || grade === 2 || grade === 3 || grade === 4 || grade === 5 ? grade : null;
}

function textOf(value: FieldValue | undefined): string | null {
  return value && 'value' in value && !Array.isArray(value.value) ? String(value.value) : null;
}

const NEVER = '9999-99-99';

function byOnset(a: AdverseEvent, b: AdverseEvent): number {
  const [first, second] = [a, b].map(({ onset }) => (onset ? dayRange(onset).earliest : NEVER)) as [string, string];
  if (first !== second) return first < second ? -1 : 1;
  return a.key.length - b.key.length || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}
