/** What the notes of a corpus are put together from: the notes of some hundreds of the demo's patients, and MTSamples. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { writeBackgroundPatient } from '../demo/institution/background.ts';
import { type Institution, type NoteFacts, openChart } from '../demo/institution/index.ts';

/** A paragraph with its longer numbers left out: `texts` has one more than `digits`, between which they stand. */
export interface ParagraphTemplate {
  readonly texts: readonly string[];
  /** How many digits each number has. */
  readonly digits: readonly number[];
}

/** A note to take paragraphs from; it has at least one. */
export interface PoolNote {
  readonly type: string;
  readonly specialty: string;
  readonly title: string;
  readonly author: string;
  readonly paragraphs: readonly ParagraphTemplate[];
}

/** Notes in the order of their specialties. */
export interface CorpusPool {
  readonly notes: readonly PoolNote[];
}

const PATIENTS = 300;

/** Reads the sources, some seconds. `mtsamples` is the path of its `notes.csv`; without it there are the demo's notes alone. */
export function corpusPool(mtsamples?: string): CorpusPool {
  const demo = demoNotes(PATIENTS).map(({ type, specialty, text }) => poolNote(type, specialty, type, text));
  const reports = mtsamples === undefined ? [] : reportsOf(mtsamples);
  const notes = [...demo, ...reports].filter((note) => note.paragraphs.length > 0);
  return { notes: notes.sort((a, b) => (a.specialty < b.specialty ? -1 : a.specialty > b.specialty ? 1 : 0)) };
}

/** The notes of the demo's first patients, by patient and in the order in which they were written. */
export function demoNotes(patients: number): (NoteFacts & { readonly patient: string })[] {
  const notes: (NoteFacts & { readonly patient: string })[] = [];
  const clinician = () => ({ reference: 'Practitioner/1', display: 'Dr. One' });
  const institution: Institution = {
    seed: 1,
    charts: 0,
    chart(name, facts) {
      const chart = openChart({ seed: 1, emit: () => undefined, clinician }, name, facts);
      const note = (one: NoteFacts): string => {
        notes.push({ ...one, patient: name });
        return chart.reference;
      };
      return { ...chart, note };
    },
    pharmacyRow: () => undefined,
    close: () => ({}),
  };
  for (let number = 1; number <= patients; number++) writeBackgroundPatient(institution, number);
  return notes;
}

interface Report {
  readonly medical_specialty: string;
  readonly sample_name: string;
  readonly transcription: string;
}

function reportsOf(path: string): PoolNote[] {
  const rows: Report[] = parse(readFileSync(path), { columns: true, bom: true });
  return rows.map((row) => poolNote('report', row.medical_specialty, row.sample_name, row.transcription));
}

const AUTHORS = 40;

function poolNote(type: string, specialty: string, title: string, text: string): PoolNote {
  const paragraphs = text
    .split(/\r?\n\s*\n/)
    .flatMap(pieces)
    .map(templateOf);
  return { type, specialty, title, author: `Practitioner/${specialty.length}${text.length % AUTHORS}`, paragraphs };
}

const LONG = 700;

/** Long paragraphs in pieces of a few sentences, so that notes of other lengths can be made of them. */
function pieces(paragraph: string): string[] {
  const text = paragraph.trim();
  if (text.length <= LONG) return text === '' ? [] : [text];
  const found: string[] = [];
  for (const sentence of text.split(/(?<=[.!?])\s+/)) {
    const last = found.at(-1);
    if (last === undefined || last.length > LONG / 2) found.push(sentence);
    else found[found.length - 1] = `${last} ${sentence}`;
  }
  return found;
}

function templateOf(text: string): ParagraphTemplate {
  const numbers = [...text.matchAll(/\d{2,}/g)].map(([number]) => number.length);
  return { texts: text.split(/\d{2,}/), digits: numbers };
}
