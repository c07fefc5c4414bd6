/** The adverse events of a subject, from the settled rows. */
import { parsePartialDate } from '../base/index.ts';
import { compileExpression, type Environment, evaluateSingle, instrumentOf, type Protocol } from '../protocol/index.ts';
import { type AdverseEvent, adverseEvents } from '../response/index.ts';
import { type SettledSubject, settledFocus } from '../review/index.ts';

/** The events in the order of their onset; none where the study has no `adverseEvents`. */
export function adverseEventsOf(
  protocol: Protocol,
  settled: SettledSubject,
  focus: Readonly<Record<string, unknown>>,
  environment: Environment,
): readonly AdverseEvent[] {
  const { adverseEvents: rules, response } = protocol;
  if (!rules) return [];
  const from = rules.start ?? response?.start;
  const start = from === undefined ? undefined : evaluateSingle(compileExpression(from), focus, environment);
  const instrument = instrumentOf(protocol, rules.instrument);
  const rows = (settled.records[rules.instrument] ?? []).map((record) => ({
    key: record.row,
    settled: Object.fromEntries([
      ...Object.entries(record.computed).map(([field, value]) => [field, { value }] as const),
      ...Object.entries(record.values).map(([field, { answer }]) => [field, answer] as const),
    ]),
    focus: settledFocus(instrument, record),
  }));
  const person = { person: focus.person };
  const day = typeof start === 'string' ? parsePartialDate(start) : undefined;
  return adverseEvents(rules, rows, day, { ...environment, ...person });
}

/** An event as expressions see it: what is not known is absent, and `onsetDays` is there where it is one number. */
export function eventFocus(event: AdverseEvent): Readonly<Record<string, unknown>> {
  const { onsetDays: days } = event;
  const known = Object.entries(event).filter(([name, value]) => value !== null && !NOT_ASKED.has(name));
  return { ...Object.fromEntries(known), ...(days && days.min === days.max ? { onsetDays: days.min } : {}) };
}

/** What expressions do not see as it is. */
const NOT_ASKED: ReadonlySet<string> = new Set(['onsetDays', 'missing']);
