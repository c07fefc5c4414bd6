/** From a number to its subjects, and from a subject to the sentences. Rules R101 to R103 of SPEC.md. */
import type { TracedSubject, TracedValue } from '../../analysis/index.ts';
import { ChartproofError } from '../../base/index.ts';
import type { Gate } from '../../cohort/index.ts';
import { fieldOf, instrumentOf, type Protocol } from '../../protocol/index.ts';
import type { OpenStudy } from '../../review/index.ts';
import type { contract, RouteOutput } from '../contract/index.ts';
import type { KeptResults } from './kept-results.ts';
import type { Behind } from './numbers-behind.ts';
import { factsView } from './results-view.ts';

type CellView = RouteOutput<typeof contract.traceCell>;
type SubjectView = RouteOutput<typeof contract.traceSubject>;
type Place = SubjectView['values'][number]['evidence'][number];

/** How much of a note stands around a quotation, on either side. */
const AROUND = 240;

/** A number with some of its subjects: those after the one that `cursor` names. */
export function cellView(
  { study }: OpenStudy,
  kept: KeptResults,
  cell: string,
  { subjects: all, ...found }: Behind,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): CellView {
  const from = cursor === undefined ? 0 : all.findIndex(({ subject }) => subject === cursor) + 1;
  const shown = all.slice(from, from + limit);
  return {
    facts: factsView(kept),
    cell,
    ...found,
    decidedBy: [...found.decidedBy],
    subjects: {
      items: shown.map(({ subject, response, values }) => ({
        subject,
        response: response ?? null,
        values: values.map((one) => ({
          ...saidView(study.protocol, one),
          places: one.settled.evidence.length,
        })),
      })),
      next: from + limit < all.length ? (shown.at(-1)?.subject ?? null) : null,
    },
  };
}

/** What puts one subject behind a number. Error: `analysis.no-subject`. */
export function subjectView({ study, gate }: OpenStudy, { subjects }: Behind, subject: string): SubjectView {
  const found = subjects.find((one) => one.subject === subject);
  if (!found) {
    throw new ChartproofError('analysis.no-subject', 'This subject is not behind this number.', {
      tip: 'The number may have changed since: load the page again.',
    });
  }
  return {
    subject,
    response: found.response ?? null,
    treatments: treatmentsOf(found),
    values: found.values.map((one) => ({
      ...saidView(study.protocol, one),
      evidence: one.settled.evidence.map((place) => placeView(place, gate)),
      coverage: one.settled.coverage
        ? { notes: one.settled.coverage.notes.length, terms: [...one.settled.coverage.terms] }
        : null,
    })),
  };
}

function treatmentsOf({ treatments = [] }: TracedSubject): SubjectView['treatments'] {
  return treatments.map(({ sentence, answers, rows }) => ({ sentence, answers: [...answers], rows: [...rows] }));
}

function saidView(protocol: Protocol, { instrument, row, field, label, settled }: TracedValue) {
  const { answer, by, reviewers, reason } = settled;
  const isMissing = 'missing' in answer;
  return {
    instrument,
    row,
    field,
    label,
    value: isMissing ? answer.missing.replaceAll('-', ' ') : valueText(protocol, instrument, field, answer.value),
    isMissing,
    by,
    reviewers: [...reviewers],
    reason: reason ?? null,
  };
}

type Given = Extract<TracedValue['settled']['answer'], { value: unknown }>['value'];

function valueText(protocol: Protocol, instrument: string, id: string, value: Given): string {
  const field = fieldOf(instrumentOf(protocol, instrument), id);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (field.type === 'choice' || field.type === 'choices') {
    const labels = new Map(field.choices.map(({ code, label }) => [code, label]));
    return [value]
      .flat()
      .map((code) => labels.get(String(code)) ?? String(code))
      .join(', ');
  }
  const unit = 'unit' in field && field.unit !== undefined ? ` ${field.unit}` : '';
  return `${[value].flat().join(', ')}${unit}`;
}

function placeView(evidence: TracedValue['settled']['evidence'][number], gate: Gate): Place {
  if ('record' in evidence) return { kind: 'record', record: evidence.record };
  const { note: id, start, end, quote } = evidence;
  const note = gate.note(id);
  const isThere = note?.text.slice(start, end) === quote;
  return {
    kind: 'note',
    note: id,
    date: note?.date?.slice(0, 10) ?? null,
    type: note?.type ?? null,
    specialty: note?.specialty ?? null,
    start,
    end,
    before: isThere ? before(note.text, start) : '',
    quote,
    after: isThere ? after(note.text, end) : '',
    isThere,
  };
}

/** From the beginning of a word, and never from within a surrogate pair. */
function before(text: string, start: number): string {
  const from = Math.max(0, start - AROUND);
  const part = text.slice(from, start);
  return from === 0 ? part : part.replace(/^\S*\s?/, '');
}

function after(text: string, end: number): string {
  const part = text.slice(end, end + AROUND);
  return end + AROUND >= text.length ? part : part.replace(/\s?\S*$/, '');
}
