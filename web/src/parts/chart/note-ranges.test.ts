import { expect, test } from 'vitest';
import type { ChartMention } from '../../../../src/server/contract/index.ts';
import { mentionRanges, mentionText, noteRanges } from './note-ranges.ts';

const termSets = [
  { id: 'psoriasis', label: 'Psoriasis' },
  { id: 'nails', label: 'Nails' },
];
const mention = (more: Partial<ChartMention>): ChartMention => ({
  start: 3,
  end: 10,
  term: 'pitting',
  set: 'nails',
  assertion: 'affirmed',
  section: 'physical-exam',
  ...more,
});
const marked = (more: Partial<Parameters<typeof noteRanges>[0]>) =>
  noteRanges({ mentions: [], copies: [], found: [], evidence: undefined, termSets, ...more });

test('a mention has the colour of its set, struck through by what negates it', () => {
  const cue = { start: 0, end: 2, text: 'No' };
  expect(marked({ mentions: [mention({ assertion: 'negated', cue })] })).toEqual([
    { start: 3, end: 10, set: 1, id: 'mention:0', name: 'Nails', negatedBy: 'No' },
  ]);
  expect(marked({ mentions: [mention({ assertion: 'possible', cue: { ...cue, text: 'maybe' } })] })).toMatchObject([
    { name: 'Nails, possible (“maybe”)' },
  ]);
});

test('a sentence has its mentions at its own offsets, in the colours of the note', () => {
  expect(mentionRanges([mention({ start: 40, end: 47 })], termSets, 38)).toEqual([
    { start: 2, end: 9, set: 1, id: 'mention:0', name: 'Nails' },
  ]);
});

test('copied, found and evidence are kinds of their own', () => {
  const kinds = marked({
    copies: [{ start: 0, end: 9, from: 'Note/1' }],
    found: [{ start: 1, end: 2 }],
    evidence: { start: 4, end: 5 },
  }).map(({ kind, start, end }) => [kind, start, end]);
  expect(kinds).toEqual([
    ['copied', 0, 9],
    ['found', 1, 2],
    ['evidence', 4, 5],
  ]);
});

test('a mention in words', () => {
  const cue = { start: 0, end: 2, text: 'No' };
  expect(mentionText('No pitting', mention({ assertion: 'negated', cue }), termSets)).toBe(
    'Nails: “pitting”, negated by “No”, in physical exam',
  );
});
