import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importLines, line, linked, people, personsOf, quarantined, type Row } from './fills.test-support.ts';
import { known, newPlace } from './records.test-support.ts';

describe('linkage', () => {
  const finding: readonly [string, string, Row][] = [
    ['R20', 'anna', { number: ' 0100', family: 'Mueller', born: '03/04/1950' }],
    ['R20', 'ben', { number: '200' }],
    ['R21', 'ben', { family: 'ONEIL', given: 'BEN', born: '07/08/1961' }],
    ['R21', 'anna', { family: 'MULLER', given: 'Anna-Maria', born: '03/04/1950' }],
    ['R22', 'anna', { family: 'Muller', given: 'Anna', born: '03/04/1950' }],
    ['R22', 'ben', { family: 'O Neil', given: 'Ben Adam', born: '07/08/1961' }],
    ['R23', 'eva', { number: '300', born: '12/31/1970', family: 'Married' }],
    ['R26', 'anna', { number: '100', family: 'Schmidt', born: '03/04/1950' }],
    ['R26', 'anna', { number: '100', family: 'Müller', born: '04/03/1950' }],
    ['R26', 'anna', { number: '100' }],
  ];

  test('[R20][R21][R22][R23][R26] a row finds a person', async () => {
    const { report, found } = await linked(finding.map(([, , row]) => row));
    expect(found).toEqual(finding.map(([, person]) => person));
    expect(report).toMatchObject({ stored: finding.length, quarantined: 0, linkage: { unlinked: 0 } });
  });

  const missing: readonly [string, Row][] = [
    ['linkage.contradiction', { number: '100', family: 'Schmidt', born: '04/03/1950' }],
    ['linkage.contradiction', { number: '300', born: '12/31/1971' }],
    ['linkage.ambiguous', { family: 'Twin', given: 'Jo', born: '01/01/1980' }],
    ['linkage.ambiguous', { number: '600', family: 'First', born: '01/01/1930' }],
    ['linkage.none', { number: '999', family: 'Nobody' }],
    ['linkage.none', {}],
    ['linkage.none', { family: 'Katz', given: 'Eva', born: '1970' }],
    ['linkage.none', { family: 'Muller', given: 'Anna Sofia', born: '03/04/1950' }],
    ['linkage.none', { family: 'Müller', born: '03/04/1950' }],
  ];

  test('[R22][R23][R25][R26][R27] a row finds nobody, and the reason is told', async () => {
    const { report, found } = await linked(missing.map(([, row]) => row));
    expect(found).toEqual(missing.map(([reason]) => reason));
    expect(report).toMatchObject({ stored: 0, quarantined: missing.length });
    expect(report.reasons).toEqual({ 'linkage.ambiguous': 2, 'linkage.contradiction': 2, 'linkage.none': 5 });
  });

  test('[R24] the first rule that finds anybody decides', async () => {
    const { found } = await linked([
      { number: '200', family: "O'Neil" },
      { number: '200', family: 'Müller', given: 'Anna', born: '03/04/1950' },
      { number: '999', family: 'Müller', given: 'Anna', born: '03/04/1950' },
    ]);
    expect(found).toEqual(['ben', 'linkage.contradiction', 'anna']);
  });

  test("[R28] the source's own number finds whom another row of it found", async () => {
    const { report, found } = await linked([
      { patient: 'P1' },
      { patient: 'P1', number: '100' },
      { patient: 'P1', family: 'Schmidt', born: '01/01/2000' },
      { patient: 'P2', number: '100' },
      { patient: 'P2', number: '200' },
      { patient: 'P2' },
      { patient: 'P3' },
    ]);
    expect(found).toEqual([
      'anna',
      'anna',
      'linkage.contradiction',
      'anna',
      'ben',
      'linkage.ambiguous',
      'linkage.none',
    ]);
    expect(report.linkage).toMatchObject({
      byRule: { record_number: 3, 'family_name+given_name+birth_date': 0, source_patient: 1 },
      ambiguous: 1,
      contradiction: 1,
      unlinked: 1,
    });
  });

  test('[R27] the linkage file lists lines and reasons, and no names', async () => {
    using place = newPlace();
    await place.import(people);
    const report = await importLines(place, [line({ number: '100' }), line({ rx: 'C2', family: 'Schmidt' })]);
    const list = readFileSync(join(place.workspace.paths.records, report.linkage?.file ?? ''), 'utf8');
    expect(list).toBe('file,line,reason\nfills.csv,3,linkage.none\n');
    expect(quarantined(place, report)).toEqual([
      { file: 'fills.csv', line: 3, type: 'pharmacy', reason: 'linkage.none' },
    ]);
  });

  test('[R29] a row that found nobody finds the person who came since', async () => {
    using place = newPlace();
    await place.import(people.slice(0, 1));
    const row = line({ number: '200' });
    expect(await importLines(place, [row])).toMatchObject({ stored: 0, quarantined: 1, changed: false });
    await place.import(people);
    expect(await importLines(place, [row])).toMatchObject({ stored: 1, quarantined: 0, changed: true });
    expect(await personsOf(place)).toEqual(['C1 ben']);
  });

  test('[R29] a row that is linked no more is taken out, and comes back when it is', async () => {
    using place = newPlace();
    await place.import(people);
    await importLines(place, [line({ number: '200' })]);
    const double = known('double', '200', 'Other', 'Person', '2001-01-01');
    await place.import([double], 'double.ndjson');
    const lost = await importLines(place, [line({ number: '200' })]);
    expect(lost).toMatchObject({ lines: 1, stored: 0, superseded: 0, quarantined: 1, changed: true });
    expect(await personsOf(place)).toEqual([]);
    expect(await importLines(place, [line({ number: '200' })])).toMatchObject({ changed: false });
    await importLines(place, [line({ number: '100' })]);
    expect(await personsOf(place)).toEqual(['C1 anna']);
  });
});
