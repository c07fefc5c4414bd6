import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { silent } from '../../base/index.ts';
import { type Criterion, isEvent, type Protocol, partsOf, resolved } from '../../protocol/index.ts';
import { leavesOf } from '../criteria/leaves.ts';
import type { Gate } from '../gate/gate.ts';
import { goutProtocol, hospital, type TestPerson } from '../hospital.test-support.ts';
import { findCandidates } from './find-candidates.ts';
import { findLeaves } from './find-leaves.ts';

const concepts = {
  gout: {
    label: 'Gout',
    codes: [
      { system: 'ICD9CM', code: '274' },
      { system: 'ICD9CM', code: '274.8', exclude: true },
      { system: 'ICD10CM', code: 'M10' },
    ],
    terms: [{ text: 'gout', synonyms: ['podagra'] }],
  },
  allopurinol: { label: 'Allopurinol', drugs: { names: ['allopurinol', 'Uric Stop'] } },
  tap: { label: 'Aspiration', codes: [{ system: 'CPT4', code: '20610' }] },
};

/** What an arm finds by each of its leaves: persons by their own names. */
async function leavesIn(persons: readonly TestPerson[], protocol: Protocol) {
  using place = await hospital(persons);
  using gate = await place.gate(protocol);
  return await named(gate, protocol);
}

async function named(gate: Gate, protocol: Protocol) {
  const { persons } = await findCandidates(gate, silent);
  const names = new Map(persons.map(({ personId, person }) => [personId, person.replace('Patient/', '')]));
  const said = (ids: readonly string[]) => ids.map((id) => names.get(id) ?? '').sort();
  const leaves = await findLeaves(gate, persons, silent);
  expect(leaves.map(({ arm }) => arm).every((arm) => protocol.arms.some(({ id }) => id === arm))).toBe(true);
  return leaves.map(({ found, only, codes, ...leaf }) => ({
    ...leaf,
    found: said(found),
    only: said(only),
    codes: Object.fromEntries(codes.map((one) => [one.code, said(one.found)])),
  }));
}

describe('leaves', () => {
  const any = goutProtocol({
    concepts,
    arms: [
      { id: 'coded', label: 'Codes', criterion: { condition: 'gout', during: 'period' } },
      {
        id: 'treated',
        label: 'Drug and note',
        criterion: {
          all: [
            { drug: 'allopurinol', sources: ['order'] },
            { any: [{ note: 'affirmed(@gout)' }, { visit: 'emergency' }] },
            { none: [{ procedure: 'tap' }] },
            { age: { min: 18 } },
          ],
        },
      },
    ],
  });
  const adult = { birth: '1950' } as const;
  const persons: TestPerson[] = [
    { id: 'nine', conditions: [{ code: '274.0', date: '2013' }] },
    {
      id: 'two',
      conditions: [
        { code: '2741', date: '2013' },
        { code: 'm10.07', date: '2014' },
      ],
    },
    {
      id: 'late',
      conditions: [
        { code: 'M10.0', date: '2014' },
        { code: '274.0', date: '2019' },
      ],
    },
    { id: 'left-out', conditions: [{ code: '274.82', date: '2013' }] },
    {
      id: 'refuser',
      conditions: [{ code: '274.0', date: '2013' }],
      consents: [{ decision: 'deny', date: '2012' }],
    },
    {
      id: 'written',
      ...adult,
      drugs: [{ text: 'ALLOPURINOL tablet', date: '2013' }],
      notes: [{ text: 'Gout.', date: '2013' }],
    },
    {
      id: 'both',
      ...adult,
      conditions: [{ code: '274', date: '2013' }],
      drugs: [
        { text: 'allopurinol', date: '2013' },
        { text: 'uric  stop', date: '2013' },
      ],
      notes: [{ text: 'Podagra.', date: '2013' }],
      visits: [{ class: 'EMER', date: '2013' }],
    },
  ];

  test('[R135][R136] each code, name and query counts those of its arm who have a row of it, with the codes on the rows', async () => {
    const leaves = await leavesIn(persons, any);
    const found = leaves.map(({ arm, kind, label, found: those }) => [arm, kind, label, those]);
    expect(found).toEqual([
      ['coded', 'code', 'ICD9CM 274', ['both', 'nine', 'two']],
      ['coded', 'code', 'ICD10CM M10', ['late', 'two']],
      ['treated', 'drug-name', 'allopurinol', ['both', 'written']],
      ['treated', 'drug-name', 'Uric Stop', ['both']],
      ['treated', 'query', 'affirmed(@gout)', ['both', 'written']],
      ['treated', 'event', expect.stringContaining('visit (emergency)'), ['both']],
    ]);
    expect(leaves.map(({ codes }) => codes).slice(0, 3)).toEqual([
      { 'ICD9CM 274': ['both'], 'ICD9CM 274.0': ['nine'], 'ICD9CM 274.1': ['two'] },
      { 'ICD10CM M10.0': ['late'], 'ICD10CM M10.07': ['two'] },
      {},
    ]);
  });

  test('[R137] only one leaf found whom no arm would find without it', async () => {
    const leaves = await leavesIn(persons, any);
    expect(leaves.map(({ label, only }) => [label.slice(0, 15), only])).toEqual([
      ['ICD9CM 274', ['nine']],
      ['ICD10CM M10', ['late']],
      ['allopurinol', ['written']],
      ['Uric Stop', []],
      ['affirmed(@gout)', ['written']],
      ['A visit (emerge', []],
    ]);
  });

  test('[R137] a number that is asked for is counted without the rows of the leaf', async () => {
    const twice = goutProtocol({
      concepts,
      arms: [{ id: 'twice', label: 'Twice', criterion: { condition: 'gout', atLeast: 2, onDays: 2 } }],
    });
    const at = (...rows: (readonly [code: string, date: string])[]) => rows.map(([code, date]) => ({ code, date }));
    const leaves = await leavesIn(
      [
        { id: 'mixed', conditions: at(['274', '2013'], ['M10.0', '2014']) },
        { id: 'nine', conditions: at(['274', '2013'], ['274', '2014'], ['M10.0', '2014']) },
        { id: 'once', conditions: at(['274', '2013']) },
      ],
      twice,
    );
    expect(leaves.map(({ found, only }) => ({ found, only }))).toEqual([
      { found: ['mixed', 'nine'], only: ['mixed', 'nine'] },
      { found: ['mixed', 'nine'], only: ['mixed'] },
    ]);
  });
});

const date = fc.constantFrom(undefined, '2011', '2013', '2013-05-01', '2014-02', '2018');
const few = <Item>(item: fc.Arbitrary<Item>) => fc.array(item, { maxLength: 3 });
const anyPerson = fc.record({
  birth: fc.constantFrom('1950', '2010'),
  consents: fc.constantFrom([], [], [], [{ decision: 'deny', date: '2012' } as const]),
  conditions: few(fc.record({ code: fc.constantFrom('274', '274.0', '274.8', 'M10.0', 'L40'), date })),
  drugs: few(fc.record({ text: fc.constantFrom('allopurinol', 'uric stop cream', 'colchicine'), date })),
  procedures: fc.array(fc.record({ code: fc.constantFrom('20610', '11100'), date }), { maxLength: 1 }),
  notes: fc.array(fc.record({ text: fc.constantFrom('Gout.', 'No gout.', 'Podagra.'), date }), { maxLength: 2 }),
  visits: fc.array(fc.record({ class: fc.constantFrom('AMB', 'EMER'), date }), { maxLength: 2 }),
});

const counted = {
  during: fc.constantFrom(undefined, 'period' as const),
  atLeast: fc.constantFrom(1, 1, 2),
  onDays: fc.constantFrom(undefined, undefined, 2),
  timing: fc.constantFrom(undefined, undefined, [{ after: { procedure: 'tap', atLeast: 1 } }]),
};
const anyArm = fc.letrec<{ criterion: Criterion }>((tie) => {
  const parts = fc.array(tie('criterion'), { minLength: 1, maxLength: 3 });
  return {
    criterion: fc.oneof(
      { depthSize: 'small' },
      fc.record({ condition: fc.constant('gout'), ...counted }),
      fc.record({ drug: fc.constant('allopurinol'), ...counted }),
      fc.record({ note: fc.constantFrom('gout', 'podagra', 'affirmed(@gout)'), ...counted }),
      fc.record({ visit: fc.constantFrom('any' as const, 'emergency' as const), ...counted }),
      fc.constant({ age: { min: 18 } }),
      fc.record({ all: parts }),
      fc.record({ any: parts }),
      fc.record({ none: parts }),
      fc.record({ atLeast: fc.integer({ min: 1, max: 2 }), of: parts }),
    ),
  };
}).criterion;

test('[R137] whatever the arms: a leaf is what finds those alone whom the protocol without it does not find', async () => {
  const [crowd = []] = fc.sample(fc.array(anyPerson, { minLength: 60, maxLength: 60 }), { numRuns: 1, seed: 3 });
  using place = await hospital(crowd.map((one, at) => ({ ...one, id: `p${at}` })));
  const arms = fc.array(anyArm, { minLength: 1, maxLength: 2 });
  await fc.assert(
    fc.asyncProperty(arms, async (criteria) => {
      const protocol = goutProtocol({
        concepts,
        arms: criteria.map((criterion, at) => ({ id: `a${at}`, label: 'A', criterion })),
      });
      using gate = await place.gate(protocol);
      for (const { id, found, only } of await named(gate, protocol)) {
        const left = await findCandidates({ ...gate, protocol: without(protocol, id) }, silent);
        const names = left.persons.map(({ person }) => person.replace('Patient/', ''));
        expect(only).toEqual(found.filter((name) => !names.includes(name)));
      }
    }),
    { numRuns: 15 },
  );
});

/** The protocol without one code, name, query or other event. `none` and `timing` stay: they find nobody. */
function without(protocol: Protocol, leaf: string): Protocol {
  const nothing: Criterion = { note: 'nowhere', atLeast: 1 };
  const less = (one: Criterion): Criterion => {
    if ('none' in one) return one;
    if (!isEvent(one)) {
      const parts = partsOf(one).map(less);
      return 'all' in one ? { all: parts } : 'any' in one ? { any: parts } : 'of' in one ? { ...one, of: parts } : one;
    }
    if ('condition' in one) return { ...one, condition: 'less' };
    if ('drug' in one) return { ...one, drug: 'less-drug' };
    return leavesOf(protocol, one)[0]?.id === leaf ? nothing : one;
  };
  const codes = concepts.gout.codes.filter(({ system, code }) => leaf !== `condition ${system} ${code}`);
  const names = concepts.allopurinol.drugs.names.filter((name) => leaf !== `drug-name ${name.toLowerCase()}`);
  return goutProtocol({
    concepts: {
      ...concepts,
      less: { ...concepts.gout, codes },
      'less-drug': { label: 'Less', drugs: { names } },
    },
    arms: protocol.arms.map((arm) => ({ ...arm, criterion: less(resolved(protocol, arm.criterion)) })),
  });
}
