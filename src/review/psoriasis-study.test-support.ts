/** A small study for the tests of this room: psoriasis on methotrexate, three candidates, two abstractors a chart. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChartproofError, placeText, silent } from '../base/index.ts';
import { type CohortRun, identify, openGate } from '../cohort/index.ts';
import { indexNotes } from '../notes/index.ts';
import { registerProtocol } from '../protocol/index.ts';
import { importFhir, openRecords } from '../records/index.ts';
import { initWorkspace, openStudyDatabase, openWorkspace, type Workspace } from '../workspace/index.ts';
import type { LoadReport } from './load-entries.ts';
import { loadEntryFiles } from './load-entries.ts';
import { openReview, type Review } from './open-review.ts';
import { psoriasisProtocol } from './psoriasis-protocol.test-support.ts';

/** Text of the notes by source id. Patient/4 has refused; Patient/5 has no code of psoriasis. */
export const notes: Readonly<Record<string, string>> = {
  'DocumentReference/1': 'Severe plaque psoriasis. Smokes, 20 pack-years. Methotrexate since 2015-03-01.',
  'DocumentReference/2': 'Mild psoriasis of the elbows. Never smoked. Methotrexate begun in 2016.',
  'DocumentReference/3': 'Severe psoriasis of the scalp. Never smoked. Skin is clear today.',
  'DocumentReference/4': 'Severe psoriasis. Does not want research.',
  'DocumentReference/5': 'Scaly elbows. Psoriasis was seen elsewhere.',
};

const BY = { actor: 'steward', at: '2024-01-01T00:00:00Z' };

/** Who loads. */
export const loading = { ...BY, progress: silent };

/** An open study of its own; it is closed and removed at the end of the `using` block. */
export interface PsoriasisStudy extends Disposable {
  readonly workspace: Workspace;
  readonly review: Review;
  readonly run: CohortRun;
  /** Subject id of `Patient/1`, ... */
  subject(person: string): string;
  /** Writes lines to `entries.ndjson` and loads it. */
  load(...lines: readonly (object | string)[]): Promise<LoadReport>;
  /** What is wrong with lines, as `line code message`; empty where they were loaded. */
  problems(...lines: readonly (object | string)[]): Promise<string[]>;
  /** Everything that is stored of the review, to compare before and after. */
  stored(): unknown;
}

/** What a test needs of the study besides: another protocol of the same id, further resources. */
export interface PsoriasisOptions {
  readonly protocol?: string;
  readonly resources?: readonly object[];
}

const templates = new Map<readonly object[] | undefined, Promise<string>>();

/** Opens a copy of the study; the records are imported once a test file. */
export async function psoriasisStudy({ protocol, resources }: PsoriasisOptions = {}): Promise<PsoriasisStudy> {
  const template = templates.get(resources) ?? buildWorkspace(resources);
  templates.set(resources, template);
  const dir = mkdtempSync(join(tmpdir(), 'chartproof-review-'));
  cpSync(await template, join(dir, 'workspace'), { recursive: true });
  const workspace = openWorkspace(join(dir, 'workspace'));
  writeFileSync(join(dir, 'protocol.yaml'), protocol ?? psoriasisProtocol);
  const study = registerProtocol(workspace, join(dir, 'protocol.yaml'), BY);
  const database = openStudyDatabase(workspace, study.study);
  const gate = await openGate(workspace, study.protocol);
  const run = await identify(database, study, gate, { ...BY, progress: silent });
  const review = await openReview(database, gate);
  const file = join(dir, 'entries.ndjson');
  const load: PsoriasisStudy['load'] = (...lines) => {
    const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
    writeFileSync(file, texts.join('\n'));
    return loadEntryFiles(review, [file], loading);
  };
  return {
    workspace,
    review,
    run,
    load,
    subject: (person) => [...review.persons.values()].find((one) => one.person === person)?.subject ?? '',
    problems: async (...lines) => {
      try {
        await load(...lines);
        return [];
      } catch (error) {
        if (!(error instanceof ChartproofError)) throw error;
        return error.problems.map(({ place, code, message }) => {
          const where = place ? placeText(place).slice(dir.length + 1) : '';
          return `${where} ${code}: ${message}`;
        });
      }
    },
    stored: () =>
      ['revision', 'evidence', 'audit'].map((table) => database.sql.prepare(`SELECT * FROM ${table}`).all()),
    [Symbol.dispose]: () => {
      gate.close();
      database.close();
      rmSync(dir, { recursive: true });
    },
  };
}

async function buildWorkspace(more: readonly object[] = []): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'chartproof-review-records-'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  const workspace = initWorkspace(join(dir, 'workspace'));
  const input = join(dir, 'records.ndjson');
  writeFileSync(input, [...resources(), ...more].map((one) => JSON.stringify(one)).join('\n'));
  await importFhir(workspace, [input], { progress: silent, now: BY.at });
  const records = await openRecords(workspace);
  try {
    await indexNotes(workspace, records, { progress: silent });
  } finally {
    records.close();
  }
  return workspace.dir;
}

function resources(): object[] {
  const subject = (id: string) => ({ reference: `Patient/${id}` });
  const psoriasis = { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'L40.0' }] };
  const research = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'research' }] };
  return [
    ...['1', '2', '3', '4', '5'].map((id) => ({
      resourceType: 'Patient',
      id,
      name: [{ family: `Family${id}` }],
      gender: id === '2' ? 'male' : 'female',
      birthDate: `196${id}-05-01`,
    })),
    ...['1', '2', '3', '4'].map((id) => ({
      resourceType: 'Condition',
      id,
      subject: subject(id),
      code: psoriasis,
      onsetDateTime: '2015-02-01',
    })),
    ...Object.entries(notes).map(([source, text]) => ({
      resourceType: 'DocumentReference',
      id: source.split('/')[1],
      status: 'current',
      subject: subject(source.split('/')[1] ?? ''),
      date: '2015-04-01T09:00:00Z',
      content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }],
    })),
    {
      resourceType: 'Consent',
      id: '4',
      status: 'active',
      scope: research,
      patient: subject('4'),
      dateTime: '2014-01-01',
      provision: { type: 'deny' },
    },
  ];
}
