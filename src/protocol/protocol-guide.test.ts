import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileExpression } from './expression.ts';
import { knownFunctions } from './expression-vocabulary.ts';
import { mistakesOf } from './gout.test-support.ts';
import { parseProtocol } from './parse.ts';
import { missingKinds } from './schema-instruments.ts';

const guide = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');
const study = [...guide.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, part = '']) => part).join('\n');

test('[R1] the parts of docs/protocol.md are together a protocol without mistakes', () => {
  expect(mistakesOf(study)).toEqual([]);
  const { response, tables, statistics } = parseProtocol(study, 'guide.yaml');
  expect([response?.categories.length, tables.length, statistics.length]).toEqual([4, 6, 3]);
});

test('[R1] the statistics that docs/protocol.md shows are of its study', () => {
  const [, shown = ''] = /^```text\nstatistics:\n([\s\S]*?)^```$/m.exec(guide) ?? [];
  expect(
    parseProtocol(
      study.replace('statistics:\n', () => `statistics:\n${shown}`),
      'guide.yaml',
    ).statistics,
  ).toHaveLength(7);
});

test('[R10] every example of an expression in docs/protocol.md names what there is in its study', () => {
  const examples = guide.slice(guide.indexOf('Ten examples:'), guide.indexOf('Three functions'));
  const expressions = [...examples.matchAll(/^\| `([^`]+)` \|/gm)].map(([, text = '']) => text);
  expect(expressions).toHaveLength(10);
  const variables = expressions.map((text, at) => `  - { id: example_${at}, label: x, value: "${text}" }`).join('\n');
  expect(mistakesOf(study.replace('variables:\n', () => `variables:\n${variables}\n`))).toEqual([]);
});

test('[R13] what docs/protocol.md says of the unknown is so', () => {
  const answer = (text: string): unknown[] => compileExpression(text).evaluate({});
  expect(answer('@2014 < @2014-06')).toEqual([]);
  expect(answer('@2013 < @2014-06')).toEqual([true]);
  expect([
    answer('a or true'),
    answer('a and false'),
    answer('a and true'),
    answer('a or false'),
    answer('a.not()'),
  ]).toEqual([[true], [false], [], [], []]);
  expect([answer("'toe' in a"), answer('a.exists()'), answer("a != 'x'")]).toEqual([[false], [false], []]);
});

test('[R19] docs/protocol.md names every kind of missing value, and the functions of our own', () => {
  for (const kind of missingKinds) expect(guide).toContain(`| \`${kind}\` |`);
  for (const name of ['daysTo', 'monthsTo', 'yearsTo']) {
    expect(guide).toContain(`\`a.${name}(b)\``);
    expect(knownFunctions.has(name)).toBe(true);
  }
});
