import type { StudyDatabase } from '../workspace/index.ts';
import { type FieldAddress, newestRevisions } from './revisions.ts';
import type { SettledValue } from './settle-field.ts';

/** When those who decided a value said so, in the order of its reviewers (ISO 8601). Rule R13 of SPEC.md. */
export function saidAt(
  database: StudyDatabase,
  { subject, instrument, row, field }: FieldAddress,
  { by, reviewers }: Pick<SettledValue, 'by' | 'reviewers'>,
): string[] {
  const role = by === 'adjudication' ? 'adjudication' : 'abstraction';
  const here = newestRevisions(database, subject).filter(
    (one) => one.instrument === instrument && one.row === row && one.field === field && one.role === role,
  );
  return reviewers.flatMap((reviewer) => here.find((one) => one.reviewer === reviewer)?.at ?? []);
}
