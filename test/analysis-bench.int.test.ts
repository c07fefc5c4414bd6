/** What the analysis is measured against: R alone gives the numbers of the program. No time is measured. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { differences } from '../bench/analysis-differences.ts';
import { hasRscript, measureStep } from '../bench/analysis-steps.ts';

test('the numbers of R alone are those of the program, none is missing, and one changed value changes some', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'chartproof-bench-'));
  try {
    const { written } = await measureStep('program', dir, 120);
    for (const step of hasRscript() ? (['webr', 'rscript'] as const) : (['webr'] as const))
      expect(differences(written, (await measureStep(step, dir, 120)).written), step).toEqual([]);
    const estimates: Record<string, string>[] = parse(written['estimates-r.csv'] ?? '', { columns: true });
    expect(estimates.length).toBeGreaterThan(10);
    expect(estimates.filter(({ p, estimate }) => p === '' && estimate === '')).toEqual([]);
    const [release = ''] = readdirSync(join(dir, 'releases'));
    const files = readdirSync(join(dir, 'releases', release), { recursive: true });
    expect(files.filter((name) => /^figures\/\w+\.png$/.test(String(name)))).toHaveLength(6);
    expect(files).toEqual(
      expect.arrayContaining(['tables.html', 'tables.docx', 'tables/events.tex', 'tables/table1.md']),
    );
    const refreshed = (await measureStep('refresh', dir, 120)).written;
    expect(refreshed['estimates-r.csv']).not.toBe(written['estimates-r.csv']);
    expect(Object.keys(refreshed)).toHaveLength(4);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test('numbers that rounding puts apart are the same, others and other words are not', () => {
  const one = { 'a.csv': 'id,p\nx,0.123456789012\n' };
  expect(differences(one, { 'a.csv': 'id,p\nx,0.123456789013\n' })).toEqual([]);
  expect(differences(one, { 'a.csv': 'id,p\nx,0.123457\n' })).toEqual(['a.csv:2: 0.123456789012 and 0.123457']);
  expect(differences(one, { 'a.csv': 'id,p\ny,0.123456789012\n' })).toEqual(['a.csv:2: x and y']);
  expect(differences(one, { 'a.csv': 'id,p\n' })).toEqual(['a.csv has 2 and 1 lines']);
  expect(differences(one, {})).toEqual(['a.csv is only on one side']);
});
