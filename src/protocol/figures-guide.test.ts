import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mistakesOf } from './gout.test-support.ts';
import { parseProtocol } from './parse.ts';
import { figureSchema } from './schema-figures.ts';

const read = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
const partsOf = (guide: string) => [...guide.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, part = '']) => part);
const guide = read('figures.md');
const study = partsOf(read('protocol.md'))
  .join('\n')
  .replace(/^figures:\n(?: .*\n)+/m, () => partsOf(guide).join(''));

test('the examples of docs/figures.md go with the study of docs/protocol.md', () => {
  expect(mistakesOf(study)).toEqual([]);
  const kinds = parseProtocol(study, 'guide.yaml').figures.map(({ kind }) => kind);
  expect(kinds).toEqual([
    'response-by-subgroup',
    'swimmer',
    'kaplan-meier',
    'waterfall',
    'spaghetti',
    'spaghetti',
    'forest',
  ]);
});

test('docs/figures.md names every kind, and every key of a kind', () => {
  for (const { shape } of figureSchema.options)
    for (const word of [...shape.kind.values, ...Object.keys(shape)])
      expect(guide, word).toMatch(new RegExp(`\\b${word}\\b`));
});
