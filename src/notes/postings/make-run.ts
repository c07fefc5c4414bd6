/** Reads a part of the stored notes and writes their run to a file; what a thread of the indexing does. */
import Database from 'better-sqlite3';
import { workerData } from 'piscina';
import { definitionsIn } from '../definitions.ts';
import type { Lexicon } from '../lexicon.ts';
import { paragraphsOf } from '../paragraphs.ts';
import { NoteScanner } from '../scan-note.ts';
import { hashOfWord, signaturesOf } from '../signatures.ts';
import { ByteWriter } from './bytes.ts';
import { type NoteFacts, RunBuilder } from './run-builder.ts';
import { writeRun } from './run-file.ts';
import { writeParagraphs } from './stored-paragraphs.ts';

/** The notes from `first` to `last` of a file of notes. */
export interface RunTask {
  readonly path: string;
  readonly first: number;
  readonly last: number;
  /** Where the run goes. */
  readonly run: string;
}

/** The paragraphs of each note of the run, one after the other, with their ends. */
export interface RunParagraphs {
  readonly bytes: Uint8Array;
  readonly ends: Int32Array;
}

/** What a thread does; its lexicon was given to it when it began. */
// biome-ignore lint/style/noDefaultExport: a thread of Piscina is called by its default export
export default function makeRunInThread(task: RunTask): RunParagraphs {
  return makeRun(task, workerData as Lexicon);
}

export function makeRun({ path, first, last, run }: RunTask, lexicon: Lexicon): RunParagraphs {
  const database = new Database(path, { readonly: true });
  try {
    const rows = database.prepare<number[], NoteFacts & { readonly text: string }>(
      'SELECT text, type, specialty, author FROM note JOIN body USING (id) WHERE id BETWEEN ? AND ? ORDER BY id',
    );
    return writeNotes(rows.iterate(first, last), lexicon, run);
  } finally {
    database.close();
  }
}

function writeNotes(
  notes: Iterable<NoteFacts & { readonly text: string }>,
  lexicon: Lexicon,
  path: string,
): RunParagraphs {
  const scanner = new NoteScanner(lexicon);
  const builder = new RunBuilder(scanner.numbers, lexicon);
  const hashesOf = wordHashes((word) => hashOfWord(scanner.numbers.word(word)));
  const paragraphs = new ByteWriter();
  const ends: number[] = [];
  for (const note of notes) {
    const { words, analysis } = scanner.scan(note.text);
    builder.add(note.text, words, analysis, note, definitionsIn(note.text));
    const pieces = paragraphsOf(note.text, analysis, words.starts.subarray(0, words.count));
    const hashes = hashesOf(words.words.subarray(0, words.count));
    writeParagraphs({ paragraphs: pieces, signatures: signaturesOf(pieces, hashes) }, paragraphs);
    ends.push(paragraphs.length);
  }
  writeRun(path, builder.finish());
  return { bytes: paragraphs.view().slice(), ends: Int32Array.from(ends) };
}

/** The hashes of words by their numbers, each worked out once: words are numbered in the order in which they are met. */
function wordHashes(hashOf: (word: number) => number): (words: Int32Array) => Uint32Array {
  let known = new Uint32Array(1 << 12);
  let size = 0;
  return (words) => {
    const hashes = new Uint32Array(words.length);
    for (let i = 0; i < words.length; i++) {
      const word = words[i] as number;
      if (word >= known.length) {
        const more = new Uint32Array(Math.max(word + 1, known.length * 2));
        more.set(known);
        known = more;
      }
      for (; size <= word; size++) known[size] = hashOf(size);
      hashes[i] = known[word] as number;
    }
    return hashes;
  };
}
