import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importVocabulary } from './import-vocabulary.ts';
import { type CodeEntry, type KnownCode, lookUpCode } from './look-up-code.ts';
import { openRecords } from './open-records.ts';
import { how, newPlace } from './records.test-support.ts';

const folder = join(import.meta.dirname, '../../../shared/data/icd');

describe('ICD-9-CM, ICD-10-CM of 2019 and the crosswalks between them', () => {
  test.skipIf(!existsSync(folder))(
    '[R6][R60][R62] are imported whole, and lead from a code to the other system and back (skipped where ../shared/data/icd is absent)',
    async () => {
      using place = newPlace();
      const report = await importVocabulary(place.workspace, [folder], how);
      expect(report.files.map(({ name, lines }) => [name, lines])).toEqual([
        ['icd-gem-10-to-9.csv.gz', 80_862],
        ['icd-gem-9-to-10.csv.gz', 24_438],
        ['icd10cm-2019.csv.gz', 94_444],
        ['icd9cm.csv.gz', 17_561],
      ]);
      expect(report).toMatchObject({ stored: 217_305, quarantined: 0 });
      expect(report.tables.concept_relationship).toBe(80_862 + 24_438);
      const kinds = 'SELECT relationship_id AS kind, count(*) AS n FROM concept_relationship GROUP BY 1 ORDER BY 1';
      expect(await place.query(kinds)).toEqual([
        { kind: 'GEM combination', n: String(9_033 + 2_338) },
        { kind: 'ICD10CM - ICD9CM gem', n: String(80_862 - 9_033) },
        { kind: 'ICD9CM - ICD10CM gem', n: String(24_438 - 2_338) },
      ]);
      const records = await openRecords(place.workspace);
      const look = (vocabulary: string, code: string) => lookUpCode(records, vocabulary, code);
      try {
        const skin = await look('ICD9CM', '709.3');
        expect(codes(skin?.mapsTo)).toEqual(['ICD10CM L92.1', 'ICD10CM L94.2', 'ICD10CM L98.8']);
        const cutis = await look('ICD10CM', 'L942');
        expect([codes(cutis?.above), codes(cutis?.below)]).toEqual([['ICD10CM L94'], []]);
        expect(codes(cutis?.mapsTo)).toEqual(['ICD9CM 709.3', 'ICD9CM 709.8']);
        expect(codes((await look('ICD10CM', 'L94'))?.below)).toEqual(
          ['0', '1', '2', '3', '4', '5', '6', '8', '9'].map((digit) => `ICD10CM L94.${digit}`),
        );
        expect(codes((await look('ICD9CM', 'E800.0'))?.above)).toEqual(['ICD9CM E800']);
      } finally {
        records.close();
      }
    },
  );
});

function codes(entries: CodeEntry['below'] | undefined): string[] {
  return (entries ?? []).map(({ vocabulary, code }: KnownCode) => `${vocabulary} ${code}`);
}
