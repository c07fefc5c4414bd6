/** Entries of the tests' study, as short as they can be. */
import type { AbstractionEntry, AdjudicationEntry, Answer, Evidence } from './entry.ts';
import { notes } from './psoriasis-study.test-support.ts';

const AT = '2024-02-01T10:00:00Z';

/** A quotation at the place where it stands in the note. */
export function quoted(note: string, quote: string): Evidence {
  const start = notes[note]?.indexOf(quote) ?? -1;
  return { note, start, end: start + quote.length, quote };
}

/** A value that cites the note of the person of the same number. */
export function cited(value: string | number | boolean, quote: string, id = '1'): Answer {
  return { value, evidence: [quoted(`DocumentReference/${id}`, quote)] };
}

/** A value that cites nothing. */
export function plain(value: string | number | boolean | string[]): Answer {
  return { value, evidence: [] };
}

/** What is complete and right of Patient/1 before treatment. */
export const severeSmoker: Readonly<Record<string, Answer>> = {
  severity: cited('severe', 'Severe plaque psoriasis'),
  smoker: cited(true, 'Smokes'),
  pack_years: cited(20, '20 pack-years'),
  started: cited('2015-03-01', '2015-03-01'),
};

/** An abstraction of Patient/1 by anna, but for what is given. */
export function abstraction(more: Partial<AbstractionEntry> = {}): AbstractionEntry {
  return {
    kind: 'abstraction',
    person: 'Patient/1',
    instrument: 'baseline',
    at: AT,
    reviewer: 'anna',
    values: severeSmoker,
    ...more,
  };
}

/** The screening of Patient/1: has psoriasis. */
export function screening(more: Partial<AbstractionEntry> = {}): AbstractionEntry {
  return abstraction({ instrument: 'screening', values: { psoriasis: plain(true) }, ...more });
}

/** A visit of Patient/1. */
export function visit(row: string, clear: boolean, more: Partial<AbstractionEntry> = {}): AbstractionEntry {
  return abstraction({ instrument: 'visit', row, values: { clear: plain(clear) }, ...more });
}

/** An adjudication of Patient/1 by carl. */
export function adjudication(field: string, answer: Answer, more: Partial<AdjudicationEntry> = {}): AdjudicationEntry {
  return {
    kind: 'adjudication',
    person: 'Patient/1',
    instrument: 'baseline',
    at: AT,
    adjudicator: 'carl',
    field,
    answer,
    reason: 'read both',
    ...more,
  };
}
