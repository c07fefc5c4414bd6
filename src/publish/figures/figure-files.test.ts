import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { figureFiles } from './figure-files.ts';
import { figureCaption, figuresSection } from './figures-html.ts';
import { kinds, sampleFigure } from './samples.test-support.ts';

describe.each(kinds)('%s', (kind) => {
  const data = sampleFigure(kind, { subjects: 14 });
  const files = new Map(figureFiles([data]));

  test('[R88] JSON and CSV lie beside the picture, with every subject', () => {
    expect([...files.keys()]).toEqual(
      ['.svg', '.png', '-grey.svg', '.json', '.csv'].map((end) => `figures/${kind}${end}`),
    );
    expect(JSON.parse(String(files.get(`figures/${kind}.json`)))).toEqual(JSON.parse(JSON.stringify(data)));
    const rows: Record<string, string>[] = parse(String(files.get(`figures/${kind}.csv`)), { columns: true });
    expect(rows.length).toBeGreaterThan(5);
    if (kind === 'kaplan-meier') return; // a curve has times; who they are of stands with the statistics
    const named = new Set(
      rows.flatMap(({ subject, subjects }) => (subject ?? subjects ?? '').split('; ')).filter(Boolean),
    );
    const expected = kind === 'forest' ? [8, 14] : [14, 14]; // a forest lists those who count
    expect(named.size).toBeGreaterThanOrEqual(expected[0] ?? 0);
    expect(named.size).toBeLessThanOrEqual(expected[1] ?? 0);
  });

  test('[R89] the PNG has 300 dots an inch and the width of print', () => {
    const png = Buffer.from(files.get(`figures/${kind}.png`) as Uint8Array);
    expect(png.readUInt32BE(16) / 300).toBeCloseTo(174 / 25.4, 1);
    expect(png.readUInt32BE(png.indexOf('pHYs') + 4)).toBe(Math.round(300 / 0.0254));
  });

  test('[R89] the picture in grey has no colour', () => {
    const colours = String(files.get(`figures/${kind}-grey.svg`)).match(/#[0-9a-f]{3,6}\b/g) ?? [];
    expect(colours.length).toBeGreaterThan(5);
    for (const colour of new Set(colours)) expect(colour).toMatch(/^#(?:([0-9a-f])\1\1|([0-9a-f]{2})\2\2)$/);
  });
});

test('[R89] a figure that is grey anyway is written once', () => {
  const data = { ...sampleFigure('forest', { subjects: 3 }), palette: 'grey' as const };
  expect(figureFiles([data]).map(([name]) => name)).not.toContain('figures/forest-grey.svg');
});

test('[R89] the page shows figures under number and title, with what they leave out', async () => {
  const data = { ...sampleFigure('waterfall', { subjects: 3 }), number: 2, notes: ['Not shown: S009 (no value).'] };
  const page = String(await figuresSection([data]));
  expect(page).toContain('<figure id="figure-waterfall"><svg ');
  expect(page).toContain('Figure 2. A figure of kind waterfall. Not shown: S009 (no value).');
  expect(page).toContain('href="figures/waterfall.csv"');
  expect(figuresSection([])).toBe('');
});

test('[R89] a number in the title gives way', () => {
  expect(figureCaption({ number: 3, title: 'Fig. 1: Response.' })).toBe('Figure 3. Response.');
});
