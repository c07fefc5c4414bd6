import { isUtf8 } from 'node:buffer';
import { Refusal } from '../quarantine-reasons.ts';
import { type DecodedRow, row } from '../rows.ts';
import { codingRows, conceptText } from './codings.ts';
import { dateAt, firstDate, periodAt } from './dates.ts';
import { type Fhir, listAt, objectAt, textAt } from './elements.ts';
import { idOf, personAt, providerOf, visitOf } from './references.ts';

/** DocumentReference with its text in the line: a note. The text is kept exactly as it is decoded. */
export function decodeDocumentReference(document: Fhir, name: string): DecodedRow[] {
  const person_id = personAt(document, 'subject');
  const id = idOf(name);
  const context = objectAt(document, 'context');
  const type = objectAt(document, 'type');
  const attachment = plainText(document);
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
      note_text: textOf(attachment),
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

/** The first attachment that is plain text in the line itself. */
function plainText(document: Fhir): Fhir {
  const attachments = listAt(document, 'content')
    .map((content) => objectAt(content, 'attachment'))
    .filter((attachment) => attachment !== undefined);
  if (attachments.length === 0) throw new Refusal('note.empty', 'content');
  const plain = attachments.filter((attachment) => mediaType(attachment) === 'text/plain');
  if (plain.length === 0) throw new Refusal('note.not-text', 'contentType');
  const inline = plain.find((attachment) => textAt(attachment, 'data') !== undefined);
  if (inline) return inline;
  if (plain.some((attachment) => textAt(attachment, 'url') !== undefined)) throw new Refusal('note.not-inline', 'url');
  throw new Refusal('note.empty', 'data');
}

/** `text/plain` of `text/plain; charset=utf-8`; what says nothing is taken for plain text. */
function mediaType(attachment: Fhir): string {
  return (textAt(attachment, 'contentType') ?? 'text/plain').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function textOf(attachment: Fhir): string {
  const data = (textAt(attachment, 'data') ?? '').replace(/\s+/g, '');
  const bytes = Buffer.from(data, 'base64');
  // Node skips what is not base64: then fewer bytes come out than the letters promise.
  if (bytes.length !== Buffer.byteLength(data, 'base64')) throw new Refusal('note.unreadable', 'data');
  const text = decoded(bytes, charset(attachment)).replace(/^\uFEFF/, '');
  if (text.trim() === '') throw new Refusal('note.empty', 'data');
  return text;
}

function charset(attachment: Fhir): string {
  return /charset\s*=\s*"?([\w-]+)/i.exec(textAt(attachment, 'contentType') ?? '')?.[1]?.toLowerCase() ?? 'utf-8';
}

function decoded(bytes: Buffer, set: string): string {
  if (set === 'utf-8' || set === 'utf8' || set === 'us-ascii') {
    if (!isUtf8(bytes)) throw new Refusal('note.unreadable', 'data');
    return bytes.toString('utf8');
  }
  try {
    return new TextDecoder(set, { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal('note.unreadable', 'contentType');
  }
}
