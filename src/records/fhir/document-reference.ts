import { type DecodedRow, row } from '../rows.ts';
import { type AttachedText, attachedText, type DocumentOrigin } from './attachments.ts';
import { codingRows, conceptText } from './codings.ts';
import { dateAt, firstDate, periodAt } from './dates.ts';
import { type Fhir, listAt, objectAt, textAt } from './elements.ts';
import { idOf, personAt, providerOf, visitOf } from './references.ts';

/** DocumentReference: a note. Plain text is kept exactly as it is decoded; of other documents the text is taken out. */
export function decodeDocumentReference(
  document: Fhir,
  name: string,
  origin: DocumentOrigin,
): DecodedRow[] | Promise<DecodedRow[]> {
  const person_id = personAt(document, 'subject');
  const contents = listAt(document, 'content');
  const attachments = contents
    .map((content) => objectAt(content, 'attachment'))
    .filter((attachment) => attachment !== undefined);
  const found = attachedText(attachments, origin);
  return found instanceof Promise
    ? found.then((read) => noteRows(document, name, person_id, read))
    : noteRows(document, name, person_id, found);
}

function noteRows(document: Fhir, name: string, person_id: string, { attachment, text }: AttachedText): DecodedRow[] {
  const id = idOf(name);
  const context = objectAt(document, 'context');
  const type = objectAt(document, 'type');
  const date = firstDate(dateAt(document, 'date'), periodAt(context, 'period').start, dateAt(attachment, 'creation'));
  const visits = listAt(context, 'encounter').map(visitOf);
  return [
    row('note', {
      note_id: id,
      person_id,
      note_date: date.day,
      note_date_source: date.source,
      note_type_source_value: conceptText(type),
      note_title: textAt(attachment, 'title') ?? textAt(document, 'description') ?? null,
      note_text: text,
      status:
        textAt(document, 'docStatus') === 'entered-in-error'
          ? 'entered-in-error'
          : (textAt(document, 'status') ?? null),
      visit_occurrence_id: visits.find((visit) => visit !== null) ?? null,
      provider_id: providerOf([...listAt(document, 'author'), objectAt(document, 'authenticator')]),
      specialty: conceptText(objectAt(context, 'practiceSetting')),
    }),
    ...codingRows('note', id, person_id, [type]),
  ];
}
