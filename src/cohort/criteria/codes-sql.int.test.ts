import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silent } from '../../base/index.ts';
import { indexNotes } from '../../notes/index.ts';
import { importVocabulary, openRecords } from '../../records/index.ts';
import { goutProtocol, hospital } from '../hospital.test-support.ts';
import { compileCriterion } from './criterion-sql.ts';

const crosswalk = join(import.meta.dirname, '../../../shared/data/icd/icd-gem-9-to-10.csv.gz');

test.skipIf(!existsSync(crosswalk))(
  '[R41][R43] "709.3 and what it maps to" finds the codes of ICD-10-CM that the crosswalk gives (skipped where ../shared/data/icd is absent)',
  async () => {
    const codes = ['709.3', '7093', '709.8', 'L94.2', 'L942', 'L92.1', 'L98.8', 'L94.3', 'L94'];
    using place = await hospital(codes.map((code) => ({ id: code, conditions: [{ code }] })));
    const { workspace } = place;
    await importVocabulary(workspace, [crosswalk], { progress: silent, now: '2024-01-01T00:00:00Z' });
    const records = await openRecords(workspace);
    await indexNotes(workspace, records, { progress: silent }).finally(() => records.close());
    const skin = { label: 'Skin', codes: [{ system: 'ICD9CM', code: '709.3', mapped: true }] };
    const back = { label: 'Back', codes: [{ system: 'ICD10CM', code: 'L94.2', mapped: true }] };
    using gate = await place.gate(goutProtocol({ concepts: { skin, back, gout: skin } }));
    const { sql, parameters } = await compileCriterion(gate, { condition: 'skin', atLeast: 1 }, 'authorized');
    const found = await gate.all<{ id: string }>(
      `SELECT person_source_value AS id FROM person WHERE person_id IN (${sql}) ORDER BY id`,
      parameters,
    );
    expect(found.map(({ id }) => id.replace('Patient/', ''))).toEqual([
      '709.3',
      '7093',
      'L92.1',
      'L94.2',
      'L942',
      'L98.8',
    ]);
    // A crosswalk has one direction: the way back is another file.
    await expect(compileCriterion(gate, { condition: 'back', atLeast: 1 }, 'authorized')).rejects.toMatchObject({
      code: 'cohort.no-crosswalk',
    });
  },
);
