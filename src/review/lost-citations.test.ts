import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silent } from '../base/index.ts';
import { openGate } from '../cohort/index.ts';
import { indexNotes } from '../notes/index.ts';
import { importFhir, openRecords } from '../records/index.ts';
import { abstraction, cited, screening, severeSmoker } from './entries.test-support.ts';
import { type LostCitations, lostCitations } from './lost-citations.ts';
import { openReview } from './open-review.ts';
import { type PsoriasisStudy, psoriasisStudy } from './psoriasis-study.test-support.ts';

/** Imports resources, and holds the citations of these persons against what the records are then. */
async function lostAfter(
  study: PsoriasisStudy,
  resources: readonly object[],
  persons = ['Patient/1', 'Patient/2'],
): Promise<LostCitations> {
  const { workspace, review } = study;
  const file = join(workspace.dir, '..', 'newer.ndjson');
  writeFileSync(file, resources.map((one) => JSON.stringify(one)).join('\n'));
  await importFhir(workspace, [file], { progress: silent, now: '2024-03-01T00:00:00Z' });
  const records = await openRecords(workspace);
  await indexNotes(workspace, records, { progress: silent }).finally(() => records.close());
  const gate = await openGate(workspace, review.protocol);
  try {
    const after = await openReview(review.database, gate);
    return await lostCitations(review, after, new Set(persons.map(study.subject)));
  } finally {
    gate.close();
  }
}

const note = (id: string, text: string, patient = id) => ({
  resourceType: 'DocumentReference',
  id,
  status: 'current',
  subject: { reference: `Patient/${patient}` },
  date: '2015-04-01T09:00:00Z',
  content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }],
});

test('[R3] citations that stood and stand no longer in newer records are counted, of the newest answers', async () => {
  using study = await psoriasisStudy();
  const withRecord = { ...severeSmoker, started: { value: '2015-03-01', evidence: [{ record: 'Condition/1' }] } };
  await study.load(screening(), abstraction({ values: { ...severeSmoker, pack_years: cited(2, '2') } }));
  await study.load(abstraction({ at: '2024-02-03T00:00:00Z', values: withRecord }));
  await study.load(abstraction({ person: 'Patient/2', values: { severity: cited('mild', 'Mild', '2') } }));
  const subject = study.subject('Patient/1');

  const other = { resourceType: 'Observation', id: '9', status: 'final', subject: { reference: 'Patient/1' } };
  expect(await lostAfter(study, [other])).toEqual({ stood: 5, notes: 0, records: 0, subjects: [] });

  // The first words stay where they were, the other two quotations move; the row is somebody else's now.
  const changed = [
    note('1', 'Severe plaque psoriasis. He smokes, 20 pack-years. Methotrexate since 2015-03-01.'),
    { resourceType: 'Condition', id: '1', subject: { reference: 'Patient/2' }, code: { text: 'Psoriasis' } },
  ];
  expect(await lostAfter(study, changed)).toEqual({ stood: 5, notes: 2, records: 1, subjects: [subject] });
  expect(await lostAfter(study, [note('2', 'Withdrawn.')], ['Patient/1'])).toMatchObject({ stood: 4, notes: 2 });
});

test('[R3] a note that is another person’s now is lost', async () => {
  using study = await psoriasisStudy();
  await study.load(abstraction());
  const text = 'Severe plaque psoriasis. Smokes, 20 pack-years. Methotrexate since 2015-03-01.';
  expect(await lostAfter(study, [note('1', text, '2')])).toMatchObject({ stood: 4, notes: 4, records: 0 });
});
