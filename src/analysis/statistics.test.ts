import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkCounts } from './check-counts.ts';
import { NOBODY, PROPORTION, runComputations } from './computations.test-support.ts';
import { computationsOf } from './computations.ts';
import type { TextFile } from './csv-text.ts';
import { psoriasisData, psoriasisProtocol } from './psoriasis-data.test-support.ts';
import { runR } from './run-r.ts';
import { computeStatistics, scriptFiles } from './statistics.ts';

const data = psoriasisData();
const computed = await computeStatistics(data);

describe('a proportion', () => {
  test('[R8] counts those for whom it holds among those for whom `of` holds', () => {
    expect(computed.proportions.map(({ id, label, x, n, level }) => [id, label, x, n, level])).toEqual([
      ['cleared', 'Cleared', 3, 8, 0.95],
      ['cleared-high', 'Cleared, of a "high" dose (≥ 15 mg)', 3, 3, 0.9],
      ['none', 'NA', 0, 0, 0.95],
    ]);
    expect(computed.proportions[2]).toMatchObject({ estimate: null, low: null, high: null });
    expect(computed.files.find((file) => file.name === 'data/proportions.csv')?.text).toContain(
      'cleared-high,S006,1\n',
    );
  });

  test('[R8] that R counts otherwise than we is refused', () => {
    const computations = computationsOf(data);
    const { proportions } = computed;
    expect(() => checkCounts(computations, [], computed)).not.toThrow();
    const other = proportions.map((one) => (one.id === 'cleared' ? { ...one, x: 4 } : one));
    expect(() => checkCounts(computations, [], { ...computed, proportions: other })).toThrow(
      expect.objectContaining({ code: 'analysis.r-differs', message: expect.stringContaining('`cleared`') }),
    );
    expect(() => checkCounts(computations, [], { ...computed, proportions: proportions.slice(1) })).toThrow(
      expect.objectContaining({ code: 'analysis.r-differs' }),
    );
  });

  test('[R8] without any, R gives none', async () => {
    const none = await computeStatistics(psoriasisData(psoriasisProtocol('variables: []')));
    expect(none.proportions).toEqual([]);
  });
});

// R 4.2.2: format(binom.test(x, n, conf.level = level)$conf.int, digits = 15)
const exact = [
  { x: 2, n: 28, level: 0.95, low: 0.00877049670352714, high: 0.23503477317459076 },
  { x: 19, n: 28, level: 0.95, low: 0.476483593290382, high: 0.841223962113846 },
  { x: 0, n: 7, level: 0.95, low: 0, high: 0.409616397225003 }, // by hand: 1 - 0.025^(1/7)
  { x: 7, n: 7, level: 0.95, low: 0.590383602774997, high: 1 },
  { x: 3, n: 10, level: 0.9, low: 0.0872644339141503, high: 0.6066242161054134 },
] as const;

test('[R8] the interval is exact, after Clopper and Pearson', async () => {
  const rows = exact.flatMap(({ x, n, level }, at) => {
    const values = Array.from({ length: n }, (_, subject) => ({
      ...NOBODY,
      subject: `S${subject}`,
      value: String(subject < x),
    }));
    return { ...PROPORTION, id: `p${at}`, level, rows: values };
  });
  const [written] = await runComputations(rows);
  const { text } = written ?? { text: '' };
  const [, ...lines] = text.trim().split('\n');
  expect(lines).toHaveLength(exact.length);
  for (const [at, { x, n, low, high }] of exact.entries()) {
    const numbers = (lines[at] ?? '').split(',').slice(2, 7).map(Number);
    expect(numbers.slice(0, 2)).toEqual([x, n]);
    expect(numbers[2]).toBeCloseTo(x / n, 14);
    expect(numbers[3]).toBeCloseTo(low, 12);
    expect(numbers[4]).toBeCloseTo(high, 12);
  }
});

test('a script that fails is told, without what it said', async () => {
  const files = [{ name: 'analysis.R', text: 'stop("Confidential")' }];
  await expect(runR(files, 'analysis.R', 'x.csv')).rejects.toMatchObject({
    code: 'analysis.r-failed',
    message: expect.not.stringContaining('Confidential'),
  });
});

const rscript = spawnSync('Rscript', ['--version']).error === undefined;

describe('analysis.R', () => {
  test.skipIf(!rscript).each(['C', 'C.UTF-8'])(
    '[R8] gives the same in a plain R, byte for byte, in the locale %s (skipped where there is no Rscript)',
    (locale) => {
      const dir = mkdtempSync(join(tmpdir(), 'chartproof-r-'));
      try {
        for (const file of scriptFiles(computationsOf(data), [])) write(dir, file);
        const env = { ...process.env, LC_ALL: locale };
        const { status } = spawnSync('Rscript', ['--vanilla', 'analysis.R'], { cwd: dir, env });
        expect(status).toBe(0);
        const ours = computed.files.find((file) => file.name === 'statistics-r.csv');
        expect(readFileSync(join(dir, 'statistics-r.csv'), 'utf8')).toBe(ours?.text);
      } finally {
        rmSync(dir, { recursive: true });
      }
    },
  );
});

function write(dir: string, { name, text }: TextFile): void {
  mkdirSync(dirname(join(dir, name)), { recursive: true });
  writeFileSync(join(dir, name), text);
}
