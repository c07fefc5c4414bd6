import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { QuarantineReason } from '../quarantine-reasons.ts';
import { csv, omopPlace, person, table } from './omop.test-support.ts';
import { scanCsv } from './scan-csv.ts';

const dir = mkdtempSync(join(tmpdir(), 'chartproof-scan-'));
afterAll(() => rmSync(dir, { recursive: true }));

async function scanned(content: string | Buffer, columns: number, hasQuotes = true) {
  const [from, path] = [join(dir, 'in.csv'), join(dir, 'out.csv')];
  writeFileSync(from, content);
  const refused: (readonly [number, QuarantineReason])[] = [];
  const scan = await scanCsv(
    from,
    { columns, delimiter: ',', hasQuotes },
    { path, firstVersion: 1, refuse: (line, reason) => refused.push([line, reason]), advance: () => undefined },
  );
  return { ...scan, refused, out: readFileSync(path, 'utf8') };
}

test('[R126] records are numbered and keep their bytes', async () => {
  const { out, records, isMultiline } = await scanned('a,b\r\n1,"x\ny"\r\n\n2,z', 2);
  expect(out).toBe('1,2,1,"x\ny"\n2,5,2,z\n');
  expect({ records, isMultiline }).toEqual({ records: 2, isMultiline: true });
});

test('[R126] a record longer than the blocks that are read is one record', async () => {
  const long = 'é\n'.repeat(3 << 20);
  const { records, refused, out } = await scanned(`a,b\n1,"${long}"\n2,x\n`, 2);
  expect({ records, refused }).toEqual({ records: 2, refused: [] });
  expect(out.length).toBe(long.length + '1,2,1,""\n'.length + '2,6291459,2,x\n'.length);
});

test('[R123] what is no UTF-8, or has other cells than the header, costs its own line', async () => {
  const bytes = Buffer.concat([Buffer.from('a,b\n1,x\n2,'), Buffer.from([0xff]), Buffer.from('\n3\n4,y\0\n')]);
  const { refused, out } = await scanned(bytes, 2);
  expect(refused).toEqual([
    [3, 'table.unreadable'],
    [4, 'table.columns'],
  ]);
  expect(out).toBe('1,2,1,x\n4,5,4,y\uFFFD\n');
});

const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é', '\t', "'", '\\'), maxLength: 8 });

test('[R122] whatever well-formed tables hold, every record is found, on its line', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat().map(String), cell), { maxLength: 20 }), async (rows) => {
      const text = csv({ columns: ['id', 'text'], rows });
      const { records, sound, out } = await scanned(text, 2);
      expect({ records, sound }).toEqual({ records: rows.length, sound: rows.length });
      let line = 2;
      const lines = rows.map(([, value]) => {
        const at = line;
        line += 1 + value.split('\n').length - 1;
        return at;
      });
      expect(out).toBe(
        rows.map((row, at) => csv({ columns: [], rows: [[at + 1, lines[at] ?? 0, ...row]] }).slice(1)).join(''),
      );
    }),
    { numRuns: 100 },
  );
});

test('[R122] whatever a file holds, lines = stored + superseded + unmapped + quarantined, and nothing fails', async () => {
  const value = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('1', '2', '3', '9007199254740993') },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '',
        'x',
        '-1',
        '1.5',
        'NULL',
        '"',
        '""',
        '"1',
        '1"2',
        '"1"2',
        '2014-01-01',
        'é',
        '\\N',
        "'",
      ),
    },
  );
  const row = fc.array(value, { minLength: 3, maxLength: 3 }).map((cells) => cells.join(','));
  const line = fc.oneof(
    { weight: 8, arbitrary: row },
    fc.string({ unit: fc.constantFrom('1', ',', '"', '\n', 'x', '\r'), maxLength: 12 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), async (lines, end) => {
      using place = omopPlace();
      const death = ['person_id,death_date,note', ...lines].join(end);
      const other = ['id,a,b', ...lines].join(end);
      const report = await place.omop({ 'person.csv': table(person('1')), 'death.csv': death, 'cost.csv': other });
      for (const each of [report, ...Object.values(report.byType)]) {
        expect(each.stored + each.superseded + each.unmapped + each.quarantined).toBe(each.lines);
        expect(Math.min(each.stored, each.superseded, each.unmapped, each.quarantined)).toBeGreaterThanOrEqual(0);
      }
      const { death: deaths, cost } = report.byType;
      expect(deaths?.lines).toBe(cost?.lines);
      expect(place.quarantined()).toHaveLength(report.quarantined);
      expect(report.files.reduce((sum, file) => sum + file.lines, 0)).toBe(report.lines);
    }),
    { numRuns: 15 },
  );
}, 240_000);
