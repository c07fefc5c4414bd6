/** The psoriasis study with a table and a statistic, its review finished: for the tests of results and of the protocol. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { silent } from '../base/index.ts';
import { identify, openGate } from '../cohort/index.ts';
import { registerProtocolText } from '../protocol/index.ts';
import { psoriasisProtocol } from '../review/psoriasis-protocol.test-support.ts';
import { notes } from '../review/psoriasis-study.test-support.ts';
import { openStudyDatabase, studyPaths } from '../workspace/index.ts';
import { type ServedStudy, servedStudy } from './served-study.test-support.ts';

const BY = { actor: 'steward', at: '2024-01-02T00:00:00Z' };

/** The protocol of {@link servedResults}. */
export const resultsProtocol = `${psoriasisProtocol.replace('version: "1"', 'version: "2"')}
variables: [{ id: pack_years, label: Pack-years, unit: a, value: baseline.pack_years }]
tables:
  - id: baseline
    title: Before treatment
    columns: [{ id: total, label: Total, total: true, format: n (%) }]
    footnotes: [Of the whole table.]
    groups:
      - id: severity
        label: Severity
        rows:
          - { id: severe, label: Severe, when: baseline.severity = 'severe' }
          - { id: mild, label: Mild, when: baseline.severity = 'mild' }
figures: [{ id: smoking, kind: waterfall, title: Pack-years, value: baseline.pack_years }]
statistics: [{ id: severe, label: Severe psoriasis, proportion: baseline.severity = 'severe' }]
`;

/** `isFinished: false` leaves out one chart of the second abstractor. */
export async function servedResults({ isFinished = true } = {}): Promise<ServedStudy> {
  const served = await servedStudy();
  await within(served, resultsProtocol);
  const charts = ['1', '2', '3'].flatMap((id) => ['anna', 'ben'].map((reviewer) => ({ id, reviewer })));
  const said = isFinished ? charts : charts.slice(0, -1);
  await served.of.load(...said.flatMap(({ id, reviewer }) => entriesOf(id, reviewer)));
  return served;
}

/** Puts a protocol into force and identifies its candidates. */
export async function within({ of: { workspace }, study }: ServedStudy, yaml: string): Promise<void> {
  const registered = registerProtocolText(workspace, { yaml, file: 'protocol.yaml' }, BY);
  const database = openStudyDatabase(workspace, study);
  const gate = await openGate(workspace, registered.protocol);
  await identify(database, registered, gate, { ...BY, progress: silent });
  gate.close();
  database.close();
}

/** Writes the text of the study. */
export function writeText({ of: { workspace, review } }: ServedStudy, text: string): void {
  const { dir } = studyPaths(workspace, review.protocol.id as Parameters<typeof studyPaths>[1]);
  writeFileSync(join(dir, 'manuscript.md'), text);
}

/** What is kept in the audit trail of an action, in order. */
export function audited({ of: { workspace }, study }: ServedStudy, action: string) {
  const database = openStudyDatabase(workspace, study);
  const rows = database.all(database.db.selectFrom('audit').selectAll().where('action', '=', action).orderBy('seq'));
  database.close();
  return rows.map(({ actor, subject, detail }) => ({ actor, subject, detail: JSON.parse(detail) as unknown }));
}

/** What one abstractor says of one chart; of the third `severity` may be another one. */
export function entriesOf(id: string, reviewer: string, severity = id === '2' ? 'mild' : 'severe'): object[] {
  const common = { kind: 'abstraction', person: `Patient/${id}`, reviewer, at: '2024-02-01T00:00:00Z' };
  const cited = (value: unknown, quote: string) => ({ value, evidence: [placeOf(id, quote)] });
  const smokes = id === '1';
  return [
    { ...common, instrument: 'screening', values: { psoriasis: { value: true } } },
    {
      ...common,
      instrument: 'baseline',
      values: {
        severity: cited(severity, id === '2' ? 'Mild psoriasis' : 'Severe'),
        smoker: cited(smokes, smokes ? 'Smokes' : 'Never smoked'),
        ...(smokes ? { pack_years: cited(20, '20 pack-years') } : {}),
        started: {
          missing: 'not-documented',
          coverage: { notes: [`DocumentReference/${id}`], terms: ['methotrexate'] },
        },
      },
    },
  ];
}

function placeOf(id: string, quote: string) {
  const note = `DocumentReference/${id}`;
  const start = (notes[note] ?? '').indexOf(quote);
  return { note, start, end: start + quote.length, quote };
}
