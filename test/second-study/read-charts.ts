/** Two readers of the second study: they find its sentences in the notes and write down what they say. */
import type { Gate } from '../../src/cohort/index.ts';
import type { StoredNote } from '../../src/notes/index.ts';
import type { AbstractionEntry, Answer } from '../../src/review/index.ts';

type Values = AbstractionEntry['values'];

const START = /Methotrexate (\d+) mg weekly was started today, (\d\d)\/(\d\d)\/(\d{4})\./;
const AREA = /Body surface area involved is (\d+) %\./;
const SKIN = /Skin is (not clear|clear)[^.]*\./;

/** Everything that a reader enters for one person. */
export function readChart(
  gate: Gate,
  person: string,
  sources: readonly string[],
  reviewer: string,
): AbstractionEntry[] {
  const notes = sources.flatMap((source) => gate.note(source) ?? []);
  const entry = (instrument: string, values: Values, row?: string): AbstractionEntry => ({
    kind: 'abstraction',
    person,
    instrument,
    ...(row === undefined ? {} : { row }),
    at: '2020-05-04T10:00:00+02:00',
    reviewer,
    values,
  });
  const begun = notes.flatMap((note) => quoted(note, START))[0];
  if (!begun) return [entry('eligibility', { started: { value: false, evidence: [] } })];
  const [weekly, month, day, year] = begun.parts;
  const cites = (one: Quoted): Pick<Answer, 'evidence'> => ({ evidence: [one.evidence] });
  const extent = notes.flatMap((note) => quoted(note, AREA))[0];
  const coverage = { notes: sources.slice(), terms: ['stopped', 'discontinued'] };
  const visits = notes.flatMap((note) =>
    quoted(note, SKIN).map((one) => ({ one, date: note.date?.slice(0, 10) ?? '' })),
  );
  return [
    entry('eligibility', { started: { value: true, ...cites(begun) } }),
    entry('course', {
      start: { value: `${year}-${month}-${day}`, ...cites(begun) },
      weekly: { value: Number(weekly), ...cites(begun) },
      ...(extent ? { area: { value: Number(extent.parts[0]), ...cites(extent) } } : {}),
      stopped_for: { missing: 'not-documented', evidence: [], coverage },
    }),
    ...visits.map(({ one, date }) =>
      entry(
        'visit',
        {
          day: { value: date, ...cites(one) },
          skin: { value: one.parts[0] === 'clear' ? 'clear' : 'plaques', ...cites(one) },
          whole: { value: 'skin', evidence: [] },
        },
        date,
      ),
    ),
  ];
}

interface Quoted {
  readonly parts: readonly string[];
  readonly evidence: { readonly note: string; readonly start: number; readonly end: number; readonly quote: string };
}

function quoted(note: StoredNote, pattern: RegExp): Quoted[] {
  const match = pattern.exec(note.text);
  if (!match) return [];
  const [quote, ...parts] = match;
  return [{ parts, evidence: { note: note.source, start: match.index, end: match.index + quote.length, quote } }];
}
