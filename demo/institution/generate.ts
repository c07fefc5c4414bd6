import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChartproofError, type Progress, silent } from '../../src/base/index.ts';
import { writeBackgroundPatient } from './background.ts';
import { type Institution, openInstitution, type RecordFormat } from './institution.ts';
import { PHARMACY_MAPPING } from './pharmacy-mapping.ts';

/** Adds exactly one chart to the institution. */
export type Insert = (institution: Institution) => void;

export interface GenerateOptions {
  /** All charts, the inserted ones included: 200 to 1,000,000. */
  readonly patients: number;
  readonly seed: number;
  /** An empty or new folder. */
  readonly out: string;
  /** How the health record is written; FHIR by default. */
  readonly format?: RecordFormat;
  readonly progress?: Progress;
  /** Charts of a study, woven in among the others. */
  readonly inserts?: readonly Insert[];
}

/** What was written: lines by file. */
export interface Generated {
  readonly patients: number;
  readonly lines: Readonly<Record<string, number>>;
}

export const patientLimits = { min: 200, max: 1_000_000 } as const;
const TICK = 64;

/** Writes an institution. The same seed gives the same bytes; patient k is the same whatever the number of patients. */
export async function generate(options: GenerateOptions): Promise<Generated> {
  const { patients, seed, out, format = 'fhir', progress = silent, inserts = [] } = options;
  if (!Number.isInteger(patients) || patients < patientLimits.min || patients > patientLimits.max) {
    throw new ChartproofError('demo.patients', `An institution has ${patientLimits.min} to 1,000,000 patients.`, {
      tip: 'Choose --patients in that range.',
    });
  }
  progress.step('patients', patients);
  const institution = openInstitution({ out, seed, format });
  const background = patients - inserts.length;
  let woven = 0;
  for (let number = 1; number <= background; number++) {
    writeBackgroundPatient(institution, number);
    for (; woven < inserts.length && (woven + 1) * background <= number * (inserts.length + 1); woven++) {
      inserts[woven]?.(institution);
    }
    if (number % TICK === 0) {
      progress.advance(number + woven);
      await new Promise(setImmediate); // let the screen and Ctrl-C have their turn
    }
  }
  for (; woven < inserts.length; woven++) inserts[woven]?.(institution);
  const charts = institution.charts;
  const lines = institution.close();
  writeFileSync(join(out, 'pharmacy/mapping.yaml'), PHARMACY_MAPPING);
  return { patients: charts, lines };
}
