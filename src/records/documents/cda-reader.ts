import { beginElement, endElement } from './markup.ts';
import type { TextWriter } from './text-writer.ts';

/** A document inside of a CDA document (`nonXMLBody`), and what it says that it is. */
export interface InnerDocument {
  readonly data: string;
  readonly mediaType: string;
  readonly isBase64: boolean;
}

/**
 * Reads HL7 CDA R2: the title of the document, and the title and narrative of each section in their order, sections in
 * sections too. The entries beside the narrative are no text. What is marked as deleted is left out.
 */
export class CdaReader {
  readonly #writer: TextWriter;
  /** How deep the element is whose text is read; 0 where none is. */
  #read = 0;
  #isTitle = false;
  #deleted = 0;
  #inner: Omit<InnerDocument, 'data'> | undefined;
  readonly #data: string[] = [];

  constructor(writer: TextWriter) {
    this.#writer = writer;
  }

  open(path: readonly string[], attributes: Readonly<Record<string, string>>): void {
    const name = path.at(-1) ?? '';
    if (this.#read > 0) {
      if (this.#deleted === 0 && attributes.revised === 'delete') this.#deleted = path.length;
      if (this.#deleted === 0) beginElement(this.#writer, name);
      return;
    }
    const parent = path.at(-2) ?? '';
    if (name === 'text' && parent === 'nonXMLBody') {
      this.#inner = {
        mediaType: attributes.mediaType ?? 'text/plain',
        isBase64: attributes.representation === 'B64',
      };
    }
    this.#isTitle = name === 'title' && (parent === 'section' || parent === 'ClinicalDocument');
    if (this.#isTitle) this.#writer.heading();
    else if (name === 'text' && parent === 'section') this.#writer.paragraph();
    else return;
    this.#read = path.length;
  }

  text(part: string): void {
    if (this.#inner !== undefined) this.#data.push(part);
    else if (this.#read > 0 && this.#deleted === 0) this.#writer.words(part);
  }

  close(path: readonly string[]): void {
    if (this.#read === 0) return;
    if (path.length === this.#read) {
      this.#read = 0;
      if (this.#isTitle) this.#writer.endHeading();
      else this.#writer.endTable();
    } else if (this.#deleted === 0) endElement(this.#writer, path.at(-1) ?? '');
    else if (path.length === this.#deleted) this.#deleted = 0;
  }

  inner(): InnerDocument | undefined {
    return this.#inner === undefined ? undefined : { ...this.#inner, data: this.#data.join('') };
  }
}
