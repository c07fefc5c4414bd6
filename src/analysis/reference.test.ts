/** Every procedure of analysis.R against numbers from elsewhere: reference-cases.yaml, with their origin. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { FieldPairs } from '../review/index.ts';
import { fieldPairs, NOBODY, PROPORTION, runComputations } from './computations.test-support.ts';
import type { Computation } from './computations.ts';
import { readAgreement, readCurves, readEstimates, readProportions } from './read-statistics.ts';
import type { Coefficient, EstimateResult } from './statistic-results.ts';
import { scriptFiles } from './statistics.ts';
import type { ValueRow } from './value-row.ts';

type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;
interface Case {
  readonly id: string;
  readonly method: string;
  readonly kind?: Computation['kind'];
  readonly counts?: Counts;
  readonly strata?: Readonly<Record<string, Counts>>;
  readonly numbers?: Readonly<Record<string, readonly number[]>>;
  readonly pairs?: readonly (readonly [number, number])[];
  readonly agree?: readonly [number, number];
  readonly discordant?: { readonly gained: number; readonly lost: number };
  readonly expected: Readonly<Record<string, number>>;
  readonly origin: string;
}
interface ProportionCase {
  readonly x: number;
  readonly n: number;
  readonly method: string;
  readonly low: number;
  readonly high: number;
  readonly origin: string;
}
interface SurvivalCase {
  readonly id: string;
  readonly interval: string;
  readonly times: Readonly<Record<string, string>>;
  readonly at?: number;
  readonly medians: readonly (readonly (number | null)[])[];
  readonly survival?: readonly (readonly (number | null)[])[];
  readonly logRank: Readonly<Record<string, number>>;
  readonly origin: string;
}
interface AgreementCase {
  readonly id: string;
  readonly table?: readonly (readonly number[])[];
  readonly numbers?: readonly (readonly [number, number])[];
  readonly warns?: boolean;
  readonly prevalenceIndex?: number;
  readonly biasIndex?: number;
  readonly origin: string;
}
type Coefficients = Readonly<Partial<Record<'kappa' | 'weightedKappa' | 'ac1' | 'icc', readonly number[]>>>;

const cases: {
  readonly proportions: readonly ProportionCase[];
  readonly estimates: readonly Case[];
  readonly survival: readonly SurvivalCase[];
  readonly agreement: readonly (AgreementCase & Coefficients)[];
} = parse(readFileSync(new URL('reference-cases.yaml', import.meta.url), 'utf8'));

const repeated = (n: number, row: Partial<ValueRow>): ValueRow[] =>
  Array.from({ length: n }, () => ({ ...NOBODY, ...row }));
const counted = (counts: Counts, stratum = ''): ValueRow[] =>
  Object.entries(counts).flatMap(([group, values]) =>
    Object.entries(values).flatMap(([value, n]) => repeated(n, { group, value, stratum })),
  );

function rowsOf({ counts, strata, numbers, pairs, agree, discordant }: Case): ValueRow[] {
  const [both = 0, neither = 0] = agree ?? [];
  return [
    ...(counts ? counted(counts) : []),
    ...Object.entries(strata ?? {}).flatMap(([stratum, inner]) => counted(inner, stratum)),
    ...Object.entries(numbers ?? {}).flatMap(([group, values]) =>
      values.flatMap((value) => repeated(1, { group, value: String(value) })),
    ),
    ...(pairs ?? []).flatMap(([value, second]) => repeated(1, { value: String(value), second: String(second) })),
    ...repeated(both, { value: 'true', second: 'true' }),
    ...repeated(neither, { value: 'false', second: 'false' }),
    ...repeated(discordant?.gained ?? 0, { value: 'false', second: 'true' }),
    ...repeated(discordant?.lost ?? 0, { value: 'true', second: 'false' }),
  ];
}

function timesOf(times: SurvivalCase['times']): ValueRow[] {
  return Object.entries(times).flatMap(([group, text]) =>
    String(text)
      .split(' ')
      .flatMap((time) =>
        repeated(1, { group, groupLabel: group, value: time.replace('+', ''), second: String(!time.endsWith('+')) }),
      ),
  );
}

const TEST: Computation = { ...PROPORTION, kind: 'test' };
const computations: Computation[] = [
  ...cases.proportions.map(
    ({ x, n, method }, at): Computation => ({
      ...PROPORTION,
      id: `p${at}`,
      method,
      rows: [...repeated(x, { value: 'true' }), ...repeated(n - x, { value: 'false' })],
    }),
  ),
  ...cases.estimates.map(
    (one): Computation => ({ ...TEST, id: one.id, kind: one.kind ?? 'test', method: one.method, rows: rowsOf(one) }),
  ),
  ...cases.survival.map(
    ({ id, interval, times, at }): Computation => ({
      ...TEST,
      id,
      kind: 'survival',
      method: 'survival',
      interval,
      at: at === undefined ? [] : [at],
      rows: timesOf(times),
    }),
  ),
];

/** Two raters on a scale of `a`, `b`, ...; or numbers. */
function pairsOf({ id, table, numbers }: AgreementCase): FieldPairs {
  const letter = (at: number): string => String.fromCharCode(97 + at);
  if (numbers)
    return fieldPairs(
      { id, type: 'integer' },
      numbers.map(([a, b]) => [`value:${a}`, `value:${b}`]),
    );
  const choices = (table ?? []).map((_, at) => ({ code: letter(at), label: letter(at) }));
  const pairs = (table ?? []).flatMap((row, a) =>
    row.flatMap((n, b) => Array.from({ length: n }, () => [`value:${letter(a)}`, `value:${letter(b)}`] as const)),
  );
  return fieldPairs({ id, type: 'choice', choices, ordered: true }, pairs);
}

const written = await runComputations(computations, cases.agreement.map(pairsOf));
const [first, second, third, fourth] = written;
if (!first || !second || !third || !fourth) throw new Error('four files');
const proportions = readProportions(first);
const estimates = readEstimates(second);
const curves = readCurves(third, computations);
const agreement = readAgreement(fourth);

/** To 1e-8 of the number. */
function expectNear(found: number | null | undefined, expected: number | null): void {
  if (expected === null) {
    expect(found).toBeNull();
    return;
  }
  const tolerance = 1e-8 * Math.max(1e-12, Math.abs(expected));
  expect(Math.abs((found ?? Number.NaN) - expected), `${found} for ${expected}`).toBeLessThanOrEqual(tolerance);
}

describe('[R17] R gives the numbers of the reference', () => {
  test.each(cases.proportions.map((one, at) => ({ ...one, at })))(
    '$method interval of $x of $n ($origin)',
    ({ at, low, high }) => {
      expectNear(proportions[at]?.low, low);
      expectNear(proportions[at]?.high, high);
    },
  );

  test.each(cases.estimates)('$id ($origin)', ({ id, expected }) => {
    const found = estimates.find((one) => one.id === id);
    for (const [key, value] of Object.entries(expected))
      expectNear(found?.[key as keyof EstimateResult] as number, value);
  });

  test.each(cases.survival)('[R19] $id ($origin)', ({ id, medians, survival, logRank }) => {
    const mine = curves.filter((one) => one.id === id);
    expect(mine.map(({ median, medianLow, medianHigh }) => [median, medianLow, medianHigh])).toEqual(medians);
    const told = estimates.filter((one) => one.id.startsWith(`${id}/`));
    expect(told).toHaveLength(survival?.length ?? 0);
    for (const [at, [estimate, low, high]] of (survival ?? []).entries()) {
      expectNear(told[at]?.estimate, estimate ?? null);
      expectNear(told[at]?.low, low ?? null);
      expectNear(told[at]?.high, high ?? null);
    }
    const found = estimates.find((one) => one.id === id);
    for (const [key, value] of Object.entries(logRank))
      expectNear(found?.[key as keyof EstimateResult] as number, value);
  });
});

describe('[R22] R gives the agreement of the reference', () => {
  test.each(cases.agreement)('$id ($origin)', (one) => {
    const found = agreement.find(({ field }) => field === one.id);
    for (const key of ['kappa', 'weightedKappa', 'ac1', 'icc'] as const) {
      const expected = one[key];
      if (!expected) continue;
      const coefficient: Coefficient | null | undefined = found?.[key];
      expectNear(coefficient?.estimate, expected[0] ?? null);
      expectNear(coefficient?.low, expected[1] ?? null);
      expectNear(coefficient?.high, expected[2] ?? null);
    }
    if (one.prevalenceIndex !== undefined) expectNear(found?.prevalenceIndex, one.prevalenceIndex);
    if (one.biasIndex !== undefined) expectNear(found?.biasIndex, one.biasIndex);
    if (one.warns) expect(found?.note).toMatch(/^prevalence: /);
  });
});

// Outside of the default tests: npm run test:r. Another R has other mathematics below the twelfth digit.
test.runIf(process.env.CHARTPROOF_R)('[R17] a plain R writes the same files', ({ skip }) => {
  if (spawnSync('Rscript', ['--version']).error) {
    console.warn('Rscript is not installed: analysis.R was not run in a plain R.');
    skip();
  }
  const folder = mkdtempSync(join(tmpdir(), 'chartproof-r-'));
  try {
    for (const { name, text } of scriptFiles(computations, cases.agreement.map(pairsOf))) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const env = { ...process.env, LC_ALL: 'C', R_LIBS: '' };
    expect(spawnSync('Rscript', ['--vanilla', 'analysis.R'], { cwd: folder, env }).status).toBe(0);
    for (const { name, text } of written) expectSame(readFileSync(join(folder, name), 'utf8'), text, name);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function expectSame(found: string, expected: string, name: string): void {
  const [ours, theirs] = [expected, found].map((text) => text.split(/[,\n]/));
  expect(theirs).toHaveLength(ours?.length ?? 0);
  for (const [at, cell] of (ours ?? []).entries()) {
    const other = theirs?.[at] ?? '';
    if (cell === other) continue;
    const [a, b] = [Number(cell), Number(other)];
    expect(Math.abs(a - b), `${name}: ${other} for ${cell}`).toBeLessThanOrEqual(1e-8 * Math.max(1, Math.abs(a)));
  }
}
