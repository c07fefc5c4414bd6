import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newPlace } from '../records.test-support.ts';
import { qualityChecks } from './all-checks.ts';
import { limitsSchema } from './limits.ts';
import { plausibleRanges } from './plausible-ranges.ts';
import { verdictOn } from './quality.test-support.ts';
import { defaultQualityConfig, type QualityConfig, readQualityConfig } from './quality-config.ts';
import { thresholdText } from './quality-words.ts';

const guide = readFileSync(new URL('../../../docs/quality.md', import.meta.url), 'utf8');

function read(text: string | undefined): QualityConfig {
  using place = newPlace();
  if (text !== undefined) writeFileSync(join(place.workspace.dir, 'quality.yaml'), text);
  return readQualityConfig(place.workspace);
}

function mistakesOf(text: string): string[] {
  try {
    read(text);
  } catch (error) {
    const { problems } = error as { problems: { code: string; place: { line: number; column: number } }[] };
    return problems.map(({ code, place: { line, column } }) => `${code} ${line}:${column}`);
  }
  return [];
}

describe('quality.yaml', () => {
  test('is not needed, and may be empty', () => {
    expect(read(undefined)).toEqual(defaultQualityConfig);
    expect(read('# nothing yet\n\n')).toEqual(defaultQualityConfig);
    expect(defaultQualityConfig.limits.days_after_death).toBe(60);
  });

  test('thresholds are rows or shares', () => {
    const { thresholds } = read(
      'thresholds: { before-birth: 0, before-birth/note: 12, missing-code: 2.5 %, no-event: 100% }',
    );
    expect(thresholds).toEqual({
      'before-birth': { rows: 0 },
      'before-birth/note': { rows: 12 },
      'missing-code': { share: 0.025 },
      'no-event': { share: 1 },
    });
  });

  test.each([
    ['threshold: {}', 'quality.unknown-key 1:1'],
    ['thresholds: { before-birth: 0.5 }', 'quality.not-allowed 1:29'],
    ['thresholds: { before-birth: -1 }', 'quality.not-allowed 1:29'],
    ['thresholds: { before-birth: 101 % }', 'quality.not-allowed 1:29'],
    ['thresholds:\n  before-brith: 0', 'quality.unknown-check 2:3'],
    ['off:\n  shared-note:', 'quality.wrong-type 2:15'],
    ['off: [shared-note]', 'quality.wrong-type 1:6'],
    ['limits: { oldest_age: old }', 'quality.wrong-type 1:23'],
    ['ranges:\n  - { code: 1-8, name: x, units: [{ unit: [g], low: 2, high: 1 }] }', 'quality.not-allowed 2:53'],
    ['limits: {', 'quality.yaml-syntax'],
  ])('the mistake in %j is told at its place', (text, mistake) => {
    const mistakes = mistakesOf(text);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain(mistake);
  });

  test('a site gives ranges of its own, and replaces those of a code', async () => {
    const { ranges } = read(`ranges:
  - { code: 2160-0, name: Creatinine, units: [{ unit: [mg/dL], low: 0, high: 5 }] }
  - { system: LOCAL, code: CREA, name: Creatinine, units: [{ unit: [mg/dL], low: 0, high: 5 }] }`);
    expect(plausibleRanges(ranges)).toHaveLength(plausibleRanges().length + 1);
    const rows = {
      measurement: [1, 2].map((measurement_id) => ({ measurement_id, value_as_number: 6, unit_source_value: 'mg/dL' })),
      coding: [
        { row_id: 1, table_name: 'measurement', vocabulary_id: 'LOINC', code: '2160-0' },
        { row_id: 2, table_name: 'measurement', vocabulary_id: 'LOCAL', code: 'CREA' },
      ],
    };
    expect(await verdictOn('value-range/measurement', rows)).toMatchObject({ rows: 1, atFault: 0 });
    expect(await verdictOn('value-range/measurement', rows, { ranges })).toMatchObject({ rows: 2, atFault: 2 });
  });
});

describe('docs/quality.md', () => {
  const kinds = new Map(
    qualityChecks({ asOf: '2020-01-01', limits: limitsSchema.parse({}) }).map((check) => [check.kind, check]),
  );

  test('its example is a configuration without mistakes', () => {
    const [, example = ''] = /^```yaml\n([\s\S]*?)^```$/m.exec(guide) ?? [];
    expect(example).toContain('thresholds:');
    expect(mistakesOf(example)).toEqual([]);
  });

  test('it lists every kind of check with its threshold, and no other', () => {
    const listed = [...guide.matchAll(/^\| `([a-z-]+)` \|.*\| ([^|]+) \|$/gm)].map(
      ([, kind, allowed]) => `${kind} ${allowed}`,
    );
    expect(listed.sort()).toEqual(
      [...kinds].map(([kind, { threshold }]) => `${kind} ${thresholdText(threshold)}`).sort(),
    );
  });

  test('it names every limit with its default', () => {
    for (const [name, value] of Object.entries(limitsSchema.parse({})))
      expect(guide).toContain(`| \`${name}\` | ${value} |`);
  });
});
