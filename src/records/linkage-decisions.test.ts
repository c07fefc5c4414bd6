import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importLines, line, people, personsOf } from './fills.test-support.ts';
import type { ImportReport } from './import-report.ts';
import { known, newPlace, type Place } from './records.test-support.ts';
import { decideRow } from './table/decide-row.ts';
import { decisionsByRow, decisionsPath, type LinkageDecision } from './table/decisions.ts';
import { openRows } from './table/proposals.ts';

const TWIN = 'pharmacy/C1|05/06/2014';
const twins = [line({ family: 'Twin', given: 'Jo', born: '01/01/1980' }), line({ rx: 'C2', number: '200' })];

function decide(place: Place, verdict: LinkageDecision['verdict'], person: string, row = TWIN, by = 'steward') {
  return decideRow(place.workspace, { row, person, verdict, by, at: '2024-02-03T04:05:06Z' });
}

describe('what a steward decides', () => {
  test('[R109] a confirmed row is linked by the next import, before every rule', async () => {
    using place = newPlace();
    await place.import(people);
    const before = await importLines(place, twins);
    expect(before.linkage).toMatchObject({ ambiguous: 1, proposed: 1, byRule: { confirmed: 0, record_number: 1 } });
    await decide(place, 'confirmed', 'Patient/jo2');
    expect(await openRows(place.workspace)).toEqual([]);
    const after = await importLines(place, twins);
    expect(after.linkage).toMatchObject({ ambiguous: 0, proposed: 0, byRule: { confirmed: 1, record_number: 1 } });
    expect(await personsOf(place)).toEqual(['C1 jo2', 'C2 ben']);
    expect(after).toMatchObject({ stored: 1, superseded: 1, quarantined: 0 });
  });

  test('[R109] the last decision holds: what was confirmed can be taken back', async () => {
    using place = newPlace();
    await place.import(people);
    await importLines(place, twins);
    await decide(place, 'confirmed', 'Patient/jo2');
    await importLines(place, twins);
    await decide(place, 'rejected', 'Patient/jo2');
    await importLines(place, twins);
    expect(await personsOf(place)).toEqual(['C2 ben']);
    await decide(place, 'confirmed', 'Patient/jo1');
    await importLines(place, twins);
    expect(await personsOf(place)).toEqual(['C1 jo1', 'C2 ben']);
  });

  test('[R110] a rejected person is not proposed again, and the other is not linked for that', async () => {
    using place = newPlace();
    await place.import(people);
    await importLines(place, twins);
    await decide(place, 'rejected', 'Patient/jo1', 'fills.csv:2');
    const persons = async () =>
      (await openRows(place.workspace)).map(({ candidates }) => candidates.map(({ person }) => person));
    expect(await persons()).toEqual([['Patient/jo2']]);
    const report = await importLines(place, twins);
    expect(report.linkage).toMatchObject({ ambiguous: 1, proposed: 1 });
    expect(await persons()).toEqual([['Patient/jo2']]);
  });

  test("[R110] a person whom a rule finds is not linked to a row that is another's", async () => {
    using place = newPlace();
    await place.import(people);
    const wrong = [line({ number: '999', family: 'Katz', given: 'Eva' })];
    await importLines(place, wrong);
    await decide(place, 'rejected', 'Patient/eva');
    const report = await importLines(place, [line({ number: '300', family: 'Katz', given: 'Eva' })]);
    expect(report.linkage).toMatchObject({ rejected: 1, proposed: 0, byRule: { record_number: 0 } });
    expect(report.reasons).toEqual({ 'linkage.rejected': 1 });
    expect(await personsOf(place)).toEqual([]);
  });

  test.each(['pharmacy/C2|05/06/2014', 'fills.csv:3'])(
    '[R110] a row that a rule has linked, %s, can be taken from its person, and then waits for a steward',
    async (row) => {
      using place = newPlace();
      await place.import(people);
      await importLines(place, twins);
      expect(await personsOf(place)).toEqual(['C2 ben']);
      await expect(decide(place, 'rejected', 'Patient/ben', row)).resolves.toMatchObject({
        row: 'pharmacy/C2|05/06/2014',
      });
      const report = await importLines(place, twins);
      expect(report.linkage).toMatchObject({ rejected: 1 });
      expect(await personsOf(place)).toEqual([]);
      expect((await openRows(place.workspace)).map(({ line: at }) => at).sort()).toEqual([2, 3]);
      await expect(decide(place, 'rejected', 'Patient/ben', 'Patient/ben')).rejects.toMatchObject({
        code: 'linkage.unknown-row',
      });
    },
  );

  test('[R114] a row is open again when its confirmed person is gone', async () => {
    using place = newPlace();
    await place.import(people);
    await importLines(place, twins);
    await decide(place, 'confirmed', 'Patient/jo2');
    expect(await openRows(place.workspace)).toEqual([]);
    const replaced = { link: [{ type: 'replaced-by', other: { reference: 'Patient/jo1' } }] };
    await place.import(
      [
        {
          ...known('jo2', '00500', 'Twin', 'Jo', '1980-01-01'),
          ...replaced,
          meta: { lastUpdated: '2024-02-01T00:00:00Z' },
        },
      ],
      'replaced.ndjson',
    );
    expect((await openRows(place.workspace)).map(({ row }) => row)).toEqual([TWIN]);
  });

  test('[R113] the same files and decisions give the same snapshot, whoever decided and when', async () => {
    const run = async (by: string, person: string): Promise<ImportReport> => {
      using place = newPlace();
      await place.import(people);
      await importLines(place, twins);
      await decide(place, 'rejected', 'Patient/jo2', TWIN, by);
      await decide(place, 'confirmed', person, TWIN, by);
      return await importLines(place, twins);
    };
    const [first, again, other] = [
      await run('a', 'Patient/jo1'),
      await run('b', 'Patient/jo1'),
      await run('a', 'Patient/jo2'),
    ];
    expect(again.snapshot).toBe(first.snapshot);
    expect(other.snapshot).not.toBe(first.snapshot);
    expect(first.files).toHaveLength(1);
  });

  test('[R113] who decided and when is kept, line after line', async () => {
    using place = newPlace();
    await place.import(people);
    await importLines(place, twins);
    await decide(place, 'rejected', 'Patient/jo1');
    await decide(place, 'confirmed', 'Patient/jo2');
    const lines = readFileSync(decisionsPath(place.workspace), 'utf8').trim().split('\n');
    expect(lines.map((each) => JSON.parse(each))).toEqual([
      { row: TWIN, person: 'Patient/jo1', verdict: 'rejected', by: 'steward', at: '2024-02-03T04:05:06Z' },
      { row: TWIN, person: 'Patient/jo2', verdict: 'confirmed', by: 'steward', at: '2024-02-03T04:05:06Z' },
    ]);
  });

  test('about a row or a person that is not there is an error, and so is a line that cannot be read', async () => {
    using place = newPlace();
    await place.import(people);
    await importLines(place, twins);
    await expect(decide(place, 'confirmed', 'Patient/none')).rejects.toMatchObject({ code: 'linkage.unknown-person' });
    const nowhere = decide(place, 'confirmed', 'Patient/jo1', 'pharmacy/none');
    await expect(nowhere).rejects.toMatchObject({ code: 'linkage.unknown-row' });
    await decide(place, 'confirmed', 'Patient/jo1');
    appendFileSync(decisionsPath(place.workspace), '{"row":');
    await expect(importLines(place, twins)).rejects.toMatchObject({ code: 'linkage.decisions-unreadable' });
    rmSync(decisionsPath(place.workspace));
    await expect(importLines(place, twins)).resolves.toMatchObject({ linkage: { ambiguous: 1 } });
  });
});

test('[R118] a decision after one that was cut off is kept, and the line that was is named', async () => {
  using place = newPlace();
  await place.import(people);
  await importLines(place, twins);
  const path = decisionsPath(place.workspace);
  await decide(place, 'rejected', 'Patient/jo1');
  appendFileSync(path, '{"row":"pharm');
  await decide(place, 'confirmed', 'Patient/jo2');
  await expect(importLines(place, twins)).rejects.toMatchObject({
    code: 'linkage.decisions-unreadable',
    place: { line: 2 },
    tip: expect.stringContaining('delete this line'),
  });
  const lines = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, lines.filter((_, at) => at !== 1).join('\n'));
  await importLines(place, twins);
  expect(await personsOf(place)).toEqual(['C1 jo2', 'C2 ben']);
});

test('[R109] of any decisions, the last about a pair holds, and the last confirmed person if not rejected since', () => {
  const decision = fc.record({
    row: fc.constantFrom('a', 'b'),
    person: fc.constantFrom('p', 'q', 'r'),
    verdict: fc.constantFrom('confirmed' as const, 'rejected' as const),
  });
  fc.assert(
    fc.property(fc.array(decision, { maxLength: 12 }), (made) => {
      const decisions = made.map((one) => ({ ...one, by: '', at: '' }));
      const holding = decisionsByRow(decisions);
      for (const row of ['a', 'b']) {
        const own = decisions.filter((one) => one.row === row);
        const last = (person: string) => own.findLast((one) => one.person === person)?.verdict;
        const confirmed = own.findLast(({ verdict }) => verdict === 'confirmed')?.person;
        const rejected = ['p', 'q', 'r'].filter((person) => last(person) === 'rejected');
        expect(holding.get(row)?.rejected ?? []).toEqual(rejected);
        expect(holding.get(row)?.confirmed).toBe(
          confirmed !== undefined && last(confirmed) === 'confirmed' ? confirmed : undefined,
        );
      }
    }),
  );
});
