/** A whole small study for the tests of this room: from FHIR lines through a finished review to a release. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silent } from '../base/index.ts';
import { identify, openGate } from '../cohort/index.ts';
import { indexNotes } from '../notes/index.ts';
import { registerProtocol } from '../protocol/index.ts';
import { importFhir, openRecords } from '../records/index.ts';
import { type AdjudicationEntry, type Entry, type OpenStudy, storeEntries, withStudy } from '../review/index.ts';
import { initWorkspace, openStudyDatabase, type Workspace } from '../workspace/index.ts';
import { type Published, publishStudy } from './publish-study.ts';

/** Who does it, and when. */
export const BY = { actor: 'steward', at: '2024-01-01T00:00:00Z' };
const NOTE = 'Vitiligo of the face. Repigmented on tacrolimus.';

const PROTOCOL = `
chartproof: 1
id: vitiligo
version: "1"
title: Tacrolimus for vitiligo
period: { start: 2014-01-01, end: 2018-12-31 }
concepts: { vitiligo: { label: Vitiligo, codes: [{ system: ICD10CM, code: "L80" }] } }
authorization: { asOf: 2020-01-01, noneOnRecord: granted }
arms: [{ id: coded, label: Coded, criterion: { condition: vitiligo } }]
instruments:
  - id: screening
    label: Screening
    fields: [{ id: eligible, type: yesno, label: "Eligible?", evidence: none }]
  - id: course
    label: Course
    fields: [{ id: better, type: yesno, label: "Repigmented?" }]
review: { screening: screening, abstractors: 2 }
variables: [{ id: age, label: Age, unit: a, value: person.birthDate.yearsTo(%study.start) }]
tables:
  - id: course
    title: Course
    columns: [{ id: total, label: Total, total: true }]
    groups: [{ id: better, label: Better, rows: [{ id: better, label: Better, when: course.better = true }] }]
statistics:
  - { id: better, label: Better, proportion: course.better = true }
`;

/** A study whose review is finished but for the entries named; it is removed at the end of the `using` block. */
export interface VitiligoStudy extends Disposable {
  readonly workspace: Workspace;
  /** `accepting` is why warnings are accepted; null where they are not. */
  publish(accepting?: string | null): Promise<Published>;
  /** Stores entries. */
  say(...entries: readonly Entry[]): Promise<unknown>;
  within<Result>(work: (open: OpenStudy) => Promise<Result> | Result): Promise<Result>;
}

/**
 * Two persons, both included, and one without a code; the second one's chart differs until it is adjudicated. `parts` are added
 * to the protocol.
 */
export async function vitiligoStudy(parts = ''): Promise<VitiligoStudy> {
  const dir = mkdtempSync(join(tmpdir(), 'chartproof-publish-'));
  const workspace = initWorkspace(join(dir, 'workspace'));
  await importPersons(workspace, join(dir, 'records.ndjson'));
  writeFileSync(join(dir, 'protocol.yaml'), `${PROTOCOL}${parts}`);
  const study = registerProtocol(workspace, join(dir, 'protocol.yaml'), BY);
  const database = openStudyDatabase(workspace, study.study);
  const gate = await openGate(workspace, study.protocol);
  await identify(database, study, gate, { ...BY, progress: silent });
  gate.close();
  database.close();
  const within: VitiligoStudy['within'] = (work) => withStudy(workspace, 'vitiligo', 'of-cohort', work);
  const say: VitiligoStudy['say'] = (...entries) =>
    within(({ review }) =>
      storeEntries(
        review,
        entries.map((entry) => ({ entry })),
        { ...BY, progress: silent },
      ),
    );
  for (const reviewer of ['anna', 'ben'])
    for (const id of ['1', '2'])
      await say(screened(reviewer, id), course(reviewer, id, id === '1' || reviewer === 'anna'));
  return {
    workspace,
    publish: (accepting: string | null = 'invented') =>
      within((open) => publishStudy(workspace, open, { ...BY, progress: silent, accepting: accepting ?? undefined })),
    say,
    within,
    [Symbol.dispose]: () => rmSync(dir, { recursive: true }),
  };
}

const common = (id: string) => ({ person: `Patient/${id}`, at: '2024-02-01T00:00:00Z' });

function screened(reviewer: string, id: string): Entry {
  const values = { eligible: { value: true, evidence: [] } };
  return { kind: 'abstraction', ...common(id), reviewer, instrument: 'screening', values };
}

function course(reviewer: string, id: string, better: boolean): Entry {
  return { kind: 'abstraction', ...common(id), reviewer, instrument: 'course', values: { better: cited(id, better) } };
}

/** The adjudicator's word on the second chart. */
export const adjudicated: AdjudicationEntry = {
  kind: 'adjudication',
  ...common('2'),
  adjudicator: 'carl',
  instrument: 'course',
  field: 'better',
  answer: cited('2', false),
  reason: 'not on the face',
};

function cited(id: string, value: boolean) {
  const quote = 'Repigmented on tacrolimus';
  const start = NOTE.indexOf(quote);
  return { value, evidence: [{ note: `DocumentReference/${id}`, start, end: start + quote.length, quote }] };
}

async function importPersons(workspace: Workspace, file: string): Promise<void> {
  const lines = ['1', '2', '3'].flatMap((id) => {
    const subject = { reference: `Patient/${id}` };
    const vitiligo = { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'L80' }] };
    const data = Buffer.from(NOTE).toString('base64');
    return [
      { resourceType: 'Patient', id, gender: 'female', birthDate: '1970-07-15', name: [{ family: 'Quackenbush' }] },
      ...(id === '3' ? [] : [{ resourceType: 'Condition', id, subject, code: vitiligo, onsetDateTime: '2015-02-01' }]),
      {
        resourceType: 'DocumentReference',
        id,
        subject,
        date: '2015-04-01',
        content: [{ attachment: { contentType: 'text/plain', data } }],
      },
    ];
  });
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  await importFhir(workspace, [file], { progress: silent, now: BY.at });
  const records = await openRecords(workspace);
  try {
    await indexNotes(workspace, records, { progress: silent });
  } finally {
    records.close();
  }
}

/** Every file of a release by name, as bytes. */
export function filesOf(folder: string): Map<string, Buffer> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    names
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path)]),
  );
}
