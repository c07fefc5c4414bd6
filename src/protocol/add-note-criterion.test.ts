import { describe, expect, test } from 'vitest';
import { addNoteCriterion, type NoteCriterion, nextVersion } from './add-note-criterion.ts';
import { parseProtocol } from './parse.ts';

const YAML = `chartproof: 1
id: gout
version: "1.9" # as registered
title: Gout
period: { start: 2014-01-01, end: 2018-12-31 }
concepts:
  gout: { label: Gout, terms: [{ text: gout }] }
authorization: { asOf: 2020-01-01, noneOnRecord: granted }
arms:
  # What we began with.
  - { id: text, label: By text, criterion: { note: "@gout" } }
instruments:
  - id: screening
    label: Screening
    fields:
      - { id: gout, type: yesno, label: Gout?, evidence: none }
review: { screening: screening }
`;

const QUERY = 'not_negated("gouty toe") AND type:"clinic note"';
const draftOf = (more: Partial<NoteCriterion>) =>
  addNoteCriterion(YAML, { as: 'arm', id: 'toes', label: 'By toes: "all"', query: QUERY, ...more });

describe('a search as a criterion', () => {
  test('goes into a list in brackets, too', () => {
    const { yaml } = addNoteCriterion(`${YAML}exclusions: []\n`, {
      as: 'exclusion',
      id: 'x',
      label: 'X',
      query: 'toe',
    });
    expect(parseProtocol(yaml, 'draft.yaml').exclusions).toMatchObject([{ id: 'x', rule: { note: 'toe' } }]);
  });

  test('is an arm, an exclusion or a named criterion of a sound draft of the next version', () => {
    const arm = draftOf({});
    const arms = parseProtocol(arm.yaml, 'draft.yaml').arms;
    expect(arms.map(({ id }) => id)).toEqual(['text', 'toes']);
    expect(arms[1]).toMatchObject({ label: 'By toes: "all"', criterion: { note: QUERY } });
    const exclusion = parseProtocol(draftOf({ as: 'exclusion' }).yaml, 'draft.yaml');
    expect(exclusion.exclusions).toMatchObject([{ id: 'toes', rule: { note: QUERY } }]);
    const named = parseProtocol(draftOf({ as: 'criterion' }).yaml, 'draft.yaml');
    expect(named.criteria).toMatchObject({ toes: { note: QUERY } });
    expect([exclusion.version, named.version]).toEqual(['1.10', '1.10']);
  });

  test('leaves the rest as it was, comments too, and is told by itself', () => {
    const { yaml, part } = draftOf({});
    const lines = new Set(yaml.split('\n'));
    expect(YAML.split('\n').filter((line) => !lines.has(line))).toEqual(['version: "1.9" # as registered']);
    expect([...lines].filter((line) => !YAML.includes(line))).toEqual([
      'version: "1.10" # as registered',
      '  - id: toes',
      `    label: 'By toes: "all"'`,
      '    criterion:',
      '      note: not_negated("gouty toe") AND type:"clinic note"',
    ]);
    expect(part).toContain('note: not_negated("gouty toe") AND type:"clinic note"');
  });

  test('has an id of its own', () => {
    const error = expect.objectContaining({ code: 'protocol.id-taken' });
    expect(() => draftOf({ id: 'text' })).toThrow(error);
    expect(() =>
      addNoteCriterion(draftOf({ as: 'criterion' }).yaml, { as: 'criterion', id: 'toes', label: '', query: 'x' }),
    ).toThrow(error);
  });

  test.each([
    ['1', '2'],
    ['1.9', '1.10'],
    ['2.0-draft', '2.1-draft'],
    ['first', 'first-2'],
  ])('after version %s comes %s', (version, next) => expect(nextVersion(version)).toBe(next));
});
