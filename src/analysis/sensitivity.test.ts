import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Protocol, underAlternative } from '../protocol/index.ts';
import { buildTables } from './build-tables.ts';
import type { DataSet } from './data-set.ts';
import { arm, type Patient, patients, psoriasisData, psoriasisProtocol } from './psoriasis-data.test-support.ts';
import { dataUnder, sensitivity } from './sensitivity.ts';
import { sensitivityTable } from './sensitivity-table.ts';
import { traceCell } from './trace.ts';

const plain = psoriasisProtocol('');
const ALTERNATIVES: NonNullable<Protocol['response']>['alternatives'] = [
  { id: 'twice', label: 'Clear at two visits', confirmation: { times: 2, afterDays: 28 } },
  {
    id: 'open',
    label: 'Without an assessment not known',
    categories: [
      { code: 'cleared', label: 'Cleared', when: 'resolved' },
      { code: 'not', label: 'Not cleared', when: 'evaluable > 0' },
      { code: 'unseen', label: 'Not seen' },
    ],
    unknown: 'unseen',
  },
];

function protocolWith(alternatives = ALTERNATIVES, base: Protocol = plain): Protocol {
  if (!base.response) throw new Error('it has one');
  return { ...base, response: { ...base.response, alternatives } };
}

/** The same study with an unknown category of its own. */
const withUnknown = (): Protocol => underAlternative(protocolWith(), 'open');

describe('sensitivity', () => {
  test('[R12] runs the study again under each definition, of the same subjects', () => {
    const { definitions } = sensitivity(psoriasisData(protocolWith()));
    expect(definitions.map(({ id, all }) => [id, all.n, all.N])).toEqual([
      ['declared', 3, 8],
      ['twice', 0, 8],
      ['open', 3, 8],
    ]);
    expect(definitions.at(-1)?.categories.map(({ code, subjects }) => [code, subjects.length])).toEqual([
      ['cleared', 3],
      ['not', 2],
      ['unseen', 3],
    ]);
  });

  test('[R12] those analysed as declared stay, also where the alternative would leave them out', () => {
    const analysed = { label: 'Not cleared', when: 'response.responder' };
    const data = psoriasisData({ ...protocolWith(), analysed });
    expect(data.subjects).toHaveLength(3);
    expect(sensitivity(data).definitions.map(({ all }) => [all.n, all.N])).toEqual([
      [3, 3],
      [0, 3],
      [3, 3],
    ]);
  });

  test('[R12] variables follow the response', () => {
    const variables = [{ id: 'well', label: 'Well', value: 'response.responder' }];
    const data = psoriasisData({ ...protocolWith(), variables });
    const again = dataUnder(data, underAlternative(data.protocol, 'twice'));
    expect([data, again].map((one) => one.subjects.filter(({ variables: { well } }) => well === true).length)).toEqual([
      3, 0,
    ]);
  });

  test('[R13] tells who moved, from what to what, and why', () => {
    const [declared, twice] = sensitivity(psoriasisData(protocolWith())).definitions;
    expect(declared?.moved).toEqual([]);
    expect(twice?.moved[0]).toEqual({
      subject: 'S001',
      from: 'cleared',
      to: 'not',
      why: 'not: arm is not (unchanged on 2015-06-01, resolved on 2015-09-01; better, but not confirmed).',
    });
  });

  test('[R13] a row is traced under its own definition', () => {
    const data = psoriasisData(protocolWith());
    const trace = traceCell(data, buildTables(data), 'sensitivity/twice/not');
    expect(trace.subjects[0]?.response).toContain('better, but not confirmed');
    expect(trace.subjects[0]?.values.map((value) => value.field)).toContain('state');
    const declared = traceCell(data, buildTables(data), 'sensitivity/declared/cleared');
    expect(declared.subjects[0]?.response).toBe(
      'cleared: arm is cleared (unchanged on 2015-06-01, resolved on 2015-09-01).',
    );
  });

  test('[R14] counts the unknown as none, not at all, and as response', () => {
    const [declared] = sensitivity(psoriasisData(withUnknown())).definitions;
    const shares = [declared?.all, declared?.known, declared?.bestCase];
    expect(shares.map((one) => one && [one.n, one.N])).toEqual([
      [3, 8],
      [3, 5],
      [6, 8],
    ]);
  });

  test('[R14] nobody, or nobody known, has no percentage', () => {
    const of = (list: readonly Patient[]): DataSet => psoriasisData(withUnknown(), list);
    const [none] = sensitivity(of([])).definitions;
    expect(none?.all).toEqual({ n: 0, N: 0, percent: null, subjects: [], among: [] });
    const [unseen] = sensitivity(of([{}, {}])).definitions;
    expect([unseen?.all.percent, unseen?.known.percent, unseen?.bestCase.percent]).toEqual([0, null, 100]);
    expect(JSON.stringify(sensitivityTable(of([{}])))).not.toMatch(/NaN|undefined/);
  });

  test('[R14] the worst case is never above the complete case, nor that above the best', () => {
    const patient = fc.constantFrom<Patient>(
      {},
      { plaque: [arm('2015-06-01', 'clear')] },
      { plaque: [arm('2015-06-01', 'same')] },
    );
    fc.assert(
      fc.property(fc.array(patient, { minLength: 1, maxLength: 6 }), (list) => {
        const [one] = sensitivity(psoriasisData(withUnknown(), list)).definitions;
        const [worst = 0, complete, best = 0] = [one?.all, one?.known, one?.bestCase].map((it) => it?.percent);
        expect(worst ?? 0).toBeLessThanOrEqual(complete ?? worst ?? 0);
        expect(complete ?? best ?? 0).toBeLessThanOrEqual(best ?? 0);
      }),
      { numRuns: 40 },
    );
  });

  test('[R15] every number has just as many subjects', () => {
    for (const row of sensitivityTable(psoriasisData(withUnknown())).rows)
      for (const cell of row.cells) expect(cell.subjects, `${row.id}/${cell.column}`).toHaveLength(cell.n);
  });

  test('[R15] is a table after those of the protocol, where there are alternatives', async () => {
    const data = psoriasisData(protocolWith(), patients);
    const tables = buildTables(data).tables;
    expect(tables.map(({ id }) => id)).toEqual([...plain.tables.map(({ id }) => id), 'sensitivity']);
    expect(buildTables(psoriasisData(plain)).tables.map(({ id }) => id)).not.toContain('sensitivity');
    const [table] = tables.slice(-1);
    const lines = [
      ['', ...(table?.columns ?? []).map(({ label }) => label)],
      ...(table?.rows ?? []).map(({ label, cells }) => [label, ...cells.map(({ text }) => text)]),
    ];
    await expect(lines.map((line) => line.join(' | ')).join('\n')).toMatchFileSnapshot('snapshots/sensitivity.txt');
  });
});
