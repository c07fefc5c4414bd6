import { expect, test } from 'vitest';
import { ChartproofError } from '../base/index.ts';
import { compileExpression } from './expression.ts';
import { type Change, goutStudy } from './gout.test-support.ts';
import { fieldOf, instrumentOf } from './lookup.ts';
import { declaredTables, expandTableRows } from './table-rows.ts';

function rows(...changes: readonly Change[]) {
  const study = goutStudy(...changes);
  return declaredTables(study).flatMap((table) => expandTableRows(study, table));
}

test('[R24] choices become rows in the order of `only`, rows "of which" follow theirs', () => {
  expect(rows().map(({ id, label, group, groupId, level, kind }) => [id, label, group, groupId, level, kind])).toEqual([
    ['sites-ear', 'Ear', 'Sites', 'sites', 0, 'count'],
    ['sites-toe', 'Toe', 'Sites', 'sites', 0, 'count'],
    ['urate', 'Urate', 'Other', 'other', 0, 'summary'],
    ['early', 'Early', 'Other', 'other', 0, 'count'],
    ['tophi', 'With tophi', 'Early', 'other', 1, 'count'],
  ]);
  expect(
    rows([', only: [ear, toe]', ''])
      .map(({ id }) => id)
      .slice(0, 3),
  ).toEqual(['sites-toe', 'sites-elbow', 'sites-ear']);
});

test('[R24] a row of a choice counts those who have it, whatever its code is', () => {
  const [row] = rows(['code: ear,', 'code: "ear\'s \\\\ lobe",'], ['only: [ear, toe]', 'only: ["ear\'s \\\\ lobe"]']);
  expect(row?.id).toBe('sites-ear-s-lobe');
  const when = row?.kind === 'count' ? compileExpression(row.when) : undefined;
  expect(when?.evaluate({ baseline: { sites: ["ear's \\ lobe", 'toe'] } })).toEqual([true]);
  expect(when?.evaluate({ baseline: { sites: ['toe'] } })).toEqual([false]);
  expect(when?.evaluate({ baseline: {} })).toEqual([false]);
});

test('[R24] a field whose name is a word of FHIRPath can have rows', () => {
  const [row] = rows(
    ['- id: sites\n        type: choices', '- id: days\n        type: choices'],
    ['baseline.sites', 'baseline.days'],
  );
  const when = row?.kind === 'count' ? compileExpression(row.when) : undefined;
  expect(when?.evaluate({ baseline: { days: ['ear'] } })).toEqual([true]);
});

test('[R4] an instrument or a field that there is not is told with the nearest', () => {
  const told = (work: () => unknown): unknown => {
    try {
      return work();
    } catch (error) {
      return error instanceof ChartproofError ? [error.code, error.message, error.tip] : error;
    }
  };
  const study = goutStudy();
  expect(instrumentOf(study, 'visit').label).toBe('Visit');
  expect(told(() => instrumentOf(study, 'vist'))).toEqual([
    'protocol.unknown-instrument',
    'The protocol has no instrument `vist`.',
    'Did you mean `visit`?',
  ]);
  expect(told(() => fieldOf(instrumentOf(study, 'visit'), 'weight'))).toEqual([
    'protocol.unknown-field',
    'The protocol has no field `weight`.',
    'It has: name, joint, seen, status.',
  ]);
});
