import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { personIdOf, silent } from '../base/index.ts';
import { openGate } from '../cohort/index.ts';
import { indexNotes } from '../notes/index.ts';
import { parseProtocol } from '../protocol/index.ts';
import { importFhir, openRecords } from '../records/index.ts';
import { initWorkspace } from '../workspace/index.ts';
import { psoriasisProtocol } from './psoriasis-protocol.test-support.ts';
import { treatmentExposures } from './treatment-exposures.ts';

const dir = mkdtempSync(join(tmpdir(), 'chartproof-treatments-'));
afterAll(() => rmSync(dir, { recursive: true }));

const protocol = parseProtocol(
  `${psoriasisProtocol.replace(
    'concepts:',
    'concepts:\n  steroids: { label: Steroids, drugs: { names: [prednisone] } }\n  light: { label: Light, drugs: { names: [psoralen] } }',
  )}
treatments:
  steroids: { label: Steroids, concept: steroids, sources: [order] }
  anything: { label: Any steroid, concept: steroids }
  light: { label: Light, concept: light }
  stated: { label: Methotrexate, statements: { instrument: baseline, start: started } }
`,
  'protocol.yaml',
);

const drug = (id: string, person: string, text: string, kind: 'MedicationRequest' | 'MedicationStatement') => ({
  resourceType: kind,
  id,
  status: 'active',
  subject: { reference: `Patient/${person}` },
  medicationCodeableConcept: { text },
  [kind === 'MedicationRequest' ? 'authoredOn' : 'effectiveDateTime']: '2015-06-01',
});

test('[R23] the rows of each treatment are read, of the persons asked for and authorized', async () => {
  const workspace = initWorkspace(join(dir, 'workspace'));
  const lines = [
    ...['1', '2', '3'].map((id) => ({ resourceType: 'Patient', id, name: [{ family: 'Known' }] })),
    drug('1', '1', 'Prednisone 10 mg', 'MedicationRequest'),
    drug('2', '1', 'Prednisone', 'MedicationStatement'),
    drug('3', '2', 'Prednisone', 'MedicationRequest'),
    drug('4', '3', 'Prednisone', 'MedicationRequest'),
    {
      resourceType: 'Consent',
      id: '2',
      status: 'active',
      scope: { coding: [{ code: 'research' }] },
      patient: { reference: 'Patient/2' },
      dateTime: '2014-01-01',
      provision: { type: 'deny' },
    },
  ];
  writeFileSync(join(dir, 'records.ndjson'), lines.map((line) => JSON.stringify(line)).join('\n'));
  await importFhir(workspace, [join(dir, 'records.ndjson')], { progress: silent, now: '2024-01-01T00:00:00Z' });
  const records = await openRecords(workspace);
  await indexNotes(workspace, records, { progress: silent }).finally(() => records.close());
  const gate = await openGate(workspace, protocol);
  try {
    const asked = ['1', '2'].map((id) => ({ personId: personIdOf(`Patient/${id}`) }));
    const found = await treatmentExposures(gate, asked);
    const told = Object.entries(found).map(([id, persons]) => [
      id,
      [...persons.values()].flat().map(({ source }) => source),
    ]);
    expect(Object.fromEntries(told)).toEqual({
      steroids: ['MedicationRequest/1'],
      anything: ['MedicationRequest/1', 'MedicationStatement/2'],
      light: [],
    });
  } finally {
    gate.close();
  }
});
