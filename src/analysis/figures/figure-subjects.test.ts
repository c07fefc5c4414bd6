import { expect, test } from 'vitest';
import type { FigureData } from './figure-data.ts';
import { figureSubjects } from './figure-subjects.ts';

const head = { id: 'one', number: 1, title: 'One', notes: [], width: 'one-column', palette: 'grey' } as const;

test.each<[string, object]>([
  [
    'response-by-subgroup',
    { rows: [{ heading: 'Sex' }, { parts: [{ subjects: ['S002'] }, { subjects: ['S001', 'S003'] }] }] },
  ],
  ['forest', { rows: [{ heading: 'Sex' }, { subjects: ['S001'], of: ['S003', 'S001', 'S002'] }] }],
  ['swimmer', { lanes: [{ subject: 'S003' }, { subject: 'S001' }, { subject: 'S002' }] }],
  ['waterfall', { bars: [{ subject: 'S003' }, { subject: 'S002' }, { subject: 'S001' }] }],
  ['spaghetti', { lines: ['S001', 'S002', 'S001', 'S003'].map((subject) => ({ subject })) }],
  [
    'kaplan-meier',
    {
      curves: [
        { steps: [{ eventSubjects: ['S002'], censoredSubjects: ['S001'] }, {}] },
        { steps: [{ eventSubjects: [], censoredSubjects: ['S003'] }] },
      ],
    },
  ],
])('whoever is drawn in a figure of the kind %s is named once, in order', (kind, drawn) => {
  expect(figureSubjects({ ...head, kind, ...drawn } as unknown as FigureData)).toEqual(['S001', 'S002', 'S003']);
});
