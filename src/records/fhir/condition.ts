import { type DecodedRow, row } from '../rows.ts';
import { codingRows, conceptCode, conceptText } from './codings.ts';
import { dateAt, firstDate, periodAt } from './dates.ts';
import { type Fhir, objectAt } from './elements.ts';
import { idOf, personAt, providerOf, visitAt } from './references.ts';

/**
 * Condition. It begins with its onset, or, where no onset is dated, when it was recorded. The verification status is kept
 * (refuted, entered-in-error): whoever asks must leave those out.
 */
export function decodeCondition(condition: Fhir, name: string): DecodedRow[] {
  const person_id = personAt(condition, 'subject');
  const id = idOf(name);
  const code = objectAt(condition, 'code');
  const start = firstDate(
    dateAt(condition, 'onsetDateTime'),
    periodAt(condition, 'onsetPeriod').start,
    dateAt(condition, 'recordedDate'),
  );
  const end = firstDate(dateAt(condition, 'abatementDateTime'), periodAt(condition, 'abatementPeriod').end);
  return [
    row('condition_occurrence', {
      condition_occurrence_id: id,
      person_id,
      condition_start_date: start.day,
      condition_start_date_source: start.source,
      condition_end_date: end.day,
      condition_end_date_source: end.source,
      condition_source_value: conceptText(code),
      condition_status_source_value: conceptCode(objectAt(condition, 'clinicalStatus')),
      verification_status: conceptCode(objectAt(condition, 'verificationStatus')),
      visit_occurrence_id: visitAt(condition, 'encounter'),
      provider_id: providerOf([objectAt(condition, 'asserter'), objectAt(condition, 'recorder')]),
    }),
    ...codingRows('condition_occurrence', id, person_id, [code]),
  ];
}
