import { plain } from './entries.test-support.ts';
import type { Answer } from './entry.ts';
import type { Revision } from './revisions.ts';

/** What somebody said of S001, without a database: `said('anna', 'baseline', { smoker: true })`; in a row where it repeats. */
export function said(
  reviewer: string,
  instrument: string,
  values: Readonly<Record<string, Answer | string | number | boolean>>,
  row = '',
  subject = 'S001',
): Revision[] {
  return Object.entries(values).map(([field, value]) => ({
    id: 0,
    subject,
    instrument,
    row,
    field,
    role: 'abstraction',
    reviewer,
    reason: null,
    at: '2024-01-01T00:00:00Z',
    answer: typeof value === 'object' ? value : plain(value),
  }));
}

/** What the adjudicator carl said of one field of S001. */
export function ruled(instrument: string, field: string, answer: Answer, row = ''): Revision[] {
  const words = said('carl', instrument, { [field]: answer }, row);
  return words.map((one) => ({ ...one, role: 'adjudication', reason: 'read both' }));
}
