/**
 * Writes the notes of one chart and remembers where each fact stands. A fact has a key: `baseline.ulceration`, or with the
 * row of a repeating instrument `assessment/lesion-1@2014-05-02.status`. The sentence that states it is its evidence, exact by
 * construction: the offsets are taken while the text grows.
 */

import type { Evidence, Scalar } from '../../src/review/entry.ts';
import type { NoteType, Specialty } from '../institution/index.ts';

/** A sentence in a note, as evidence cites it. */
export type Sentence = Extract<Evidence, { note: string }>;

/** A sentence that a hurried reader could take for the fact, and the value that would follow. */
export interface Decoy {
  readonly key: string;
  readonly value: Scalar;
  readonly sentence: Sentence;
}

/** What a chart's notes say, and where. */
export interface ChartText {
  /** `Patient/...` */
  readonly person: string;
  /** `DocumentReference/...`, in order of date. */
  readonly notes: readonly string[];
  readonly evidence: ReadonlyMap<string, readonly Sentence[]>;
  readonly decoys: ReadonlyMap<string, Decoy>;
}

/** A note that is being written. Every method returns the draft. */
export interface Draft {
  /** Starts a section: a blank line and the heading. */
  section(heading: string): Draft;
  /** Adds sentences to the paragraph. */
  say(...sentences: readonly string[]): Draft;
  /** Starts a new line, in a list with its mark. */
  line(mark?: string): Draft;
  /** Adds a sentence that states these facts. */
  fact(keys: string | readonly string[], sentence: string): Draft;
  /** Adds a sentence that could be mistaken for this value of the fact. */
  decoy(key: string, value: Scalar, sentence: string): Draft;
  /** The text so far. */
  text(): string;
}

interface Mark {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly value?: Scalar;
}

/** What a note is filed under. */
export interface NoteHead {
  readonly date: string;
  readonly type: NoteType;
  readonly specialty: Specialty;
}

/** Files a note in the health record and tells its reference. */
export type FileNote = (note: NoteHead & { readonly text: string }) => string;

/** Opens the writing of one chart. */
export function composeChart(person: string, file: FileNote) {
  const notes: { date: string; reference: string }[] = [];
  const evidence = new Map<string, Sentence[]>();
  const decoys = new Map<string, Decoy>();

  return {
    /** Writes a note and files it; gives back its text, which a later note may copy. */
    note(head: NoteHead, write: (draft: Draft) => void): string {
      const marks: Mark[] = [];
      const draft = openDraft(marks);
      write(draft);
      const text = draft.text();
      const reference = file({ ...head, text });
      notes.push({ date: head.date, reference });
      for (const { key, start, end, value } of marks) {
        const sentence = { note: reference, start, end, quote: text.slice(start, end) };
        if (value !== undefined) decoys.set(key, { key, value, sentence });
        else evidence.set(key, [...(evidence.get(key) ?? []), sentence]);
      }
      return text;
    },
    /** What was written. */
    finish(): ChartText {
      const ordered = notes.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
      return { person, notes: ordered.map((note) => note.reference), evidence, decoys };
    },
  };
}

export type ChartComposer = ReturnType<typeof composeChart>;

function openDraft(marks: Mark[]): Draft {
  let text = '';
  const add = (sentence: string): number => {
    if (text !== '' && !/[\s]$/.test(text)) text += ' ';
    const start = text.length;
    text += sentence;
    return start;
  };
  const draft: Draft = {
    section(heading) {
      if (text !== '') text = `${text.trimEnd()}\n\n`;
      text += `${heading}:\n`;
      return draft;
    },
    say(...sentences) {
      for (const sentence of sentences) add(sentence);
      return draft;
    },
    line(mark = '') {
      if (text !== '' && !text.endsWith('\n')) text += '\n';
      text += mark;
      return draft;
    },
    fact(keys, sentence) {
      const start = add(sentence);
      for (const key of [keys].flat()) marks.push({ key, start, end: text.length });
      return draft;
    },
    decoy(key, value, sentence) {
      const start = add(sentence);
      marks.push({ key, start, end: text.length, value });
      return draft;
    },
    text: () => text.trimEnd(),
  };
  return draft;
}
