/** Small PDFs for the tests of this folder. */
import { deflateSync } from 'node:zlib';

/** A PDF with a page for each text; lines are parted by `\n`. An empty text makes a page without a text layer. */
export function pdf(...pages: readonly string[]): Buffer {
  return pdfOf(pages.map((page) => ({ content: contentOf(page) })));
}

/** How blanks can be packed, by the name of the case: the filters, and what stands in the file. */
const packings = {
  deflated: ['/FlateDecode', (bytes) => deflateSync(Buffer.alloc(bytes, ' '))],
  'deflated with a small window': [
    '/FlateDecode',
    (bytes) => deflateSync(Buffer.alloc(bytes, ' '), { windowBits: 13 }),
  ],
  'deflated, in hexadecimals': [
    '/ASCIIHexDecode /FlateDecode',
    (bytes) => hexOf(deflateSync(Buffer.alloc(bytes, ' '))),
  ],
  'deflated twice': ['/FlateDecode /FlateDecode', (bytes) => deflateSync(deflateSync(Buffer.alloc(bytes, ' ')))],
  'counted, then deflated': [
    '/FlateDecode /RunLengthDecode',
    (bytes) => deflateSync(Buffer.alloc(2 * Math.ceil(bytes / LONGEST_RUN), Buffer.from([257 - LONGEST_RUN, 0x20]))),
  ],
} as const satisfies Record<string, readonly [filters: string, pack: (bytes: number) => Buffer]>;

export type Packing = keyof typeof packings;
export const allPackings = Object.keys(packings) as Packing[];

const LONGEST_RUN = 128;

function hexOf(bytes: Buffer): Buffer {
  return Buffer.from(`${bytes.toString('hex')}>`);
}

/** A PDF whose pages each unfold to so many bytes. */
export function bombPdf(bytes: number, packing: Packing = 'deflated', pages = 1): Buffer {
  const [filters, pack] = packings[packing];
  return pdfOf(Array.from({ length: pages }, () => ({ content: pack(bytes), filters })));
}

/** A PDF that asks for a password. */
export function encryptedPdf(): Buffer {
  const key = '0'.repeat(64);
  const encrypt = `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${key}> /U <${key}> /P -44 >> /ID [<00> <00>]`;
  return pdfOf([{ content: contentOf('secret') }], encrypt);
}

interface Page {
  readonly content: string | Buffer;
  readonly filters?: string;
}

function contentOf(text: string): string {
  if (text === '') return '0 0 10 10 re f';
  const lines = text.split('\n').map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`);
  return `BT /F1 12 Tf 14 TL 72 720 Td ${lines.join(' ')} ET`;
}

function pdfOf(pages: readonly Page[], trailer = ''): Buffer {
  const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>';
  const kids = pages.map((_, at) => `${4 + 2 * at} 0 R`).join(' ');
  const objects: (string | readonly [string, Buffer])[] = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    font,
  ];
  for (const [at, { content, filters }] of pages.entries()) {
    const bytes = Buffer.from(content);
    const resources = '/Resources << /Font << /F1 3 0 R >> >>';
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${5 + 2 * at} 0 R ${resources} >>`);
    objects.push([`<< /Length ${bytes.length}${filters === undefined ? '' : ` /Filter [${filters}]`} >>`, bytes]);
  }
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  const offsets: number[] = [];
  const length = () => parts.reduce((sum, part) => sum + part.length, 0);
  for (const [at, object] of objects.entries()) {
    offsets.push(length());
    parts.push(Buffer.from(`${at + 1} 0 obj\n`));
    if (typeof object === 'string') parts.push(Buffer.from(object));
    else parts.push(Buffer.from(`${object[0]}\nstream\n`), object[1], Buffer.from('\nendstream'));
    parts.push(Buffer.from('\nendobj\n'));
  }
  const start = length();
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}` +
        `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}
