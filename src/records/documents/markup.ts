/** What the elements of HTML and of a CDA narrative mean for the lines of a text. */
import type { TextWriter } from './text-writer.ts';

/** What is written where an element begins and where it ends. */
interface Meaning {
  readonly names: string;
  begin?(writer: TextWriter): void;
  end?(writer: TextWriter): void;
}

const meanings: readonly Meaning[] = [
  {
    names: 'p blockquote pre ul ol dl fieldset article section hr paragraph list caption',
    begin: (writer) => writer.paragraph(),
    end: (writer) => writer.paragraph(),
  },
  {
    names: 'address body dd details div dt figcaption figure footer form header html legend main nav option summary',
    begin: (writer) => writer.line(),
    end: (writer) => writer.line(),
  },
  { names: 'h1 h2 h3 h4 h5 h6', begin: (writer) => writer.heading(), end: (writer) => writer.endHeading() },
  { names: 'table', begin: (writer) => writer.paragraph(), end: (writer) => writer.endTable() },
  { names: 'tr', begin: (writer) => writer.row() },
  { names: 'td th', begin: (writer) => writer.cell() },
  { names: 'li item', begin: (writer) => writer.item(), end: (writer) => writer.endItem() },
  { names: 'br', begin: (writer) => writer.lineBreak() },
  {
    // 10<sup>9</sup> is not 109.
    names: 'sup',
    begin: (writer) => {
      if (/\d/.test(writer.last())) writer.words('^');
    },
  },
];

const byName: ReadonlyMap<string, Meaning> = new Map(
  meanings.flatMap((meaning) => meaning.names.split(' ').map((name) => [name, meaning] as const)),
);

/** Begins an element by its name in small letters. */
export function beginElement(writer: TextWriter, name: string): void {
  byName.get(name)?.begin?.(writer);
}

/** Ends an element. */
export function endElement(writer: TextWriter, name: string): void {
  byName.get(name)?.end?.(writer);
}
