import { Refusal } from '../quarantine-reasons.ts';
import { declaredSet, decodedText } from './character-set.ts';
import { beginElement, endElement } from './markup.ts';
import { TextWriter } from './text-writer.ts';

/** Elements that nobody reads; what is marked as deleted (`del`) is no part of the note any more. */
const UNREAD: ReadonlySet<string> = new Set(['head', 'script', 'style', 'template', 'svg', 'object', 'iframe', 'del']);

/** Deeper than any page goes; the parser searches all that is open where something is closed. */
const DEEPEST = 1000;

/** The text of an HTML page. Broken HTML is read as a browser would. */
export async function htmlText(bytes: Uint8Array, charset: string | undefined): Promise<string> {
  const { Parser } = await import('htmlparser2');
  const writer = new TextWriter();
  let unread = 0;
  let preformatted = 0;
  let depth = 0;
  const parser = new Parser(
    {
      onopentag: (name, { type, checked, value }) => {
        if (++depth > DEEPEST) throw new Refusal('note.unreadable', 'data');
        if (UNREAD.has(name)) unread += 1;
        if (unread > 0) return;
        beginElement(writer, name);
        if (name === 'pre' || name === 'textarea') preformatted += 1;
        if (name === 'input') writer.words(inputText(type, checked, value));
      },
      ontext: (text) => {
        if (unread > 0) return;
        if (preformatted > 0) writer.verbatim(text);
        else writer.words(text);
      },
      onclosetag: (name) => {
        depth -= 1;
        if (UNREAD.has(name)) unread -= 1;
        else if (unread === 0) {
          if (name === 'pre' || name === 'textarea') preformatted -= 1;
          endElement(writer, name);
        }
      },
    },
    { decodeEntities: true },
  );
  parser.end(decodedText(bytes, charset ?? declaredSet(bytes)));
  return writer.text();
}

/** A form's box says whether it is checked: without that, every symptom on a list would be there. */
function inputText(type = 'text', checked: string | undefined, value = ''): string {
  if (type === 'checkbox' || type === 'radio') return checked === undefined ? ' [ ] ' : ' [x] ';
  return type === 'text' || type === 'number' || type === 'date' ? ` ${value} ` : '';
}
