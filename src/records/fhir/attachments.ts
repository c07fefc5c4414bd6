/** The text of attachments: in the line itself, or in a file beside the export. */
import { bytesOfBase64 } from '../documents/base64.ts';
import { documentText } from '../documents/document-text.ts';
import { readExportFile } from '../documents/export-file.ts';
import { LARGEST } from '../documents/limits.ts';
import { contentTypeOfFile, documentKinds, mediaTypeOf } from '../documents/media-type.ts';
import { Refusal } from '../quarantine-reasons.ts';
import { type Fhir, textAt } from './elements.ts';

/** Where a resource comes from. */
export interface DocumentOrigin {
  /** The folder of the export: relative urls of attachments are files in it. */
  readonly folder: string;
}

/** An attachment, and its text. */
export interface AttachedText {
  readonly attachment: Fhir;
  readonly text: string;
}

/**
 * The first of the attachments that gives a text: plain text before HTML, RTF, XML and PDF, in the line before in a file.
 * Where none does, it is refused for the reason of the first that was tried.
 */
export function attachedText(
  attachments: readonly Fhir[],
  origin: DocumentOrigin,
): AttachedText | Promise<AttachedText> {
  if (attachments.length === 0) throw new Refusal('note.empty', 'content');
  const candidates = attachments.length === 1 ? attachments : inOrder(attachments);
  return firstText(candidates, origin, 0, undefined);
}

function firstText(
  candidates: readonly Fhir[],
  origin: DocumentOrigin,
  from: number,
  first: Refusal | undefined,
): AttachedText | Promise<AttachedText> {
  let refusal = first;
  for (let at = from; at < candidates.length; at++) {
    const attachment = candidates[at] as Fhir;
    try {
      const text = textOf(attachment, origin);
      if (typeof text === 'string') return { attachment, text };
      return text.then(
        (read) => ({ attachment, text: read }),
        (error) => firstText(candidates, origin, at + 1, refusal ?? ofNote(error)),
      );
    } catch (error) {
      refusal ??= ofNote(error);
    }
  }
  throw refusal;
}

/** A refusal that another attachment can make good; whatever else it is, is thrown. */
function ofNote(error: unknown): Refusal {
  if (error instanceof Refusal && error.reason.startsWith('note.')) return error;
  throw error;
}

function textOf(attachment: Fhir, { folder }: DocumentOrigin): string | Promise<string> {
  const type = contentTypeOf(attachment);
  const data = textAt(attachment, 'data');
  if (data !== undefined) {
    if (data.length > 2 * LARGEST) throw new Refusal('note.too-large', 'data');
    return documentText(bytesOfBase64(data), type);
  }
  if (mediaTypeOf(type).kind === undefined) throw new Refusal('note.not-text', 'contentType');
  const url = textAt(attachment, 'url');
  if (url === undefined) throw new Refusal('note.empty', 'data');
  return readExportFile(folder, url).then((bytes) => documentText(bytes, type));
}

/** What says nothing of its type is what its file's name says, else plain text. */
function contentTypeOf(attachment: Fhir): string {
  const stated = textAt(attachment, 'contentType');
  return stated ?? contentTypeOfFile(textAt(attachment, 'url') ?? '') ?? 'text/plain';
}

function inOrder(attachments: readonly Fhir[]): readonly Fhir[] {
  const ranked = attachments.map((attachment) => ({ attachment, rank: rankOf(attachment) }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ attachment }) => attachment);
}

function rankOf(attachment: Fhir): number {
  const { kind } = mediaTypeOf(contentTypeOf(attachment));
  const rank = kind === undefined ? documentKinds.length : documentKinds.indexOf(kind);
  return 2 * rank + (textAt(attachment, 'data') === undefined ? 1 : 0);
}
