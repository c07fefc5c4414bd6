/** What `cohort.ts` measures, each on a snapshot that is made already. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { silent } from '../src/base/index.ts';
import { compileCriterion } from '../src/cohort/criteria/criterion-sql.ts';
import type { Gate } from '../src/cohort/gate/gate.ts';
import { gateBefore } from '../src/cohort/gate/open-gate.ts';
import {
  armOverlaps,
  attritionSteps,
  candidates,
  currentRun,
  explainCriterion,
  identify,
  keepCodedRows,
  openGate,
  outcomes,
  withLeaves,
} from '../src/cohort/index.ts';
import { type Criterion, registerProtocol, type StudyProtocol } from '../src/protocol/index.ts';
import { whyPerson } from '../src/publish/index.ts';
import { openRecords, type Records } from '../src/records/index.ts';
import { readManifest } from '../src/records/manifest.ts';
import { openReview } from '../src/review/index.ts';
import { openStudyDatabase, openWorkspace, studyPaths, type Workspace } from '../src/workspace/index.ts';
import { type Account, accountByHand, sortedEntries } from './cohort-peer.ts';

const PROTOCOL = join(import.meta.dirname, 'cohort-protocol.yaml');
const BY = { actor: 'bench', at: '2026-01-01T00:00:00Z' };

export type Step = 'hand' | 'program' | 'yield' | 'explain' | 'person' | 'why';

export interface Figures {
  readonly ms: number;
  /** Of processor time, on all cores together. */
  readonly cpuMs: number;
  /** Without the queries of the records; 0 where it is not asked. */
  readonly ownMs: number;
  readonly account?: Account;
}

/** Measures a step in a workspace of {@link cohortHospital}. */
export async function measureStep(step: Step, dir: string): Promise<Figures> {
  const workspace = openWorkspace(dir);
  const manifest = readManifest(workspace);
  if (!manifest) throw new Error('No records');
  const study = newStudy(workspace);
  if (step === 'hand') return timed(() => accountByHand(workspace, manifest));
  if (step === 'program') return timed(() => accountByProgram(workspace, study));
  if (step === 'yield') return timed(await yieldOfRun(workspace, study));
  if (step === 'why') return timedWhy(workspace, study);
  return timedBehindGate(workspace, study, step === 'explain' ? explainAll : askOfOne);
}

async function timed(work: () => Promise<Account | undefined>): Promise<Figures> {
  globalThis.gc?.(); // What loading left is no part of either.
  const [began, before] = [performance.now(), process.cpuUsage()];
  const account = await work();
  const ms = performance.now() - began;
  return { ms, cpuMs: milliseconds(process.cpuUsage(before)), ownMs: 0, ...(account ? { account } : {}) };
}

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}

/** The records with a clock that runs while anything is asked of them; to read a query before it runs is no asking. */
async function watchedRecords(workspace: Workspace) {
  let [asked, began, asking] = [0, 0, 0];
  const clocked =
    <Result>(ask: (sql: string, parameters?: never) => Promise<Result>) =>
    async (sql = '', parameters?: unknown): Promise<Result> => {
      if (sql.includes('json_serialize_sql')) return ask(sql, parameters as never);
      if (asking++ === 0) began = performance.now();
      try {
        return await ask(sql, parameters as never);
      } finally {
        if (--asking === 0) asked += performance.now() - began;
      }
    };
  const records = await openRecords(workspace, undefined, ['person', 'research_authorization']);
  const { all, run, ids, usedCodes } = records;
  const watched = {
    ...records,
    all: clocked(all),
    run: clocked(run),
    ids: clocked(ids),
    usedCodes: clocked(usedCodes),
  } as Records;
  return { watched, asked: () => asked };
}

/** The gate is open when the clock starts. */
async function timedBehindGate(
  workspace: Workspace,
  { protocol }: StudyProtocol,
  work: (gate: Gate) => Promise<void>,
): Promise<Figures> {
  const { watched, asked } = await watchedRecords(workspace);
  const gate = await gateBefore(watched, workspace, protocol);
  try {
    const askedBefore = asked();
    const [began, before] = [performance.now(), process.cpuUsage()];
    await work(gate);
    const ms = performance.now() - began;
    return { ms, cpuMs: milliseconds(process.cpuUsage(before)), ownMs: ms - (asked() - askedBefore) };
  } finally {
    gate.close();
  }
}

/** `cohort why` of the first candidate: from opening the gate, for that person alone, to the answer. The run is kept before. */
async function timedWhy(workspace: Workspace, study: StudyProtocol): Promise<Figures> {
  await accountByProgram(workspace, study);
  const database = openStudyDatabase(workspace, study.study);
  const { watched, asked } = await watchedRecords(workspace);
  const [began, before] = [performance.now(), process.cpuUsage()];
  const [one] = candidates(database);
  const gate = await gateBefore(watched, workspace, study.protocol, one?.person);
  try {
    await whyPerson({ study, database, gate, review: await openReview(database, gate) });
    const ms = performance.now() - began;
    return { ms, cpuMs: milliseconds(process.cpuUsage(before)), ownMs: ms - asked() };
  } finally {
    gate.close();
    database.close();
  }
}

/** What it takes to count a run by code and query when somebody first asks, the gate opened for it. The run is kept before. */
async function yieldOfRun(workspace: Workspace, study: StudyProtocol): Promise<() => Promise<undefined>> {
  await accountByProgram(workspace, study);
  return async () => {
    const database = openStudyDatabase(workspace, study.study);
    const gate = await openGate(workspace, study.protocol);
    try {
      const { leaves } = await withLeaves({ database, study, gate }, currentRun(database, gate));
      if (!leaves?.some(({ found }) => found.length > 0)) throw new Error('No code found anybody');
      return undefined;
    } finally {
      gate.close();
      database.close();
    }
  };
}

function criteriaOf({ protocol: { arms, exclusions } }: Gate): Criterion[] {
  return [...arms.map(({ criterion }) => criterion), ...exclusions.flatMap(({ rule }) => rule ?? [])];
}

async function explainAll(gate: Gate): Promise<void> {
  const criteria = criteriaOf(gate);
  const coded = await keepCodedRows(gate, criteria);
  for (const criterion of criteria) await explainCriterion(gate, criterion, { coded });
}

/** Somebody whom the protocol's own diagnosis was coded for. */
async function askOfOne(gate: Gate): Promise<void> {
  const one = await gate.tableBefore(`SELECT min(person_id) AS person_id FROM authorized.coding WHERE code = 'I48.91'`);
  const compiled = [];
  for (const criterion of criteriaOf(gate)) compiled.push(await compileCriterion(gate, criterion, 'found'));
  await gate.narrowTo(
    one,
    compiled.map(({ sql }) => sql),
  );
  for (const { sql, parameters } of compiled) await gate.all(sql, parameters);
}

/** The study of the bench, new, so that nothing is known of it. */
export function newStudy(workspace: Workspace): StudyProtocol {
  rmSync(studyPaths(workspace, 'fibrillation-anticoagulation').dir, { recursive: true, force: true });
  return registerProtocol(workspace, PROTOCOL, BY);
}

/** The account as the program makes it: gate, arms, exclusions, the run kept in the study's database, the steps. */
export async function accountByProgram(workspace: Workspace, study: StudyProtocol): Promise<Account> {
  const database = openStudyDatabase(workspace, study.study);
  const gate = await openGate(workspace, study.protocol);
  try {
    const run = await identify(database, study, gate, { ...BY, progress: silent });
    const { exclusions } = study.protocol;
    const judged = run.candidates.map(({ subject, rules }) => ({ subject, exclusions: rules }));
    const all = outcomes(
      exclusions.map(({ id }) => id),
      judged,
    );
    const steps = attritionSteps(run, { exclusions }, all);
    const removed = new Map(steps.map((step) => [step.id, step.removed]));
    return {
      identified: run.identified,
      arms: run.arms.map(({ id, found, authorized }) => ({ id, found, authorized })),
      overlap: sortedEntries(armOverlaps(run.candidates).map(({ arms, n }) => [arms.join('+'), n])),
      candidates: run.candidates.length,
      exclusions: exclusions.map(({ id }) => ({
        id,
        first: removed.get(id) ?? 0,
        all: all.filter((one) => one.all.includes(id)).length,
      })),
      included: steps.at(-1)?.n ?? 0,
    };
  } finally {
    gate.close();
    database.close();
  }
}
