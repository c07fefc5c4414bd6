import { Refusal } from '../quarantine-reasons.ts';
import { CdaReader, type InnerDocument } from './cda-reader.ts';
import { declaredSet, decodedText } from './character-set.ts';
import { htmlText } from './html-text.ts';
import { TextWriter } from './text-writer.ts';

/**
 * The text of an XML document: of a CDA document its narrative (or the document that stands inside of it), of any other
 * XML every text, an element a line. XML that is not well-formed is refused as `note.unreadable`: a part of the note
 * could be missing. Entities of a DTD are not known, so that none can unfold.
 */
export async function xmlText(bytes: Uint8Array, charset: string | undefined): Promise<string | InnerDocument> {
  const { default: sax } = await import('sax');
  const text = decodedText(bytes, charset ?? declaredSet(bytes));
  const parser = sax.parser(true, { position: false });
  const writer = new TextWriter();
  const path: string[] = [];
  let isHtml = false;
  let reader: XmlReader | undefined;
  parser.onerror = () => {
    throw new Refusal('note.unreadable', 'data');
  };
  parser.onopentag = ({ name, attributes }) => {
    path.push(name.slice(name.indexOf(':') + 1));
    if (path.length > DEEPEST) throw new Refusal('note.unreadable', 'data');
    isHtml ||= path.length === 1 && path[0] === 'html';
    reader ??= path[0] === 'ClinicalDocument' ? new CdaReader(writer) : new AnyReader(writer);
    reader.open(path, attributes as Readonly<Record<string, string>>);
  };
  parser.onclosetag = () => {
    reader?.close(path);
    path.pop();
  };
  parser.ontext = (part) => reader?.text(part);
  parser.oncdata = (part) => reader?.text(part);
  parser.write(text.trimStart()).close();
  if (isHtml) return htmlText(bytes, charset);
  if (reader === undefined) throw new Refusal('note.empty', 'data');
  return reader.inner() ?? writer.text();
}

/** Deeper than any document goes. */
const DEEPEST = 1000;

/** What is done with the elements of a document. `path` names the element and those around it, the outermost first. */
export interface XmlReader {
  open(path: readonly string[], attributes: Readonly<Record<string, string>>): void;
  text(part: string): void;
  close(path: readonly string[]): void;
  inner(): InnerDocument | undefined;
}

class AnyReader implements XmlReader {
  readonly #writer: TextWriter;

  constructor(writer: TextWriter) {
    this.#writer = writer;
  }

  open(): void {
    this.#writer.line();
  }

  text(part: string): void {
    if (part.trim() !== '') this.#writer.verbatim(part.trim());
  }

  close(): void {
    this.#writer.line();
  }

  inner(): undefined {
    return undefined;
  }
}
