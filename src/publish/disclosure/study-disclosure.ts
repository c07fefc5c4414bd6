import { armOverlaps, keptSearches } from '../../cohort/index.ts';
import type { OpenStudy } from '../../review/index.ts';
import { deidentify } from '../deidentify/deidentify.ts';
import type { StudyResults } from '../study-results.ts';
import { type Sorted, sortWarnings } from './accepted.ts';
import { checkDisclosure } from './check-disclosure.ts';

/** The warnings of the disclosure check, sorted by what was accepted. */
export function disclosureOf({ database }: OpenStudy, { data, results, attrition, run }: StudyResults): Sorted {
  const { over89 } = deidentify(data, 'year');
  const searches = keptSearches(database);
  const overlaps = armOverlaps(run.candidates);
  return sortWarnings(database, checkDisclosure({ data, results, attrition, overlaps, searches, over89 }));
}
