import { relative, sep } from 'node:path';
import { pathInside } from '../documents/export-file.ts';
import { Refusal } from '../quarantine-reasons.ts';
import { type DecodedRow, row } from '../rows.ts';
import type { DocumentOrigin } from './attachments.ts';
import { codingRows, conceptText } from './codings.ts';
import { dateAt, firstDate, periodAt } from './dates.ts';
import { type Fhir, objectAt, textAt } from './elements.ts';
import { idOf, personAt, providerOf, visitAt } from './references.ts';

/** Media: a photograph or the like. Its file stays where it is; bytes in the line are not kept. */
export function decodeMedia(media: Fhir, name: string, origin: DocumentOrigin): DecodedRow[] {
  const person_id = personAt(media, 'subject');
  const id = idOf(name);
  const content = objectAt(media, 'content');
  const bodySite = objectAt(media, 'bodySite');
  const kinds = [objectAt(media, 'type'), objectAt(media, 'modality'), objectAt(media, 'view')];
  const shown = kinds.map(conceptText).filter((text) => text !== null);
  const date = firstDate(
    dateAt(media, 'createdDateTime'),
    periodAt(media, 'createdPeriod').start,
    dateAt(media, 'issued'),
    dateAt(content, 'creation'),
  );
  return [
    row('media', {
      media_id: id,
      person_id,
      media_date: date.day,
      media_date_source: date.source,
      media_source_value: shown.length > 0 ? [...new Set(shown)].join('; ') : null,
      body_site: conceptText(bodySite),
      content_type: textAt(content, 'contentType') ?? null,
      media_path: pathOf(textAt(content, 'url'), origin),
      status: textAt(media, 'status') ?? null,
      visit_occurrence_id: visitAt(media, 'encounter'),
      provider_id: providerOf([objectAt(media, 'operator')]),
    }),
    ...codingRows('media', id, person_id, [...kinds, bodySite]),
  ];
}

/** The path of the file in the folder of the export; a url of a server as it is. Refused where it leaves the folder. */
function pathOf(url: string | undefined, { folder }: DocumentOrigin): string | null {
  if (url === undefined) return null;
  try {
    return relative(folder, pathInside(folder, url)).split(sep).join('/');
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'note.remote') return url;
    throw error;
  }
}
