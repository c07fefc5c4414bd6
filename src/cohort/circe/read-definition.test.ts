import { describe, expect, test } from 'vitest';
import { ChartproofError } from '../../base/index.ts';
import {
  around,
  counted,
  diabetes,
  item,
  type Json,
  pathsLeftOut,
  primary,
  protocolOf,
  read,
  rule,
  SETS,
} from './diabetes.test-support.ts';
import { fromAtlas } from './read-definition.ts';

const METFORMIN = { DrugExposure: { CodesetId: 1 } };
const HBA1C = { Measurement: { CodesetId: 2 } };
const ANY_TIME = around();

function failure(text: string): ChartproofError {
  try {
    fromAtlas(text, 'definition.json');
  } catch (error) {
    if (error instanceof ChartproofError) return error;
    throw error;
  }
  throw new Error('it was read');
}

/** The rule of the exclusion that an inclusion rule becomes. */
function excluded(list: readonly Json[], more: Json = {}): unknown {
  return protocolOf(diabetes({ InclusionRules: [rule('Rule', list, more)] })).exclusions[0]?.rule;
}

const drug = (more: object = {}) => ({ drug: 'metformin', atLeast: 1, ...more });

describe('a file', () => {
  test('[R120] that is no JSON, of another tool, or nested without end is refused at its place', () => {
    expect(failure('{ "ConceptSets": [\n  { "id": 1, ]\n}')).toMatchObject({
      code: 'cohort.atlas-not-json',
      place: { line: 2 },
    });
    expect(failure('')).toMatchObject({ code: 'cohort.atlas-not-json' });
    const other = failure('{ "resourceType": "Group",\n "member": [] }');
    expect(other).toMatchObject({
      code: 'cohort.atlas-invalid',
      problems: [{ message: expect.stringContaining('PrimaryCriteria') }],
    });
    const wrong = failure(JSON.stringify(diabetes({ QualifiedLimit: { Type: 'Some' } }), null, 1));
    expect(wrong.problems).toHaveLength(1);
    expect(wrong.problems[0]?.place?.line).toBeGreaterThan(10);
    const deep = failure(`\n${'{"Groups":['.repeat(50_000)}`);
    expect(deep).toMatchObject({ code: 'cohort.atlas-too-deep', place: { line: 2 } });
  });

  test('[R120] with a mark of its encoding, tabs and nulls is read', () => {
    const text = `\uFEFF${JSON.stringify(diabetes({ AdditionalCriteria: null, InclusionRules: null, EndStrategy: null }), null, '\t')}`;
    expect(fromAtlas(text, 'definition.json').leftOut).toEqual([]);
  });

  test('[R120] of whose entry events none can be said is refused with the reasons', () => {
    const { code, problems } = failure(
      JSON.stringify(diabetes({ PrimaryCriteria: primary({ DrugEra: { CodesetId: 1 } }) })),
    );
    expect([code, problems[0]?.message]).toEqual([
      'cohort.atlas-no-entry',
      expect.stringContaining('CriteriaList[0].DrugEra'),
    ]);
  });
});

describe('what has no equal', () => {
  test('[R121] is named with its path, also what is not known', () => {
    const PrimaryCriteria = primary(
      { ConditionOccurrence: { CodesetId: 0 } },
      { DrugExposure: { CodesetId: 1, Refills: { Value: 1, Op: 'gt' }, Colour: 'red' } },
    );
    const definition = diabetes({
      PrimaryCriteria,
      EndStrategy: { DateOffset: { Offset: 3 } },
      CollapseSettings: { EraPad: 30 },
      Newer: [1],
    });
    expect(pathsLeftOut(definition)).toEqual([
      'PrimaryCriteria.CriteriaList[1].DrugExposure.Refills',
      'PrimaryCriteria.CriteriaList[1].DrugExposure.Colour',
      'EndStrategy',
      'CollapseSettings',
      'Newer',
    ]);
  });

  test('[R121] what is empty asks nothing', () => {
    const condition = {
      CodesetId: 0,
      ConditionTypeExclude: false,
      ConditionType: [],
      StopReason: null,
      CorrelatedCriteria: { Type: 'ALL', CriteriaList: [] },
    };
    const definition = diabetes({
      PrimaryCriteria: primary({ ConditionOccurrence: condition }),
      CensorWindow: {},
      CensoringCriteria: [],
      CollapseSettings: { CollapseType: 'ERA', EraPad: 0 },
    });
    expect(pathsLeftOut(definition)).toEqual([]);
  });

  test('[R121] observation periods, standard concepts and the way of counting years are told as differences', () => {
    const age = { DemographicCriteriaList: [{ Age: { Value: 18, Op: 'gte' } }] };
    const { leftOut, differs } = read(diabetes({ InclusionRules: [rule('Adult', [], age)] }));
    expect(leftOut).toEqual([]);
    for (const topic of ['Observation periods', 'Codes', 'Ages', 'Diagnoses'])
      expect(differs.filter((how) => how.startsWith(`${topic}:`))).toHaveLength(1);
  });
});

test('[R122] rules become exclusions in their order; one that cannot be said whole is left out whole', () => {
  const rules = [
    rule('Treated', [counted(METFORMIN, around(0, 90), 2, 1)]),
    rule('Half', [counted(METFORMIN, around(0, 90), 2, 1), counted({ DrugEra: {} }, ANY_TIME, 2, 1)]),
    rule('No rule', []),
    rule('Treated', [counted(HBA1C, ANY_TIME, 0, 0)]),
  ];
  const AdditionalCriteria = rule('', [counted(HBA1C, around(-90, -1), 2, 1)]).expression;
  const definition = diabetes({ AdditionalCriteria, InclusionRules: rules, ExpressionLimit: { Type: 'All' } });
  expect(protocolOf(definition).exclusions.map(({ id, label }) => [id, label])).toEqual([
    ['additional-criteria', 'Not met: Additional criteria'],
    ['treated', 'Not met: Treated'],
    ['treated-2', 'Not met: Treated'],
  ]);
  expect(pathsLeftOut(definition)).toEqual(['InclusionRules[1].expression.CriteriaList[1].Criteria.DrugEra']);
});

describe('counts and groups', () => {
  test('[R123] at least, at most and exactly', () => {
    const so = (type: number, count: number, more: Json = {}) =>
      excluded([{ ...counted(METFORMIN, ANY_TIME, type, count), Occurrence: { Type: type, Count: count, ...more } }]);
    expect(so(2, 3)).toEqual({ none: [drug({ atLeast: 3 })] });
    expect(so(0, 0)).toEqual(drug());
    expect(so(1, 0)).toEqual(drug());
    expect(so(1, 2)).toEqual(drug({ atLeast: 3 }));
    expect(so(0, 2)).toEqual({ none: [{ all: [drug({ atLeast: 2 }), { none: [drug({ atLeast: 3 })] }] }] });
    expect(so(2, 2, { IsDistinct: true, CountColumn: 'START_DATE' })).toEqual({ none: [drug({ onDays: 2 })] });
    expect(so(2, 1, { IsDistinct: true })).toEqual({ none: [drug()] });
    expect([so(2, 2, { IsDistinct: true }), so(2, 0)]).toEqual([undefined, undefined]);
  });

  test('[R123] of one sex: at least none for others', () => {
    const men = { DrugExposure: { CodesetId: 1, Gender: [{ CONCEPT_ID: 8507 }] } };
    expect(excluded([counted(men, ANY_TIME, 2, 1)])).toEqual({ none: [{ all: [drug(), { sex: 'male' }] }] });
    expect(excluded([counted(men, ANY_TIME, 1, 1)])).toEqual({
      none: [{ none: [drug({ atLeast: 2 })] }, { none: [{ sex: 'male' }] }],
    });
  });

  test('[R124] all, any, at least and at most', () => {
    const two = [counted(METFORMIN, ANY_TIME, 2, 1), counted(HBA1C, ANY_TIME, 2, 1)];
    const parts = [drug(), { measurement: 'hba1c', atLeast: 1 }];
    expect(excluded(two)).toEqual({ none: [{ all: parts }] });
    expect(excluded(two, { Type: 'ANY' })).toEqual({ none: parts });
    expect(excluded(two, { Type: 'AT_LEAST', Count: 2 })).toEqual({ none: [{ atLeast: 2, of: parts }] });
    expect(excluded(two, { Type: 'AT_MOST', Count: 0 })).toEqual({ any: parts });
    expect(excluded(two, { Type: 'AT_MOST', Count: 1 })).toEqual({ atLeast: 2, of: parts });
    const group = { Type: 'ANY', CriteriaList: two };
    expect(excluded([two[0] ?? {}], { Groups: [group] })).toEqual({ none: [{ all: [drug(), { any: parts }] }] });
    expect(excluded(two, { Type: 'AT_MOST', Count: 2 })).toBeUndefined();
    expect(excluded(two, { Type: 'AT_LEAST', Count: 3 })).toBeUndefined();
    expect(excluded(two, { Groups: [{ Type: 'ALL' }] })).toBeUndefined();
  });
});

describe('windows', () => {
  test('[R125] those that we do not have leave out the rule', () => {
    const left = (window: Json, more: Json = {}, count = 1) =>
      pathsLeftOut(diabetes({ InclusionRules: [rule('Rule', [counted(METFORMIN, window, 2, count, more)])] })).map(
        (at) => at.replace(/^.*\]\./, ''),
      );
    expect(left({ ...around(0, 9), UseEventEnd: true })).toEqual(['StartWindow']);
    expect(left({ ...around(0, 9), UseIndexEnd: true })).toEqual(['StartWindow']);
    expect(left({ Start: { TimeUnit: 'hour', TimeUnitValue: 3, Coeff: -1 }, End: { Coeff: 1 } })).toEqual([
      'StartWindow',
    ]);
    expect(left({ Start: { TimeUnit: 'day', TimeUnitValue: 3, Coeff: -1 }, End: { Coeff: 1 } })).toEqual([]);
    expect(left(around(5, -5))).toEqual(['StartWindow']);
    expect(left(around(-99_999, 0))).toEqual(['StartWindow']);
    expect(left(around(0, 9), { EndWindow: around(0, 9) })).toEqual(['EndWindow']);
    expect(left(around(0, 9), { RestrictVisit: true })).toEqual(['RestrictVisit']);
    expect([left(around(-3, 9)), left(around(-3, 9), {}, 2)]).toEqual([[], ['StartWindow']]);
  });

  test('[R126] nested criteria are relations, seen from the event that they stand in', () => {
    const nested = (list: readonly Json[], more: Json = {}) => ({
      DrugExposure: { CodesetId: 1, CorrelatedCriteria: { Type: 'ALL', CriteriaList: list, ...more } },
    });
    const inside = counted({ VisitOccurrence: { CodesetId: 3 } }, around(0, 30), 2, 1);
    expect(excluded([counted(nested([inside]), ANY_TIME, 2, 1)])).toEqual({
      none: [drug({ timing: [{ within: '30 days', onOrBefore: { visit: 'inpatient', atLeast: 1 } }] })],
    });
    for (const bad of [
      counted(METFORMIN, around(0, 30), 2, 1),
      counted(HBA1C, around(0, 30), 2, 2),
      counted(HBA1C, around(-1, 30), 2, 1),
    ])
      expect(excluded([counted(nested([bad]), ANY_TIME, 2, 1)])).toBeUndefined();
    expect(excluded([counted(nested([inside, inside], { Type: 'ANY' }), ANY_TIME, 2, 1)])).toBeUndefined();
    const again = { ConditionOccurrence: { CodesetId: 0 } };
    expect(excluded([counted(again, around(0, 30), 2, 1)])).toBeUndefined();
    expect(excluded([counted(again, around(1, 30), 2, 1)])).toEqual({
      none: [{ condition: 'type-2-diabetes', timing: [{ within: '30 days', after: 'index' }], atLeast: 1 }],
    });
  });
});

describe('the entry event', () => {
  const entry = (criteria: readonly Json[], limit: string, prior = 0, more: Json = {}) => {
    const definition = diabetes({
      PrimaryCriteria: {
        CriteriaList: criteria,
        ObservationWindow: { PriorDays: prior, PostDays: 0 },
        PrimaryCriteriaLimit: { Type: limit },
      },
      ...more,
    });
    const { label: _label, events: _events, ...index } = protocolOf(definition).index ?? {};
    return { ...index, left: pathsLeftOut(definition) };
  };
  const plain = { ConditionOccurrence: { CodesetId: 0 } };
  const first = { ConditionOccurrence: { CodesetId: 0, First: true } };
  const dates = { OccurrenceStartDate: { Value: '2012-01-01', Extent: '2012-12-31', Op: 'bt' } };

  test('[R127] a limit is what is taken where nothing stands before it', () => {
    expect(entry([plain], 'First')).toEqual({ take: 'first', left: [] });
    expect(entry([plain, METFORMIN], 'Last')).toEqual({ take: 'last', left: [] });
    expect(entry([plain], 'All', 365, { ExpressionLimit: { Type: 'All' } })).toEqual({
      take: 'every',
      lookback: '365 days',
      left: [],
    });
    expect(entry([plain], 'First', 365)).toEqual({
      take: 'every',
      lookback: '365 days',
      left: ['PrimaryCriteria.PrimaryCriteriaLimit'],
    });
    const InclusionRules = [rule('Rule', [counted(METFORMIN, ANY_TIME, 2, 1)])];
    expect(entry([plain], 'All', 0, { InclusionRules })).toEqual({ take: 'every', left: ['ExpressionLimit'] });
    expect(entry([plain], 'All')).toEqual({ take: 'first', left: [] });
  });

  test('[R127] the first event ever', () => {
    expect(entry([first], 'All', 365)).toEqual({ take: 'first', lookback: '365 days', left: [] });
    const dated = { ConditionOccurrence: { ...first.ConditionOccurrence, ...dates } };
    expect(entry([dated], 'First', 30)).toEqual({ take: 'first', washout: '200 years', lookback: '30 days', left: [] });
    expect(entry([first, { DrugExposure: { CodesetId: 1, First: true } }], 'First')).toEqual({
      take: 'first',
      left: [],
    });
    expect(entry([first, METFORMIN], 'First')).toEqual({
      take: 'first',
      left: ['PrimaryCriteria.CriteriaList[0].ConditionOccurrence.First'],
    });
    expect(entry([dated, METFORMIN], 'First').left).toHaveLength(1);
  });

  test('[R127] age at the only entry event is an exclusion; sex belongs to the arm', () => {
    const asked = {
      ConditionOccurrence: { CodesetId: 0, First: true, Age: { Value: 18, Op: 'lt' }, Gender: [{ CONCEPT_ID: 8532 }] },
    };
    const { arms, exclusions } = protocolOf(diabetes({ PrimaryCriteria: primary(asked) }));
    expect(arms[0]?.criterion).toEqual({ all: [{ condition: 'type-2-diabetes', atLeast: 1 }, { sex: 'female' }] });
    expect(exclusions[0]?.rule).toEqual({ none: [{ age: { max: 17, at: 'index' } }] });
    const { Age: _age, ...ofWomen } = asked.ConditionOccurrence;
    for (const [criterion, key] of [
      [asked.ConditionOccurrence, 'Age'],
      [ofWomen, 'Gender'],
    ] as const)
      expect(
        pathsLeftOut(diabetes({ PrimaryCriteria: primary({ ConditionOccurrence: criterion }, METFORMIN) })),
      ).toEqual([`PrimaryCriteria.CriteriaList[0].ConditionOccurrence.${key}`]);
  });
});

test('[R128] concept sets', () => {
  const of = (items: readonly Json[], criterion: Json = { ConditionOccurrence: { CodesetId: 9 } }) => {
    const sets = [...SETS, { id: 9, name: 'Été 9', expression: { items } }];
    return diabetes({ ConceptSets: sets, InclusionRules: [rule('Rule', [counted(criterion, ANY_TIME, 2, 1)])] });
  };
  const codes = (definition: Json) => protocolOf(definition).concepts['ete-9']?.codes;
  const code = { system: 'SNOMED', code: '1', descendants: true, mapped: false, exclude: false };
  expect(
    codes(of([item('SNOMED', '1'), item('SNOMED', '2', { isExcluded: true, includeDescendants: false })])),
  ).toEqual([code, { ...code, code: '2', descendants: false, exclude: true }]);
  expect(codes(of([item('SNOMED', '1', { includeMapped: true })]))).toEqual([{ ...code, mapped: true }]);
  const local = { includeMapped: true, concept: { STANDARD_CONCEPT: 'N' } };
  expect(codes(of([item('ICD10CM', 'E11', local)], { ConditionOccurrence: { ConditionSourceConcept: 9 } }))).toEqual([
    { ...code, system: 'ICD10CM', code: 'E11' },
  ]);
  expect(read(of([item('Read', 'C10')])).differs.filter((how) => how.startsWith('Read:'))).toHaveLength(1);
  for (const bad of [
    [item('', '1')],
    [item('SNOMED', '1', { includeMapped: true, concept: { STANDARD_CONCEPT: null } })],
    [item('SNOMED', '1', { isExcluded: true })],
    [],
  ]) {
    expect(codes(of(bad))).toBeUndefined();
    expect(pathsLeftOut(of(bad)).at(-1)).toBe(
      'InclusionRules[0].expression.CriteriaList[0].Criteria.ConditionOccurrence.CodesetId',
    );
  }
  expect(
    pathsLeftOut(
      of(
        [
          item('Visit', 'OP', { concept: { CONCEPT_ID: 9202 } }),
          item('Visit', 'IP', { concept: { CONCEPT_ID: 9201 } }),
        ],
        { VisitOccurrence: { CodesetId: 9 } },
      ),
    ),
  ).toHaveLength(1);
});

test('[R129] ranges of dates, values and ages', () => {
  const during = (Op: string, Extent?: string) => {
    const found = excluded([
      counted(
        { DrugExposure: { CodesetId: 1, OccurrenceStartDate: { Value: '2012-02-29', Op, Extent } } },
        ANY_TIME,
        2,
        1,
      ),
    ]) as { none: [{ during: object }] } | undefined;
    return found?.none[0].during;
  };
  expect(['gt', 'gte', 'lt', 'lte', 'eq', '!eq'].map((op) => during(op))).toEqual([
    { from: '2012-03-01' },
    { from: '2012-02-29' },
    { to: '2012-02-28' },
    { to: '2012-02-29' },
    { from: '2012-02-29', to: '2012-02-29' },
    undefined,
  ]);
  expect([during('bt', '2013-01-01'), during('bt')]).toEqual([{ from: '2012-02-29', to: '2013-01-01' }, undefined]);
  const value = (range: Json) => {
    const found = excluded([counted({ Measurement: { CodesetId: 2, ...range } }, ANY_TIME, 2, 1)]) as
      | { none: [object] }
      | undefined;
    return found?.none[0];
  };
  const measured = (more: object) => ({ measurement: 'hba1c', atLeast: 1, ...more });
  expect(value({ ValueAsNumber: { Value: 7, Op: 'bt', Extent: 9 }, Unit: [{ CONCEPT_CODE: '%' }] })).toEqual(
    measured({ value: { atLeast: 7, atMost: 9 }, unit: '%' }),
  );
  expect(value({ ValueAsNumber: { Value: 7, Op: 'lt' }, RangeHighRatio: { Value: 1, Op: 'gt' } })).toEqual(
    measured({ value: { below: 7, range: 'high' } }),
  );
  for (const bad of [
    { ValueAsNumber: { Value: 7, Op: '!eq' } },
    { RangeHighRatio: { Value: 2, Op: 'gt' } },
    { Unit: [{ CONCEPT_CODE: '%' }] },
    { ValueAsNumber: { Value: 7, Op: 'gt' }, Unit: [{ CONCEPT_CODE: 'percentages' }] },
  ])
    expect(value(bad)).toBeUndefined();
  const age = (Op: string, Extent?: number) =>
    excluded([], { DemographicCriteriaList: [{ Age: { Value: 40, Op, Extent } }] });
  expect([age('gt'), age('lte'), age('!bt', 50)]).toEqual([
    { none: [{ age: { min: 41, at: 'index' } }] },
    { none: [{ age: { max: 40, at: 'index' } }] },
    { age: { min: 40, max: 50, at: 'index' } },
  ]);
  expect(excluded([], { DemographicCriteriaList: [{ Race: [{ CONCEPT_ID: 8515 }] }] })).toBeUndefined();
});

test('[R130] what is read passes the check within a protocol, of any disease', () => {
  const asthma = {
    ConceptSets: [
      { id: 7, name: 'Asthma', expression: { items: [item('ICD10', 'J45', { concept: { STANDARD_CONCEPT: 'N' } })] } },
    ],
    PrimaryCriteria: primary(
      { ConditionOccurrence: { ConditionSourceConcept: 7 } },
      { Death: {} },
      { VisitOccurrence: {} },
    ),
  };
  const { arms, index } = protocolOf(asthma);
  expect([arms.map(({ id }) => id), index?.label]).toEqual([
    ['asthma', 'death', 'visit-any'],
    'Asthma or Death or Visit: any',
  ]);
});
