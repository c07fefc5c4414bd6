import { describe, expect, test } from 'vitest';
import { sourceFiles } from './source-files.ts';

/** `- **R12** text`: a rule of a SPEC.md. */
const RULE = /^- \*\*(R\d+[a-z]?)\*\* /gm;
/** `test('[R12] ...'`, or several: `[R1][R2] ...`. */
const TITLE = /\b(?:test|it|describe)(?:\.\w+(?:\([^)]*\))?)*\(\s*['"`]((?:\[R\d+[a-z]?\]\s*)+)/g;

const specs = sourceFiles('src/**/SPEC.md');

describe.each(specs.map((spec) => [spec.path, spec] as const))('%s', (path, spec) => {
  const room = path.slice(0, -'SPEC.md'.length);
  const rules = [...spec.text.matchAll(RULE)].map((match) => match[1] ?? '');
  const tags = new Set(
    sourceFiles(`${room}**/*.test.ts`).flatMap((file) =>
      [...file.text.matchAll(TITLE)].flatMap((match) => (match[1] ?? '').match(/R\d+[a-z]?/g) ?? []),
    ),
  );

  test('has rules, each once', () => {
    expect(rules.length).toBeGreaterThan(0);
    expect(rules.filter((rule, at) => rules.indexOf(rule) !== at)).toEqual([]);
  });

  test('every rule has a test', () => {
    expect(rules.filter((rule) => !tags.has(rule))).toEqual([]);
  });

  test('every tag has a rule', () => {
    expect([...tags].filter((tag) => !rules.includes(tag))).toEqual([]);
  });
});

test('the rooms that decide something have a SPEC', () => {
  const decided = ['vocabulary', 'records', 'notes', 'cohort', 'review', 'response', 'analysis', 'integrity'];
  expect(decided.filter((room) => !specs.some((spec) => spec.path === `src/${room}/SPEC.md`))).toEqual([]);
});
