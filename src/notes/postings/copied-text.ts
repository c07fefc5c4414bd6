/** Which stretches of a person's notes repeat earlier ones of the person, for whoever reads them (R78 of SPEC.md). */
import type { Span } from '../analysis.ts';
import { markCopies } from '../copies.ts';
import type { HeadRow, NoteReader } from './read-notes.ts';

/** A paragraph that stood in an earlier note. Offsets are those of the note's text. */
export interface CopiedStretch extends Span {
  /** The source id of the earlier note (`DocumentReference/1`). */
  readonly from: string;
}

/** A note and what it repeats, in order of place. */
export interface NoteCopies {
  readonly source: string;
  readonly copies: readonly CopiedStretch[];
}

/**
 * The copied stretches of each note.
 * @param notes all of one person, by date (undated last) and note
 */
export function copiedText(notes: readonly Pick<HeadRow, 'id' | 'source'>[], reader: NoteReader): NoteCopies[] {
  const inParagraphs = notes.map(({ id }) => reader.paragraphs(id - 1));
  const found = markCopies(inParagraphs);
  return notes.map(({ id, source }, at) => {
    const copies = found[at] ?? [];
    if (!copies.some(Boolean)) return { source, copies: [] };
    const { starts, ends } = reader.read(id - 1).tokens();
    const stretches = inParagraphs[at]?.paragraphs.flatMap(({ first, end }, place): CopiedStretch[] => {
      const from = notes[copies[place]?.note ?? -1]?.source;
      return from === undefined ? [] : [{ start: starts[first] ?? 0, end: ends[end - 1] ?? 0, from }];
    });
    return { source, copies: stretches ?? [] };
  });
}
