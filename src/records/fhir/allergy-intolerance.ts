import { type DecodedRow, row } from '../rows.ts';
import { codingRows, conceptCode, conceptText } from './codings.ts';
import { dateAt, firstDate, periodAt } from './dates.ts';
import { type Fhir, listAt, objectAt } from './elements.ts';
import { idOf, personAt, visitAt } from './references.ts';

/** Verification statuses that take the allergy back: they go before the clinical status. */
const TAKEN_BACK = new Set(['refuted', 'entered-in-error']);

/** AllergyIntolerance: an observation of kind `allergy`; its value is the reactions. */
export function decodeAllergyIntolerance(allergy: Fhir, name: string): DecodedRow[] {
  const person_id = personAt(allergy, 'patient');
  const id = idOf(name);
  const reactions = listAt(allergy, 'reaction');
  const code = objectAt(allergy, 'code') ?? reactions.map((reaction) => objectAt(reaction, 'substance')).find(Boolean);
  const date = firstDate(
    dateAt(allergy, 'onsetDateTime'),
    periodAt(allergy, 'onsetPeriod').start,
    dateAt(allergy, 'recordedDate'),
    dateAt(allergy, 'lastOccurrence'),
  );
  const verification = conceptCode(objectAt(allergy, 'verificationStatus'));
  const manifestations = reactions.flatMap((reaction) =>
    listAt(reaction, 'manifestation').flatMap((manifestation) => conceptText(manifestation) ?? []),
  );
  return [
    row('observation', {
      observation_id: id,
      person_id,
      observation_date: date.day,
      observation_date_source: date.source,
      observation_kind: 'allergy',
      observation_source_value: conceptText(code),
      value_source_value: manifestations.length > 0 ? [...new Set(manifestations)].join('; ') : null,
      status:
        verification !== null && TAKEN_BACK.has(verification)
          ? verification
          : (conceptCode(objectAt(allergy, 'clinicalStatus')) ?? verification),
      visit_occurrence_id: visitAt(allergy, 'encounter'),
    }),
    ...codingRows('observation', id, person_id, [code]),
  ];
}
