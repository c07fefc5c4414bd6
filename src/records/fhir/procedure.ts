import { type DecodedRow, row } from '../rows.ts';
import { codingRows, conceptText } from './codings.ts';
import { dateAt, firstDate, periodAt } from './dates.ts';
import { type Fhir, listAt, objectAt, textAt } from './elements.ts';
import { idOf, personAt, providerOf, visitAt } from './references.ts';

/** Procedure, dated by when it was performed (the beginning of a period). */
export function decodeProcedure(procedure: Fhir, name: string): DecodedRow[] {
  const person_id = personAt(procedure, 'subject');
  const id = idOf(name);
  const code = objectAt(procedure, 'code');
  const performed = firstDate(dateAt(procedure, 'performedDateTime'), periodAt(procedure, 'performedPeriod').start);
  return [
    row('procedure_occurrence', {
      procedure_occurrence_id: id,
      person_id,
      procedure_date: performed.day,
      procedure_date_source: performed.source,
      procedure_source_value: conceptText(code),
      status: textAt(procedure, 'status') ?? null,
      visit_occurrence_id: visitAt(procedure, 'encounter'),
      provider_id: providerOf(listAt(procedure, 'performer').map((performer) => objectAt(performer, 'actor'))),
    }),
    ...codingRows('procedure_occurrence', id, person_id, [code]),
  ];
}
