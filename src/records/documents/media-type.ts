/** A kind of document whose text can be taken out, the surest first. */
export const documentKinds = ['plain', 'html', 'rtf', 'xml', 'pdf'] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** What a `contentType` says: the kind of document, `undefined` where it has no text to take; and the character set. */
export interface MediaType {
  readonly kind: DocumentKind | undefined;
  readonly charset: string | undefined;
}

/** Reads `text/html; charset="iso-8859-1"`. A subtype of text that is not known is plain text (RFC 2046, 4.1.4). */
export function mediaTypeOf(contentType: string): MediaType {
  const type = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
  return { kind: KINDS[type] ?? kindOf(type), charset: CHARSET.exec(contentType)?.[1]?.toLowerCase() };
}

/** The content type that the name of a file says, where nothing else does; `undefined` where it says none. */
export function contentTypeOfFile(path: string): string | undefined {
  return EXTENSIONS[/\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? ''];
}

const CHARSET = /;\s*charset\s*=\s*["']?([\w.:-]+)/i;

const KINDS: Readonly<Record<string, DocumentKind>> = {
  'text/plain': 'plain',
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'text/rtf': 'rtf',
  'text/richtext': 'rtf',
  'application/rtf': 'rtf',
  'application/x-rtf': 'rtf',
  'text/xml': 'xml',
  'application/xml': 'xml',
  'application/pdf': 'pdf',
  'application/x-pdf': 'pdf',
};

function kindOf(type: string): DocumentKind | undefined {
  if (/^(?:text|application)\/.*\+xml$/.test(type)) return 'xml';
  return type.startsWith('text/') ? 'plain' : undefined;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  text: 'text/plain',
  htm: 'text/html',
  html: 'text/html',
  xhtml: 'application/xhtml+xml',
  rtf: 'application/rtf',
  xml: 'application/xml',
  cda: 'application/xml',
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  dcm: 'application/dicom',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  doc: 'application/msword',
};
