/**
 * The reference study of the demo: its protocol, an institution with its charts woven in, and recorded reviews. Everything is
 * invented and comes from `cases.yaml` and a seed; see `demo/README.md`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Progress } from '../../src/base/index.ts';
import { readProtocol } from '../../src/protocol/index.ts';
import { type Generated, generate, type RecordFormat } from '../institution/index.ts';
import { type Cases, readCases } from './cases.ts';
import type { ChartText } from './composer.ts';
import { reviewsOf } from './reviews.ts';
import { studyCharts } from './study.ts';
import { reviewedCases } from './truth.ts';

export { type Cases, isMissing, readCases } from './cases.ts';
export type { ChartText } from './composer.ts';

/** The study's protocol file. */
export const PROTOCOL_PATH = fileURLToPath(new URL('protocol.yaml', import.meta.url));
/** The text of the study's results, with live numbers. */
export const MANUSCRIPT_PATH = fileURLToPath(new URL('manuscript.md', import.meta.url));
/** Printed figures of the paper that cannot all be true: a list of `{where, printed, computed, why}`. */
export const PRINT_CONFLICTS_PATH = fileURLToPath(new URL('print-conflicts.json', import.meta.url));

export interface ReferenceStudyOptions {
  /** An empty or new folder. */
  readonly out: string;
  /** All charts, those of the study included: 200 to 1,000,000. */
  readonly patients: number;
  readonly seed: number;
  /** How the health record is written; FHIR by default. */
  readonly format?: RecordFormat;
  readonly progress?: Progress;
  /** The facts of the charts; by default those of `cases.yaml`. */
  readonly cases?: Cases;
}

/** What was written, and where. */
export interface ReferenceStudy {
  /** Holds `fhir/` or `omop/`, and `pharmacy/`. */
  readonly institution: string;
  readonly protocol: string;
  /** Holds `*.ndjson`. */
  readonly reviews: string;
  readonly generated: Generated;
  /** Entries by file name. */
  readonly entries: Readonly<Record<string, number>>;
  /** What each chart of the study says, by case id. */
  readonly charts: ReadonlyMap<string, ChartText>;
}

/**
 * Writes `out/institution/` with the study's charts woven in, `out/study/protocol.yaml` and `manuscript.md`, and the recorded
 * reviews as `out/study/reviews/*.ndjson`. The same options give the same bytes. Fails with `demo.patients`, and where a record of the
 * reviews would not be valid.
 */
export async function writeReferenceStudy(options: ReferenceStudyOptions): Promise<ReferenceStudy> {
  const { out, patients, seed, format = 'fhir', progress, cases = readCases() } = options;
  const institution = join(out, 'institution');
  const { inserts, charts } = studyCharts(cases);
  const generated = await generate({
    patients,
    seed,
    out: institution,
    format,
    inserts,
    ...(progress ? { progress } : {}),
  });
  const reviews = join(out, 'study', 'reviews');
  mkdirSync(reviews, { recursive: true });
  const protocol = join(out, 'study', 'protocol.yaml');
  writeFileSync(protocol, readFileSync(PROTOCOL_PATH));
  writeFileSync(join(out, 'study', 'manuscript.md'), readFileSync(MANUSCRIPT_PATH));
  progress?.step('reviews');
  const recorded = reviewsOf({ protocol: readProtocol(PROTOCOL_PATH), charts, seed }, reviewedCases(cases));
  for (const [name, entries] of Object.entries(recorded)) {
    writeFileSync(join(reviews, `${name}.ndjson`), entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  }
  const counts = Object.entries(recorded).map(([name, entries]) => [`${name}.ndjson`, entries.length]);
  return { institution, protocol, reviews, generated, entries: Object.fromEntries(counts), charts };
}
