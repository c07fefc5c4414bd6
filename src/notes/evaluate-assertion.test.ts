import { expect, test } from 'vitest';
import { evaluateAssertion } from './evaluate-assertion.ts';

const HEADER = 'line\tconcept\tsentence\tnegation\ttemporality\texperiencer';
const gold = (...rows: readonly string[]) => [HEADER, ...rows].join('\n');

test('[R29] each property is scored by itself', () => {
  const found = evaluateAssertion(
    gold(
      '1\tfever\tShe denies FEVER.\tNegated\tRecent\tPatient',
      '2\tfever\tShe has a FEVER.\tNegated\tRecent\tPatient',
      '3\tfever\tNo FEVER.\tAffirmed\tRecent\tPatient',
      '4\tgout\tHistory of GOUT.\tAffirmed\tHistorical\tPatient',
      '5\tgout\tHer mother has GOUT.\tAffirmed\tRecent\tOther',
    ),
  );
  expect(found.mentions).toBe(5);
  expect(found.negated).toEqual({ tp: 1, fp: 1, fn: 1, precision: 0.5, recall: 0.5, f1: 0.5 });
  expect(found.historical.f1).toBe(1);
  expect(found.other_experiencer.f1).toBe(1);
  expect(found.errors).toEqual([
    { line: '2', property: 'negated', gold: true },
    { line: '3', property: 'negated', gold: false, cue: 'No' },
  ]);
});

test('[R29] the mention is the last place in capitals', () => {
  const found = evaluateAssertion(gold('1\tfever\tFEVER of 39. Now she denies FEVER.\tNegated\tRecent\tPatient'));
  expect(found.negated.tp).toBe(1);
});

test('[R29] a file without a column is refused', () => {
  expect(() => evaluateAssertion('line\tconcept\n1\tfever')).toThrow('lacks a column');
});

test('[R29] lines without an annotation are told at once, without their text', () => {
  const wrong = gold('1\tfever\tFEVER\tnegated\tRecent\tPatient', '', '2\tgout\tGOUT\tNegated\tRecent', '3');
  const tell = () => evaluateAssertion(wrong, undefined, 'gold.tsv');
  expect(tell).toThrow(
    expect.objectContaining({
      code: 'notes.gold-lines',
      problems: [
        expect.objectContaining({ place: { file: 'gold.tsv', line: 2 }, message: expect.stringContaining('Affirmed') }),
        expect.objectContaining({ place: { file: 'gold.tsv', line: 4 }, message: expect.stringContaining('empty') }),
        expect.objectContaining({ place: { file: 'gold.tsv', line: 5 } }),
      ],
    }),
  );
});
