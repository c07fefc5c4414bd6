import { describe, expect, test } from 'vitest';
import { expectMistake, goutMistakes, type Mistake } from './gout.test-support.ts';

const COLUMNS = '[{ responses: true }, { id: total, label: Total, total: true }]';
const URATE = '{ id: urate, label: Urate, summary: baseline.urate, unit: mg/dL }';

describe('how a table prints', () => {
  test('[R4] may be said of the table, its groups, rows and columns', () => {
    const said =
      'denominator: known, format: n/N (%), percentOf: column, headerN: true, rounding: half-even, extremes: true, quantiles: 6, missing: row, hideEmpty: true';
    const changes = said.split(', ').map((one) => `    ${one}\n`);
    expect(
      goutMistakes(
        [
          `    columns: ${COLUMNS}\n`,
          `    columns: [{ columnsOf: baseline.tophi }, { columnsOf: baseline.diagnosed, format: n }]\n${changes.join('')}`,
        ],
        [URATE, URATE.replace(' }', ', show: median-iqr, withN: true }')],
        [
          '        label: Sites\n        rows',
          '        label: Sites\n        denominator: { of: baseline.tophi = true, label: with tophi }\n        rows',
        ],
      ),
    ).toEqual([]);
  });

  const group = '      - id: sites\n        label: Sites\n        rows:';
  test.each<Mistake>([
    [
      group,
      '      - id: sites\n        label: Sites\n        denominator: { of: baseline.tofi = true, label: x }\n        rows:',
      'baseline.tofi',
      'protocol.unknown-name There is no name `tofi` in `baseline`. Did you mean `tophi`?',
    ],
    [
      COLUMNS,
      '[{ columnsOf: baseline.site }]',
      'baseline.site',
      'protocol.unknown-name There is no field `site` in `baseline`. Did you mean `sites`?',
    ],
    [
      COLUMNS,
      '[{ columnsOf: baseline.urate }]',
      'baseline.urate',
      'protocol.not-choices `baseline.urate` has no choices. Name a field of type choice or choices or yesno.',
    ],
    [
      COLUMNS,
      '[{ columnsOf: baseline.tophi }, { id: "yes", label: Y, total: true }]',
      '"yes"',
      'protocol.duplicate-id Two columns have the id `yes`. Give each its own id.',
    ],
  ])('[R4][R5] %#', (...mistake) => {
    expectMistake(mistake);
  });

  test.each([
    ['format: n of N', 'format'],
    ['quantiles: 10', 'quantiles'],
    ['rounding: up', 'rounding'],
    ['denominator: some', 'denominator'],
    ['missing: rows', 'missing'],
    ['kind: adverse-event', 'kind'],
  ])('[R2] %s is refused', (key, name) => {
    const found = goutMistakes([`    columns: ${COLUMNS}\n`, `    columns: ${COLUMNS}\n    ${key}\n`]);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(name);
  });

  test('[R2] a kind of table that there is not is told with those that there are', () => {
    const [found] = goutMistakes([`    columns: ${COLUMNS}\n`, `    columns: ${COLUMNS}\n    kind: adverse-event\n`]);
    expect(found).toMatch(/Did you mean `adverse-events`\? Allowed: `counts`, `adverse-events`\.$/);
  });
});
