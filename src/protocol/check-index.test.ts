import { describe, expect, test } from 'vitest';
import { GOUT, mistakesOf, placeIn } from './gout.test-support.ts';
import { parseProtocol } from './parse.ts';

interface Parts {
  readonly index?: string;
  readonly criteria?: string;
  readonly arm?: string;
  readonly rule?: string;
  readonly id?: string;
}

const FIRST = 'events: [{ condition: gout, during: period }], washout: 1 year, lookback: 6 months, followUp: 30 days';

/** The study with an index event, criteria by name, and an arm and an exclusion of its own. */
function study({ index = FIRST, criteria = '', arm = 'sex: female', rule = 'sex: male', id = 'late' }: Parts): string {
  const declared = index === '' ? '' : `index: { label: First gout, ${index} }\n`;
  return GOUT.replace(
    'arms:\n',
    () => `${declared}criteria: { ${criteria} }\narms:\n  - ${named('own', arm, 'criterion')}\n`,
  ).replace('exclusions:\n', () => `exclusions:\n  - ${named(id, rule, 'rule')}\n`);
}

function named(id: string, criterion: string, key: string): string {
  return `{ id: ${id}, label: Own, ${key}: { ${criterion} } }`;
}

/** The study has just this mistake, where the part stands first. */
function expectOne(parts: Parts, at: string, told: string): void {
  const text = study(parts);
  const found = mistakesOf(text);
  expect(found).toHaveLength(1);
  expect(found[0]?.startsWith(`${placeIn(at, 0, text)} protocol.${told}`), `${placeIn(at, 0, text)}: ${found[0]}`).toBe(
    true,
  );
}

const AFTER = 'contact: any, timing: [{ within: 30 days, after: index }]';

const unmet: readonly [Parts, string, string][] = [
  [{ index: 'events: [{ condition: gout, atLeast: 2 }]' }, '{ condition: gout, atLeast: 2 }]', 'not-single'],
  [{ index: 'events: [{ death: any }, { condition: gout, onDays: 1 }]' }, '{ condition: gout, onDays', 'not-single'],
  [{ index: 'events: [{ death: any }], washout: 0 weeks' }, '0 weeks', 'impossible-window A washout of no time'],
  [{ index: 'events: [{ condition: goat }]' }, 'goat', 'unknown-name There is no concept set `goat`. Did you mean'],
  [{ index: 'events: [{ death: any }], lookback: a while' }, 'a while', ''],
];

describe('the index event', () => {
  test('[R31] is named in exclusions, also through criteria by name and in events that others are related to', () => {
    const later = `later: { ${AFTER} }`;
    const rule = `all: [{ criterion: later }, { age: { min: 18, at: index } }, { drug: febuxostat, timing: [{ of: { visit: any, timing: [{ overlapping: index }] } }] }]`;
    expect(mistakesOf(study({ criteria: later, rule }))).toEqual([]);
    expect(parseProtocol(study({ index: 'events: [{ death: any }]' }), 'x').index).toMatchObject({ take: 'first' });
  });

  test.each<[Parts, string, string]>([
    [{ arm: AFTER }, 'index }] }', 'index-not-known'],
    [{ arm: 'any: [{ sex: male }, { age: { at: index } }]' }, 'index } }', 'index-not-known'],
    [
      { arm: 'criterion: one', criteria: `one: { any: [{ criterion: two }] }, two: { ${AFTER} }` },
      'index }] }',
      'index-not-known',
    ],
    [{ index: 'events: [{ condition: gout, timing: [{ before: index }] }]' }, 'index }] }', 'index-not-known'],
    [
      { index: 'events: [{ condition: gout, timing: [{ before: seen }] }]', criteria: `seen: { ${AFTER} }` },
      'index }] }',
      'index-not-known',
    ],
    [{ index: '', rule: AFTER }, 'index }] }', 'no-index The protocol has no `index`'],
    [{ index: '', criteria: 'grown: { age: { min: 18, at: index } }' }, 'index } }', 'no-index'],
    [{ criteria: 'index: { sex: male }' }, '{ sex: male } }', 'reserved-name'],
  ])('[R31] is not named elsewhere: %j', (parts, at, told) => expectOne(parts, at, told));

  test.each(unmet)('[R32] is one event, and can be met: %j', (parts, at, told) => expectOne(parts, at, told));

  test('[R33] no exclusion beside it has the id of a step that comes of it', () => {
    for (const id of ['no-index-event', 'washout', 'lookback', 'follow-up']) {
      expectOne({ id }, `${id}, label`, 'reserved-name');
      expect(mistakesOf(study({ id, index: '' }))).toEqual([]);
    }
  });

  test('[R3][R31] a mistake in it is told once, not again where it is named', () => {
    expectOne({ index: 'events: [{ death: any }], take: sometimes', rule: AFTER }, 'sometimes', '');
  });
});
