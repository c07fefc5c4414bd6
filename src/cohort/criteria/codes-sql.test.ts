/** Codes through vocabularies: by example, and any vocabulary against a naive reading of the rules. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { followed, isDotless, normalizeCode } from '../../vocabulary/index.ts';
import type { Gate } from '../gate/gate.ts';
import { goutProtocol, type Hospital, hospital, type TestPerson } from '../hospital.test-support.ts';
import { compileCriterion, type Side } from './criterion-sql.ts';
import { type SystemCode, type TestVocabulary, useVocabulary } from './vocabulary.test-support.ts';

const universe: readonly SystemCode[] = [
  'ICD9CM 274',
  'ICD9CM 274.0',
  'ICD9CM 274.82',
  'ICD9CM 275',
  'ICD10CM M10',
  'ICD10CM M10.0',
  'ICD10CM M10.07',
  'ICD10CM L40',
  'SNOMED 90560007',
  'SNOMED 190828008',
  'SNOMED 9',
  'ATC M04',
  'ATC M04A',
];
const uris: Readonly<Record<string, string>> = {
  ICD9CM: 'http://hl7.org/fhir/sid/icd-9-cm',
  ICD10CM: 'http://hl7.org/fhir/sid/icd-10-cm',
  SNOMED: 'http://snomed.info/sct',
  ATC: 'http://www.whocc.no/atc',
};

/** One person for each code, and one who has it in another spelling. */
const persons: readonly TestPerson[] = universe.flatMap((one) => {
  const [system = '', code = ''] = one.split(' ');
  const spelled = isDotless(system) ? code.replace('.', '').toLowerCase() : ` ${code} `;
  const has = (text: string) => [{ code: text, system: uris[system] ?? '', date: '2013' }];
  return [
    { id: idOf(one), conditions: has(code) },
    { id: `${idOf(one)}-spelled`, conditions: has(spelled) },
  ];
});

function idOf(code: SystemCode): string {
  return code.replace(' ', '-');
}

interface AskedCode {
  readonly system: string;
  readonly code: string;
  readonly descendants?: boolean;
  readonly mapped?: boolean;
}

const criterion = { condition: 'asked', atLeast: 1 } as const;

/** The codes whose persons are found, on both sides of the gate. */
async function found(place: Hospital, vocabulary: TestVocabulary, codes: readonly AskedCode[]): Promise<SystemCode[]> {
  using gate = await place.gate(goutProtocol({ concepts: { asked: { label: 'Asked', codes } }, arms: [arm] }));
  await useVocabulary(gate.records, vocabulary);
  const behind = await meeting(gate, gate, 'authorized');
  expect(await meeting(gate, gate.records, 'main')).toEqual(behind);
  const both = universe.filter((one) => behind.includes(idOf(one)));
  expect(behind).toEqual(both.flatMap((one) => [idOf(one), `${idOf(one)}-spelled`]).sort());
  return both;
}

const arm = { id: 'coded', label: 'Codes', criterion: { condition: 'asked' } };

async function meeting(gate: Gate, asked: Pick<Gate, 'all'>, side: Side): Promise<string[]> {
  const { sql, parameters } = await compileCriterion(gate, criterion, side);
  const rows = await asked.all<{ id: string }>(
    `SELECT person_source_value AS id FROM ${side}.person WHERE person_id IN (${sql})`,
    parameters,
  );
  return rows.map(({ id }) => id.replace('Patient/', '')).sort();
}

const GEM = 'ICD9CM - ICD10CM gem';

describe('codes through vocabularies', () => {
  const vocabulary: TestVocabulary = {
    concepts: universe,
    mappings: [
      ['ICD9CM 274.0', 'ICD10CM M10.0', GEM],
      ['ICD9CM 274.82', 'ICD10CM L40', 'GEM combination'],
      ['ICD10CM M10.0', 'SNOMED 90560007', 'Maps to'],
      ['ICD10CM M10.07', 'ICD9CM 275', 'ICD10CM - ICD9CM gem'],
    ],
    ancestors: [
      ['SNOMED 90560007', 'SNOMED 90560007'],
      ['SNOMED 90560007', 'SNOMED 190828008'],
      ['ATC M04', 'SNOMED 9'],
    ],
  };

  test('[R40] what stands below by the hierarchy of the records counts, in whatever system', async () => {
    using place = await hospital(persons);
    const ask = (code: AskedCode) => found(place, vocabulary, [code]);
    expect(await ask({ system: 'SNOMED', code: '90560007' })).toEqual(['SNOMED 90560007', 'SNOMED 190828008']);
    expect(await ask({ system: 'SNOMED', code: '90560007', descendants: false })).toEqual(['SNOMED 90560007']);
    expect(await ask({ system: 'ATC', code: 'm04' })).toEqual(['SNOMED 9', 'ATC M04']);
    expect(await ask({ system: 'ATC', code: 'M04A' })).toEqual(['ATC M04A']);
  });

  test('[R41] mapped adds what a code maps to, one step, and the source codes of a standard code', async () => {
    using place = await hospital(persons);
    const ask = (code: AskedCode) => found(place, vocabulary, [{ ...code, mapped: true }]);
    expect(await ask({ system: 'ICD9CM', code: '274.0' })).toEqual(['ICD9CM 274.0', 'ICD10CM M10.0']);
    expect(await ask({ system: 'ICD9CM', code: '274' })).toEqual([
      'ICD9CM 274',
      'ICD9CM 274.0',
      'ICD9CM 274.82',
      'ICD10CM M10.0',
    ]);
    expect(await ask({ system: 'ICD9CM', code: '274', descendants: false })).toEqual(['ICD9CM 274']);
    expect(await ask({ system: 'ICD10CM', code: 'M10.0', descendants: false })).toEqual([
      'ICD10CM M10.0',
      'SNOMED 90560007',
    ]);
    expect(await ask({ system: 'SNOMED', code: '90560007' })).toEqual([
      'ICD10CM M10.0',
      'SNOMED 90560007',
      'SNOMED 190828008',
    ]);
  });

  test('[R42] a part of a combination is not what the code means', async () => {
    using place = await hospital(persons);
    expect(await found(place, vocabulary, [{ system: 'ICD9CM', code: '274.82', mapped: true }])).toEqual([
      'ICD9CM 274.82',
    ]);
  });

  test('[R43] to ask what codes map to without a crosswalk is an error that says what to do', async () => {
    using place = await hospital([{ id: 'anybody', conditions: [{ code: '274.0' }] }]);
    const codes = [{ system: 'ICD9CM', code: '274', mapped: true }];
    using gate = await place.gate(goutProtocol({ concepts: { asked: { label: 'Asked', codes } }, arms: [arm] }));
    await expect(compileCriterion(gate, { any: [{ none: [criterion] }] }, 'main')).rejects.toMatchObject({
      code: 'cohort.no-crosswalk',
      message: expect.stringContaining('`asked`'),
      tip: expect.stringContaining('chartproof vocabulary import'),
    });
  });
});

const anyCode = fc.constantFrom(...universe);
const relationships = [...followed, 'GEM combination', 'Is a', 'Mapped from'];
const anyVocabulary: fc.Arbitrary<TestVocabulary> = fc
  .uniqueArray(anyCode, { minLength: 3, maxLength: universe.length })
  .chain((concepts) => {
    const one = fc.constantFrom(...concepts);
    return fc.record({
      concepts: fc.constant(concepts),
      mappings: fc.array(fc.tuple(one, one, fc.constantFrom(...relationships)), { maxLength: 8 }),
      ancestors: fc.array(fc.tuple(one, one), { maxLength: 8 }),
    });
  });
const anyAsked = fc
  .record({ one: anyCode, descendants: fc.boolean(), mapped: fc.boolean() })
  .map(({ one, ...more }) => {
    const [system = '', code = ''] = one.split(' ');
    return { system, code, ...more };
  });

test('[R40][R41][R42][R43] any codes find in any vocabulary whom the rules, read naively, find', async () => {
  using place = await hospital(persons);
  await fc.assert(
    fc.asyncProperty(anyVocabulary, fc.array(anyAsked, { minLength: 1, maxLength: 3 }), async (vocabulary, codes) => {
      const expected = naive(vocabulary, codes);
      if (expected === undefined)
        await expect(found(place, vocabulary, codes)).rejects.toMatchObject({ code: 'cohort.no-crosswalk' });
      else expect(await found(place, vocabulary, codes)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

/** The codes that count; `undefined` where a crosswalk is asked for that is not there. */
function naive(vocabulary: TestVocabulary, codes: readonly Required<AskedCode>[]): SystemCode[] | undefined {
  const counted = new Set<SystemCode>();
  for (const asked of codes) {
    if (asked.mapped && !hasCrosswalk(vocabulary, asked.system)) return undefined;
    const own = universe.filter((one) => isOrIsBelow(vocabulary, asked, one));
    for (const one of own) counted.add(one);
    if (asked.mapped) for (const one of own) for (const other of mappedFrom(vocabulary, one)) counted.add(other);
  }
  return universe.filter((one) => counted.has(one));
}

function isOrIsBelow(
  { ancestors }: TestVocabulary,
  { system, code, descendants }: AskedCode,
  one: SystemCode,
): boolean {
  const asked: SystemCode = `${system} ${code}`;
  if (one === asked) return true;
  if (descendants === false) return false;
  if (!isDotless(system)) return ancestors.some(([above, below]) => above === asked && below === one);
  const [otherSystem = '', other = ''] = one.split(' ');
  return otherSystem === system && normalizeCode(system, other).startsWith(normalizeCode(system, code));
}

function mappedFrom({ mappings }: TestVocabulary, one: SystemCode): SystemCode[] {
  return mappings.flatMap(([from, to, kind]) => [
    ...(from === one && followed.includes(kind) ? [to] : []),
    ...(to === one && kind === 'Maps to' ? [from] : []),
  ]);
}

function hasCrosswalk({ mappings }: TestVocabulary, system: string): boolean {
  return mappings.some(
    ([from, to, kind]) =>
      (followed.includes(kind) && from.startsWith(`${system} `)) || (kind === 'Maps to' && to.startsWith(`${system} `)),
  );
}
