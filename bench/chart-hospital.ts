/** Two charts to be opened: one of 20 notes, one of 2,000 with 20,000 measurements; and a study in which both are candidates. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { silent } from '../src/base/index.ts';
import { identify, openGate } from '../src/cohort/index.ts';
import { indexNotes } from '../src/notes/index.ts';
import { registerProtocol } from '../src/protocol/index.ts';
import { importFhir, openRecords } from '../src/records/index.ts';
import { initWorkspace, openStudyDatabase, type Workspace } from '../src/workspace/index.ts';

export const STUDY = 'chart-bench';
const BY = { actor: 'bench', at: '2026-01-01T00:00:00Z' };

const PROTOCOL = `
chartproof: 1
id: ${STUDY}
version: "1"
title: Two charts of unlike length
period: { start: 2010-01-01, end: 2020-12-31 }
concepts:
  gout: { label: Gout, codes: [{ system: ICD10CM, code: "M10" }], terms: [{ text: gout }, { text: tophus }] }
  pain: { label: Pain, terms: [{ text: pain }, { text: swelling }] }
authorization: { asOf: 2021-01-01, noneOnRecord: granted }
index: { label: First code, events: [{ condition: gout }] }
arms:
  - { id: coded, label: Coded, criterion: { condition: gout } }
instruments:
  - id: screening
    label: Screening
    fields: [{ id: gout, type: yesno, label: "Gout?" }]
review: { screening: screening, abstractors: 1 }
`;

/** Builds the workspace in a folder: the first candidate by notes has few, the other many. */
export async function buildCharts(dir: string, few: number, many: number, measurements: number): Promise<Workspace> {
  mkdirSync(dir, { recursive: true });
  const workspace = initWorkspace(join(dir, 'workspace'));
  const input = join(dir, 'records.ndjson');
  const lines = [...chartOf('few', few, measurements / 100), ...chartOf('many', many, measurements)];
  writeFileSync(input, lines.map((one) => JSON.stringify(one)).join('\n'));
  await importFhir(workspace, [input], { progress: silent, now: BY.at });
  const records = await openRecords(workspace);
  await indexNotes(workspace, records, { progress: silent });
  records.close();
  const file = join(dir, 'protocol.yaml');
  writeFileSync(file, PROTOCOL);
  const study = registerProtocol(workspace, file, BY);
  const database = openStudyDatabase(workspace, STUDY);
  const gate = await openGate(workspace, study.protocol);
  await identify(database, study, gate, { ...BY, progress: silent });
  gate.close();
  database.close();
  return workspace;
}

/** The subject of a chart of {@link buildCharts}. */
export function subjectNamed(workspace: Workspace, name: 'few' | 'many'): string {
  const database = openStudyDatabase(workspace, STUDY);
  const [row] = database.all(
    database.db.selectFrom('candidate').select('subject').where('person_source', '=', `Patient/${name}`),
  );
  database.close();
  return row?.subject ?? '';
}

function chartOf(patient: string, notes: number, measurements: number): object[] {
  const subject = { reference: `Patient/${patient}` };
  const day = (at: number, of: number): string =>
    new Date(Date.UTC(2010, 0, 1) + Math.floor((at / of) * 4_000) * 86_400_000).toISOString().slice(0, 10);
  return [
    { resourceType: 'Patient', id: patient, gender: 'female', birthDate: '1950-01-01' },
    {
      resourceType: 'Condition',
      id: patient,
      subject,
      code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'M10.9' }] },
      onsetDateTime: '2012-06-01',
    },
    ...Array.from({ length: notes }, (_, at) => ({
      resourceType: 'DocumentReference',
      id: `${patient}-${at}`,
      status: 'current',
      subject,
      type: { text: ['Progress note', 'Nurse note', 'Consult note'][at % 3] },
      date: `${day(at, notes)}T09:00:00Z`,
      content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(textOf(at)).toString('base64') } }],
    })),
    ...Array.from({ length: measurements }, (_, at) => ({
      resourceType: 'Observation',
      id: `${patient}-m${at}`,
      status: 'final',
      subject,
      category: [{ coding: [{ code: 'laboratory' }] }],
      code: { text: ['Urate', 'Creatinine', 'Weight'][at % 3] },
      effectiveDateTime: day(at, measurements),
      valueQuantity: { value: 4 + (at % 50) / 10, unit: 'mg/dL' },
    })),
  ];
}

/** About two thousand characters, half of them carried forward from note to note. */
function textOf(at: number): string {
  const carried =
    'The patient has a long history of gout with tophi of both hands, treated with allopurinol and colchicine. ';
  const own = `Visit ${at}: reports pain ${at % 7} of 10 after walking ${at * 3} metres, denies swelling of joint ${at % 28}. `;
  return `HPI:\n${carried.repeat(8)}\n\nExam:\n${own.repeat(10)}\n\nPlan:\nContinue. Return in ${at % 12} weeks.`;
}
