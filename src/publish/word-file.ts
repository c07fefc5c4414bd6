/** A Word document as bytes that depend on nothing but its content. */
import { Document, type ISectionOptions, Packer } from 'docx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

const FONT = 'Times New Roman';
const HALF_POINTS = { text: 20, title: 28, heading: 24, note: 18 };
const NEVER = '1980-01-01T00:00:00Z';
const BLACK = '000000';

/** What Word shows under File, Properties. */
export interface WordProperties {
  readonly title: string;
  readonly subject: string;
  readonly description: string;
}

/** The size of notes below a table, in half points. */
export const NOTE_HALF_POINTS = HALF_POINTS.note;

/** The `.docx` of the sections: black Times on white, headings, captions. `footnotes` are Word's own, by their number. */
export async function wordFile(
  properties: WordProperties,
  sections: ISectionOptions[],
  footnotes: NonNullable<ConstructorParameters<typeof Document>[0]['footnotes']> = {},
): Promise<Uint8Array> {
  const heading = (size: number) => ({
    run: { font: FONT, size, bold: true, color: BLACK },
    paragraph: { spacing: { before: 200, after: 120 }, keepNext: true },
  });
  const document = new Document({
    ...properties,
    creator: 'Chartproof',
    lastModifiedBy: 'Chartproof',
    keywords: 'retrospective chart review',
    styles: {
      default: {
        document: { run: { font: FONT, size: HALF_POINTS.text, language: { value: 'en-US' } } },
        heading1: heading(HALF_POINTS.title),
        heading2: heading(HALF_POINTS.heading),
        heading3: heading(HALF_POINTS.text),
      },
      paragraphStyles: [
        {
          id: 'Caption',
          name: 'caption',
          basedOn: 'Normal',
          next: 'Normal',
          quickFormat: true,
          run: { bold: true, size: HALF_POINTS.text, color: BLACK },
          paragraph: { spacing: { after: 80 }, keepNext: true },
        },
        {
          id: 'TableNote',
          name: 'Table Note',
          basedOn: 'Normal',
          quickFormat: true,
          run: { size: HALF_POINTS.note },
          paragraph: { spacing: { before: 40 }, keepLines: true },
        },
      ],
    },
    footnotes,
    sections,
  });
  return withoutTime(new Uint8Array(await Packer.toBuffer(document)));
}

/** The same document with every time of writing set to the first that a ZIP can hold: equal content, equal bytes. */
function withoutTime(document: Uint8Array): Uint8Array {
  const parts = unzipSync(document);
  const sorted = Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1));
  const timeless = sorted.map(([name, bytes]) => [name, name === 'docProps/core.xml' ? blankTimes(bytes) : bytes]);
  return zipSync(Object.fromEntries(timeless), { mtime: '1980-01-01T00:00:00' });
}

function blankTimes(core: Uint8Array): Uint8Array {
  return strToU8(strFromU8(core).replaceAll(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${NEVER}`));
}
