/** `chartproof treatments` as a user meets it, from FHIR lines to what it prints. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './source-files.ts';

const dir = mkdtempSync(join(tmpdir(), 'chartproof-treatments-'));
afterAll(() => rmSync(dir, { recursive: true }));

function chartproof(...words: readonly string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/chartproof.js'), ...words], {
    encoding: 'utf8',
    cwd: dir,
    env: { ...process.env, CHARTPROOF_WORKSPACE: join(dir, 'workspace') },
  });
  return { code: status, out: stdout, err: stderr };
}

const PROTOCOL = `
chartproof: 1
id: asthma
version: "1"
title: Omalizumab for asthma
period: { start: "2014", end: "2016" }
concepts:
  asthma: { label: Asthma, codes: [{ system: ICD10CM, code: J45 }] }
  omalizumab: { label: Omalizumab, drugs: { names: [omalizumab] } }
  prednisone: { label: Prednisone, drugs: { names: [prednisone] } }
authorization: { asOf: "2020", noneOnRecord: granted }
arms: [{ id: coded, label: Coded, criterion: { condition: asthma } }]
instruments:
  - { id: screening, label: Screening, fields: [{ id: asthma, type: yesno, label: "Asthma?" }] }
review: { screening: screening, abstractors: 1 }
`;

const TREATMENTS = `
treatments:
  omalizumab: { label: Omalizumab, concept: omalizumab, gap: 45 days, persistence: 3 months }
  steroids:
    label: Oral steroids
    concept: prednisone
    relativeTo: { start: treatments.omalizumab.first, stop: treatments.omalizumab.last }
    windows: { prior: 6 months, concurrent: true, recentlyChanged: { within: 1 month } }
`;

const subject = { reference: 'Patient/1' };
const given = (id: string, day: string) => ({
  resourceType: 'MedicationAdministration',
  id,
  status: 'completed',
  subject,
  medicationCodeableConcept: { text: 'Omalizumab' },
  effectiveDateTime: day,
  dosage: { dose: { value: 300, unit: 'mg' } },
});
const dispensed = (id: string, day: string, text: string) => ({
  resourceType: 'MedicationDispense',
  id,
  status: 'completed',
  subject,
  medicationCodeableConcept: { text },
  whenHandedOver: day,
  quantity: { value: 30, unit: 'tablet' },
  daysSupply: { value: 30, unit: 'days', code: 'd', system: 'http://unitsofmeasure.org' },
  dosageInstruction: [
    {
      timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } },
      doseAndRate: [{ doseQuantity: { value: 1, unit: 'tablet' } }],
    },
  ],
});

beforeAll(() => {
  const lines = [
    { resourceType: 'Patient', id: '1', gender: 'female', birthDate: '1970', name: [{ family: 'Known' }] },
    {
      resourceType: 'Condition',
      id: '1',
      subject,
      code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'J45.5' }] },
      onsetDateTime: '2014-01-01',
    },
    given('1', '2015-03-10'),
    given('2', '2015-04-07'),
    given('3', '2015-05'),
    dispensed('1', '2014-12-20', 'Prednisone 20 mg tablet'),
    dispensed('2', '2015-01-19', 'Prednisone 10 mg tablet'),
    dispensed('3', '2015', 'Prednisone 5 mg tablet'),
  ];
  writeFileSync(join(dir, 'records.ndjson'), lines.map((line) => JSON.stringify(line)).join('\n'));
  writeFileSync(join(dir, 'plain.yaml'), PROTOCOL);
  writeFileSync(join(dir, 'protocol.yaml'), PROTOCOL.replace('version: "1"', 'version: "2"') + TREATMENTS);
  for (const words of [
    ['init', 'workspace'],
    ['import', 'fhir', 'records.ndjson'],
    ['study', 'add', 'plain.yaml'],
    ['cohort', 'run', 'asthma'],
  ])
    expect(chartproof(...words), words.join(' ')).toMatchObject({ code: 0 });
});

test('a study without treatments, a person that is not read and a study that is not there are refused', () => {
  expect(chartproof('treatments', 'asthma')).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('asks for no treatments'),
  });
  expect(chartproof('treatments', 'nosuch')).toMatchObject({ code: 1, err: expect.stringContaining('no study') });
  expect(chartproof('treatments')).toMatchObject({ code: 2 });
});

test('the episodes of a person, the answers, and the rows behind them', () => {
  expect(chartproof('study', 'add', 'protocol.yaml')).toMatchObject({ code: 0 });
  expect(chartproof('cohort', 'run', 'asthma')).toMatchObject({ code: 0 });
  expect(chartproof('treatments', 'asthma')).toMatchObject({ code: 0, out: 'Nobody is included yet.\n' });
  expect(chartproof('treatments', 'asthma', 'Patient/2')).toMatchObject({ code: 1, out: '' });
  const { code, out, err } = chartproof('treatments', 'asthma', 'S001');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatchInlineSnapshot(`
    "S001
      Omalizumab: 1 episode, 2015-03-10 to 2015-05 (may be several).
        persistent (3 months from the first start): no; with the drug on 3.26 % of the days
        2015-03-10 to 2015-05 (may be several) · dose 300 mg · amount 900 mg
          administration MedicationAdministration/1 from 2015-03-10, 1 day alone: Omalizumab
          administration MedicationAdministration/2 from 2015-04-07, 1 day alone: Omalizumab
          administration MedicationAdministration/3 from 2015-05, 1 day alone: Omalizumab
      Oral steroids: 1 episode, 2014-12-20 to between 2015-02-17 and 2016-01-29 (may be several).
        prior (within 6 months before 2015-03-10): yes
        concurrent (on a day from 2015-03-10 to 2015-05): unknown
        recently changed (within 1 month before 2015-03-10, or from then to 2015-05): yes
        2014-12-20 to between 2015-02-17 and 2016-01-29 (may be several) · dose 20 mg a day (strength by the text) · 1 a day · amount 90 tablet · 3 fills · 2 refills
          dispense MedicationDispense/1 from 2014-12-20, 30 days by its days of supply: Prednisone 20 mg tablet
          dispense MedicationDispense/3 from 2015, 30 days by its days of supply: Prednisone 5 mg tablet
          dispense MedicationDispense/2 from 2015-01-19, 30 days by its days of supply: Prednisone 10 mg tablet
    "
  `);
  const [told] = JSON.parse(chartproof('treatments', 'asthma', 'Patient/1', '--json').out);
  expect(told).toMatchObject({
    subject: 'S001',
    treatments: {
      omalizumab: { first: '2015-03-10', ongoing: false, amount: 900, amountUnit: 'mg' },
      steroids: {
        prior: true,
        relativeTo: { start: '2015-03-10' },
        uses: [{ kind: 'dispense', endBy: 'supply' }, {}, {}],
      },
    },
  });
  expect(told.treatments.steroids).not.toHaveProperty('concurrent');
});
