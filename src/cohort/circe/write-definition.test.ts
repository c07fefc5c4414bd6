import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChartproofError } from '../../base/index.ts';
import { type Criterion, type EventCriterion, isEvent, type Protocol, partsOf } from '../../protocol/index.ts';
import { around, counted, diabetes, primary, protocolOf, protocolWith, rule } from './diabetes.test-support.ts';
import { fromAtlas } from './read-definition.ts';
import { definitionSchema } from './schema.ts';
import { toAtlas } from './write-definition.ts';

const CONCEPTS = `concepts:
  asthma: { label: Asthma, codes: [{ system: SNOMED, code: "195967001" }] }
  wheeze: { label: Wheeze, codes: [{ system: ICD10CM, code: R06.2, descendants: false }] }
  inhaler: { label: Inhaler, codes: [{ system: RxNorm, code: "435" }] }
  named: { label: Named, drugs: { names: [salbutamol] } }
  mixed: { label: Mixed, codes: [{ system: SNOMED, code: "1" }, { system: ICD10CM, code: J45 }] }
  lung: { label: Lung, unit: L, codes: [{ system: LOINC, code: 20150-9 }] }
`;
const ARM = 'arms: [{ id: coded, label: Coded, criterion: { condition: asthma } }]\n';
const INDEX = 'index: { label: Asthma, events: [{ condition: asthma }] }\n';

function study(rest: string): Protocol {
  return protocolWith(`${CONCEPTS}${rest}`);
}

/** Left out of a study with this rule beside an index event. */
function left(criterion: string): string[] {
  const protocol = study(`${INDEX}${ARM}exclusions: [{ id: own, label: Own, rule: { ${criterion} } }]\n`);
  return toAtlas(protocol).leftOut.map(({ at }) => at);
}

/** What a protocol of what was written says. */
function back(protocol: Protocol) {
  const { definition } = toAtlas(protocol);
  expect(definitionSchema.safeParse(definition).error).toBeUndefined();
  return fromAtlas(JSON.stringify(definition), 'definition.json');
}

const during = fc.constantFrom(
  undefined,
  { from: '2012-01-01' },
  { to: '2013-12-31' },
  { from: '2012-01-01', to: '2012-06-30' },
);
const relation = fc.constantFrom(
  { within: '30 days', after: 'index' },
  { onOrBefore: 'index' },
  { atLeast: '8 days', within: '90 days', before: 'index' },
  { within: '5 days', of: 'index' },
);
const beside = fc.constantFrom(
  { within: '7 days', onOrAfter: { visit: 'inpatient', atLeast: 1 } },
  { before: { death: 'any', atLeast: 1 } },
);
const kind = fc.oneof(
  fc.constantFrom(
    { drug: 'inhaler' },
    { condition: 'wheeze' },
    { death: 'any' },
    { visit: 'emergency' },
    { visit: 'any' },
  ),
  fc
    .constantFrom({ above: 2 }, { atLeast: 1, atMost: 3 }, { below: 4, range: 'low' })
    .map((value) => ({ measurement: 'lung', value, unit: 'L' })),
);
const number = fc.constantFrom({ atLeast: 1 }, { atLeast: 3 }, { atLeast: 1, onDays: 2 });
const event = fc
  .tuple(
    kind,
    during,
    fc.uniqueArray(fc.oneof(relation, beside), { maxLength: 2, selector: (one) => 'visit' in Object.values(one) }),
    number,
  )
  .map(([what, when, timing, count]) => {
    // A window of more than one part to the index, or an event beside itself, has no equal.
    const isIndex = (one: object): boolean => Object.values(one).includes('index');
    const one = timing.filter((each, at) => !isIndex(each) || timing.findIndex(isIndex) === at);
    const known = one.filter(
      (each) =>
        !('visit' in what || 'death' in what || 'condition' in what) || (isIndex(each) && !('condition' in what)),
    );
    return {
      ...what,
      ...(when ? { during: when } : {}),
      ...(known.length > 0 ? { timing: known } : {}),
      ...count,
    } as unknown as EventCriterion;
  });
const person = fc.constantFrom<Criterion>(
  { sex: 'female' },
  { age: { min: 18, at: 'index' } },
  { age: { min: 18, max: 40, at: 'index' } },
);

function criterionOf(depth: number): fc.Arbitrary<Criterion> {
  const leaf = fc.oneof(event, person);
  if (depth === 0) return leaf;
  const parts = fc.array(criterionOf(depth - 1), { minLength: 1, maxLength: 3 });
  return fc.oneof(
    leaf,
    parts.map((all) => ({ all })),
    parts.map((any) => ({ any })),
    parts.map((none) => ({ none })),
    parts.map((of) => ({ atLeast: of.length, of })),
  );
}

/** A criterion in one form of those that mean the same: ATLAS keeps no order among kinds, and no group of one. */
function plain(criterion: Criterion): unknown {
  if (isEvent(criterion)) return { ...criterion, timing: inOrder(criterion.timing ?? []) };
  const parts = inOrder(partsOf(criterion).map(plain));
  if (parts.length === 0) return criterion;
  if ('none' in criterion) return without(parts);
  if ('of' in criterion) return { atLeast: criterion.atLeast, of: parts };
  if (parts.length === 1) return parts[0];
  return 'all' in criterion ? { all: parts } : { any: parts };
}

/** Any order, but the same for the same parts, however their keys stand. */
function inOrder<Part>(parts: readonly Part[]): readonly Part[] {
  const letters = (part: Part): string => JSON.stringify(keysInOrder(part));
  return parts.toSorted((a, b) => (letters(a) < letters(b) ? -1 : 1));
}

function keysInOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keysInOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, one]) => [key, keysInOrder(one)]);
}

/** `none` of a choice is `none` of its parts, and twice `none` is what stands in it. */
function without(parts: readonly unknown[]): unknown {
  const [only] = parts as [object];
  if (parts.length > 1) return { none: parts };
  if ('any' in only) return { none: only.any };
  if (!('none' in only)) return { none: parts };
  const inner = only.none as unknown[];
  return inner.length === 1 ? inner[0] : { any: inner };
}

test('[R131] random exclusions are read back as they were', () => {
  fc.assert(
    fc.property(criterionOf(2), (criterion) => {
      const protocol = study(`${INDEX}${ARM}`);
      const withRule: Protocol = { ...protocol, exclusions: [{ id: 'own', label: 'Own', rule: criterion }] };
      expect(toAtlas(withRule).leftOut).toEqual([]);
      const { part, leftOut } = back(withRule);
      expect(leftOut.filter(({ at }) => at !== 'ExpressionLimit')).toEqual([]);
      const [exclusion] = part.exclusions;
      expect(exclusion?.label).toBe('Own');
      expect(plain(exclusion?.rule ?? { any: [] })).toEqual(plain(criterion));
    }),
    { numRuns: 200 },
  );
});

test('[R131] a definition is written as it was read', () => {
  const asked = {
    ConditionOccurrence: { CodesetId: 0, First: true, OccurrenceStartDate: { Value: '2012-01-01', Op: 'gte' } },
  };
  const InclusionRules = [
    rule('Treated', [counted({ DrugExposure: { CodesetId: 1 } }, around(1, 90), 2, 2)]),
    rule('Adult', [], { DemographicCriteriaList: [{ Age: { Value: 18, Op: 'gte' } }] }),
  ];
  const PrimaryCriteria = { ...primary(asked), ObservationWindow: { PriorDays: 365, PostDays: 30 } };
  const first = protocolOf(diabetes({ PrimaryCriteria, InclusionRules }));
  const { part, leftOut } = back(first);
  expect(leftOut).toEqual([]);
  expect(part).toEqual({
    concepts: first.concepts,
    arms: first.arms,
    index: first.index,
    exclusions: first.exclusions,
  });
});

describe('what ATLAS has no equal for', () => {
  test('[R132] is named with its path in the protocol', () => {
    const cases: readonly [string, string][] = [
      ['age: { max: 17 }', ''],
      ['sex: other', ''],
      ['drug: named', ''],
      ['condition: mixed', ''],
      ['note: wheezing', '.note'],
      ['contact: any', '.contact'],
      ['condition: wheeze, verification: [confirmed]', '.verification'],
      ['drug: inhaler, sources: [order]', '.sources'],
      ['measurement: lung, value: { range: normal }', '.value'],
      ['measurement: lung, value: { above: 1, atMost: 3 }', '.value'],
      ['drug: inhaler, timing: [{ within: 1 year, after: index }]', '.timing'],
      ['drug: inhaler, timing: [{ after: index }, { within: 3 days, of: index }]', '.timing'],
      ['condition: wheeze, timing: [{ within: 3 days, onOrAfter: index }]', '.timing'],
      ['drug: inhaler, timing: [{ of: { visit: any, timing: [{ after: index }] } }]', '.timing[0].of.timing[0]'],
      ['drug: inhaler, timing: [{ of: { drug: inhaler } }]', '.timing[0]'],
    ];
    for (const [criterion, at] of cases)
      expect([criterion, left(criterion).at(-1)]).toEqual([criterion, `exclusions[0].rule${at}`]);
    expect(left('any: [{ sex: male }, { all: [{ death: any }, { sex: unknown }] }]')).toEqual([
      'exclusions[0].rule.any[1].all[1]',
    ]);
  });

  test('[R132] codes of ICD are source concepts, and those below them are named', () => {
    const protocol = study(`${INDEX}${ARM}exclusions: [{ id: own, label: Own, rule: { condition: wheeze } }]\n`);
    const { definition, leftOut } = toAtlas(protocol);
    expect(leftOut).toEqual([]);
    expect(definition.InclusionRules?.[0]?.expression.CriteriaList?.[0]?.Criteria).toEqual({
      ConditionOccurrence: { ConditionSourceConcept: 1 },
    });
    const { concepts } = protocol;
    const below = {
      ...protocol,
      concepts: {
        ...concepts,
        wheeze: {
          label: 'Wheeze',
          terms: [],
          codes: (concepts.wheeze?.codes ?? []).map((code) => ({ ...code, descendants: true })),
        },
      },
    };
    expect(toAtlas(below).leftOut.map(({ at }) => at)).toEqual(['concepts.wheeze.codes[0].descendants']);
  });

  test('[R132] observation around the index event', () => {
    const asked = (more: string): string[] =>
      toAtlas(study(`index: { label: Asthma, events: [{ condition: asthma }], ${more} }\n${ARM}`)).leftOut.map(
        ({ at }) => at,
      );
    expect(asked('take: every, lookback: 365 days, followUp: 4 weeks')).toEqual([]);
    expect(asked('take: first, lookback: 365 days')).toEqual([]);
    expect(asked('take: last, lookback: 365 days')).toEqual(['index.lookback']);
    expect(asked('take: every, followUp: 1 year')).toEqual(['index.followUp']);
    expect(asked('take: first, washout: 1 year')).toEqual(['index.washout']);
  });
});

test('[R133] the entry events are the index event, else the arms; other arms are a rule', () => {
  const names = (rest: string) => (toAtlas(study(rest)).definition.InclusionRules ?? []).map(({ name }) => name);
  expect(names(`${INDEX}${ARM}`)).toEqual([]);
  expect(names(`${INDEX}arms: [{ id: two, label: Twice, criterion: { condition: asthma, atLeast: 2 } }]\n`)).toEqual([
    'Found by: Twice',
  ]);
  const arms = toAtlas(
    study(
      'arms: [{ id: a, label: A, criterion: { condition: asthma } }, { id: b, label: B, criterion: { drug: inhaler, during: period } }]\n',
    ),
  );
  expect(arms.definition.PrimaryCriteria.CriteriaList).toEqual([
    { ConditionOccurrence: { CodesetId: 0 } },
    { DrugExposure: { CodesetId: 1, OccurrenceStartDate: { Value: '2010-01-01', Extent: '2019-12-31', Op: 'bt' } } },
  ]);
  for (const rest of [
    'arms: [{ id: a, label: A, criterion: { condition: asthma, atLeast: 2 } }]\n',
    `index: { label: X, events: [{ contact: any }] }\n${ARM}`,
  ])
    expect(() => toAtlas(study(rest))).toThrow(
      expect.objectContaining({ code: 'cohort.atlas-no-entry' }) as ChartproofError,
    );
  const reviewed = study(
    `${INDEX}${ARM}exclusions: [{ id: r, label: R, reviewer: { instrument: screening, when: eligible = false } }]\n`,
  );
  expect(toAtlas(reviewed).leftOut.map(({ at }) => at)).toEqual(['exclusions[0].reviewer']);
});
