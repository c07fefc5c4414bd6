/** What `bench/server.ts` serves: the demo of so many patients with its recorded reviews, and generated persons. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { silent } from '../src/base/index.ts';
import { demoOf } from '../src/cli/demo-steps.ts';
import { identifyStudy } from '../src/cohort/index.ts';
import { registerProtocol } from '../src/protocol/index.ts';
import { withStudy } from '../src/review/index.ts';
import { openWorkspace, type Workspace } from '../src/workspace/index.ts';
import { cohortHospital } from './cohort-hospital.ts';

/** A workspace with a study to be read, and one of the same protocol that nobody has screened. */
export interface Institution {
  readonly dir: string;
  readonly read: string;
  readonly unread: string;
  /** A query that finds something, and the instrument and field that screening asks first. */
  readonly query: string;
  readonly instrument: string;
  readonly field: string;
  /** Whether there are results to be read. */
  readonly hasResults: boolean;
}

const UNREAD = 'nobody-has-screened';

/** The demo: the reference study, reviewed and released. */
export async function demoInstitution(dir: string, patients: number): Promise<Institution> {
  for (const { run } of demoOf({ dir, patients, seed: 1 }).steps) await run(silent);
  const yaml = readFileSync(join(dir, 'input/study/protocol.yaml'), 'utf8');
  const read = /^id: (\S+)$/m.exec(yaml)?.[1] ?? '';
  await addStudy(openWorkspace(dir), yaml.replace(`id: ${read}`, `id: ${UNREAD}`), UNREAD);
  return { dir, read, unread: UNREAD, query: 'calcinosis', instrument: 'screening', field: 'actd', hasResults: true };
}

/** So many generated persons, and the study of `cohort-protocol.yaml`. */
export async function generatedInstitution(dir: string, persons: number): Promise<Institution> {
  const workspace = await cohortHospital(dir, persons);
  const yaml = readFileSync(join(import.meta.dirname, 'cohort-protocol.yaml'), 'utf8');
  const read = /^id: (\S+)$/m.exec(yaml)?.[1] ?? '';
  await addStudy(workspace, yaml, read);
  await addStudy(workspace, yaml.replace(`id: ${read}`, `id: ${UNREAD}`), UNREAD);
  const asked = { query: '"atrial fibrillation"', instrument: 'screening', field: 'ok' };
  return { dir, read, unread: UNREAD, ...asked, hasResults: false };
}

async function addStudy(workspace: Workspace, yaml: string, study: string): Promise<void> {
  const by = { actor: 'bench', at: new Date().toISOString() };
  const folder = join(workspace.dir, 'bench');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${study}.yaml`), yaml);
  registerProtocol(workspace, join(folder, `${study}.yaml`), by);
  await withStudy(workspace, study, 'of-cohort', (open) => identifyStudy(workspace, open, { ...by, progress: silent }));
}
