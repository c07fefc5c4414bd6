/** The acceptance test: the reference study, from raw records to its tables, prints what the paper printed. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PRINT_CONFLICTS_PATH } from '../demo/reference-study/index.ts';
import { type ResultTable, type TableRow, traceCell } from '../src/analysis/index.ts';
import { silent } from '../src/base/index.ts';
import { demoOf } from '../src/cli/demo-steps.ts';
import { withLeaves } from '../src/cohort/index.ts';
import { type Published, studyResults } from '../src/publish/index.ts';
import { verifyEvidence, withStudy } from '../src/review/index.ts';
import { openStudyDatabase, openWorkspace, verifyAudit } from '../src/workspace/index.ts';

/** The figures of the paper, as the file beside the study holds them. */
interface Paper {
  readonly flow: {
    readonly identified_by_search: number;
    readonly excluded: readonly { readonly reason: string; readonly n: number }[];
    readonly included: number;
  };
  readonly text: Readonly<Record<string, { readonly n?: number; readonly of?: number; readonly percent?: number }>> & {
    readonly time_to_positive_response_months: {
      readonly n: number;
      readonly mean: number;
      readonly median: number;
      readonly range: readonly [number, number];
    };
  };
  readonly table1: readonly {
    readonly row: string;
    readonly mean: number;
    readonly range: readonly [number, number];
    readonly n?: number;
  }[];
  readonly table2: {
    readonly groups: readonly {
      readonly group: string;
      readonly rows: readonly (readonly [string, number, number, number, number, number, string | null])[];
    }[];
  };
  readonly table3: { readonly rows: readonly (PartOf & { readonly of_which?: readonly PartOf[] })[] };
}
interface PartOf {
  readonly row: string;
  readonly n: number;
  readonly percent: string;
}

const read = <Content>(path: string | URL): Content => JSON.parse(readFileSync(path, 'utf8')) as Content;
const paper = read<Paper>(new URL('../demo/reference-study/published.json', import.meta.url));
const conflicts = read<{ where: string; printed: unknown }[]>(PRINT_CONFLICTS_PATH);

const dir = join(mkdtempSync(join(tmpdir(), 'chartproof-reference-')), 'workspace');
let published: Published;
let tables: readonly ResultTable[];

beforeAll(async () => {
  const demo = demoOf({ dir, patients: 400, seed: 1 });
  for (const step of demo.steps) await step.run(silent);
  published = demo.published();
  tables = read<{ tables: ResultTable[] }>(join(published.folder, 'tables.json')).tables;
});
afterAll(() => rmSync(join(dir, '..'), { recursive: true }));

const tableOf = (id: string): ResultTable => found(tables.find((table) => table.id === id));
const rowOf = (table: string, group: string | undefined, label: string): TableRow =>
  found(tableOf(table).rows.find((row) => row.label === label && (group === undefined || row.group === group)));

function found<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Error('the results lack a row that the paper prints');
  return thing;
}

const publishedElsewhere = new URL('../../shared/reference-study/published.json', import.meta.url);
const elsewhere = existsSync(publishedElsewhere);
test.skipIf(!elsewhere)(
  'the figures are those of the source (skipped where the source is not beside the repository)',
  () => {
    const { about: _, ...figures } = read<Record<string, unknown>>(publishedElsewhere);
    expect(read(new URL('../demo/reference-study/published.json', import.meta.url))).toEqual(figures);
  },
);

describe('the account', () => {
  test('runs from those authorized to those included as printed', () => {
    const { steps, screened } = read<{ steps: { id: string; n: number; removed: number }[]; screened: number }>(
      join(published.folder, 'attrition.json'),
    );
    const [found, identified, authorized, ...rest] = steps;
    expect((found?.n ?? 0) - (identified?.removed ?? 0)).toBe(identified?.n);
    const byRule = rest.find(({ id }) => id === 'intravenous');
    expect(screened).toBe((authorized?.n ?? 0) - (byRule?.removed ?? 0));
    expect(authorized?.n).toBe(paper.flow.identified_by_search);
    expect((identified?.n ?? 0) - (authorized?.removed ?? 0)).toBe(authorized?.n);
    expect(authorized?.removed).toBeGreaterThan(0);
    expect(rest.map((step) => step.removed)).toEqual([...paper.flow.excluded.map((one) => one.n), 0]);
    expect(rest.at(-1)?.n).toBe(paper.flow.included);
  });

  test('counts by arm and by code what the ledger has of each candidate', async () => {
    const { search, outcomes } = published;
    const run = await withStudy(openWorkspace(dir), 'topical-thiosulfate', 'of-cohort', (open) =>
      withLeaves(open, published.run),
    );
    expect(search.any).toMatchObject({
      found: paper.flow.identified_by_search,
      included: paper.flow.included,
      open: 0,
    });
    const included = new Set(outcomes.flatMap((one) => (one.outcome === 'included' ? [one.subject] : [])));
    for (const { arm, included: n, found: all, leaves } of search.arms) {
      const own = run.candidates.filter(({ arms }) => arms.includes(arm)).map(({ subject }) => subject);
      expect([all, n]).toEqual([own.length, own.filter((subject) => included.has(subject)).length]);
      // Each arm asks for a code, name or query, so that some leaf found each candidate.
      const found = (run.leaves ?? []).flatMap((leaf) => (leaf.arm === arm ? leaf.found : []));
      expect(new Set(found)).toEqual(new Set(own));
      for (const leaf of leaves) expect(leaf.eligible + leaf.notEligible + leaf.byRule, leaf.label).toBe(leaf.found);
    }
    const labels = search.arms.flatMap(({ leaves }) => leaves.map(({ label }) => label));
    expect(labels).toEqual(expect.arrayContaining(['ICD9CM 709.3', 'ICD10CM L94.2', 'affirmed(@thiosulfate)']));
  });
});

describe('the tables', () => {
  test('Table 1 is the printed one', () => {
    for (const { row, mean, range, n } of paper.table1) {
      const digits = Number.isInteger(mean) && mean >= 100 ? 0 : 1;
      const ours = tableOf('table1').rows.find((one) => one.label === row);
      expect(ours?.mean?.toFixed(digits), row).toBe(mean.toFixed(digits));
      expect([ours?.min?.toFixed(1), ours?.max?.toFixed(1)].map(Number), row).toEqual(range);
      expect(ours?.n, row).toBe(n ?? paper.flow.included);
    }
    expect(tableOf('table1').rows).toHaveLength(paper.table1.length);
  });

  test('every cell of Table 2 is the printed one, but for those that cannot be', () => {
    const excused = new Set(conflicts.map((one) => one.where));
    const used = new Set<string>();
    for (const { group, rows } of paper.table2.groups) {
      for (const [label, ...cells] of rows) {
        const ours = rowOf('table2', group, label).cells.map((cell) =>
          cell.column === 'percent' ? cell.text || null : cell.n,
        );
        const where = `table2.groups[${group}].rows[${label}].percent`;
        if (excused.has(where)) used.add(where);
        const expected = excused.has(where) ? [...cells.slice(0, -1), ours.at(-1)] : cells;
        expect(ours, `${group}: ${label}`).toEqual(expected);
      }
    }
    expect(tableOf('table2').rows).toHaveLength(paper.table2.groups.flatMap((one) => one.rows).length);
    expect([...used]).toEqual(conflicts.map((one) => one.where).filter((where) => where.endsWith('.percent')));
  });

  test('Table 3 is the printed one', () => {
    const printed = paper.table3.rows.flatMap((row) => [
      { ...row, under: undefined },
      ...(row.of_which ?? []).map((part) => ({ ...part, under: row.row })),
    ]);
    for (const { row, n, percent, under } of printed) {
      const cells = rowOf('table3', under, row).cells.map((cell) => cell.text);
      expect(cells, row).toEqual([String(n), percent]);
    }
    expect(tableOf('table3').rows).toHaveLength(printed.length);
  });

  test('a number has just as many subjects', () => {
    for (const table of tables)
      for (const row of table.rows)
        for (const cell of row.cells)
          expect(cell.subjects, `${table.id}/${row.id}/${cell.column}`).toHaveLength(cell.n);
  });
});

describe('the text', () => {
  test('has the printed proportions, counted by R', () => {
    const byId = new Map(published.proportions.map((one) => [one.id, one]));
    const said = [
      ['clinical_improvement', 'clinical-improvement'],
      ['no_response', 'no-response'],
      ['unknown_response', 'unknown-response'],
      ['complete_resolution_of_at_least_one_lesion', 'complete-of-improved'],
      ['improved_on_treatment_alone', 'improved-on-treatment-alone'],
      ['nonresponders_stopping_within_1_month', 'nonresponders-stopped-within-month'],
      ['documented_objective_measurements', 'objectively-measured'],
      ['female', 'female'],
    ] as const;
    for (const [inPaper, id] of said) {
      const { n, of, percent } = found(paper.text[inPaper]);
      const ours = found(byId.get(id));
      expect(ours.n, inPaper).toBe(of);
      if (n !== undefined) expect(ours.x, inPaper).toBe(n);
      expect(Math.round((ours.estimate ?? 0) * 100), inPaper).toBe(percent);
    }
    expect(byId.get('stopped-by-adverse-event')?.x).toBe(3);
    expect(byId.get('improved-without-regimen-change')).toMatchObject({ x: 15, n: 19 }); // "nearly 80% of 19"
  });

  test('has the printed times to response', () => {
    const months = published.data.subjects.flatMap((one) => one.response?.monthsToResponse ?? []).sort((a, b) => a - b);
    const { n, mean, median, range } = paper.text.time_to_positive_response_months;
    expect(months).toHaveLength(n);
    expect((months.reduce((sum, one) => sum + one, 0) / n).toFixed(1)).toBe(mean.toFixed(1));
    expect(months[(n - 1) / 2]?.toFixed(1)).toBe(median.toFixed(1));
    expect([months[0]?.toFixed(1), months.at(-1)?.toFixed(1)].map(Number)).toEqual(range);
  });
});

describe('the text with live numbers', () => {
  interface Live {
    readonly expression: string;
    readonly value: number | string | null;
    readonly printed: string;
    readonly subjects: readonly string[] | null;
  }
  const live = (): Live[] => read<{ values: Live[] }>(join(published.folder, 'manuscript.json')).values;
  const text = (): string => readFileSync(join(published.folder, 'manuscript.md'), 'utf8').replaceAll(/\s+/g, ' ');
  const boundValue = (expression: string): number | string | null =>
    found(live().find((one) => one.expression.split(':')[0] === expression)).value;
  const printedOf = (expression: string): string => found(live().find((one) => one.expression === expression)).printed;

  test('binds every proportion that the paper tells', () => {
    const said = [
      ['clinical_improvement', 'clinical-improvement'],
      ['no_response', 'no-response'],
      ['unknown_response', 'unknown-response'],
      ['complete_resolution_of_at_least_one_lesion', 'complete-of-improved'],
      ['improved_on_treatment_alone', 'improved-on-treatment-alone'],
      ['nonresponders_stopping_within_1_month', 'nonresponders-stopped-within-month'],
      ['female', 'female'],
    ] as const;
    for (const [inPaper, id] of said) {
      const { n, of, percent } = found(paper.text[inPaper]);
      expect([boundValue(`${id}.n`), boundValue(`${id}.N`)], inPaper).toEqual([n, of]);
      const own = live().find(({ expression }) => [`${id}.percent`, `${id}.percent:0`].includes(expression));
      expect(own?.printed, inPaper).toBe(String(percent));
    }
    expect(printedOf('objectively-measured.percent')).toBe(
      String(paper.text.documented_objective_measurements?.percent),
    );
    expect(printedOf('improved-without-regimen-change.percent:0')).toBe('79'); // "nearly 80%"
  });

  test('binds the account, the times to response, adverse events and those excluded', () => {
    const { identified_by_search, excluded, included } = paper.flow;
    expect([boundValue('authorized.n'), boundValue('included.n')]).toEqual([identified_by_search, included]);
    const reasons = ['no-actd', 'intravenous', 'no-follow-up', 'not-as-prescribed'].map((id) => boundValue(`${id}.n`));
    expect(reasons).toEqual(excluded.map((one) => one.n));
    expect(boundValue('excluded.n')).toBe(excluded.reduce((sum, one) => sum + one.n, 0));
    const { n, mean, median, range } = paper.text.time_to_positive_response_months;
    expect(boundValue('months_to_response.n')).toBe(n);
    const months = ['mean', 'median', 'min', 'max'].map((field) => Number(printedOf(`months_to_response.${field}:1`)));
    expect(months).toEqual([mean, median, ...range]);
    const { adverse_events: events } = read<{ text: { adverse_events: { patients: number; detail: string[] } } }>(
      new URL('../demo/reference-study/published.json', import.meta.url),
    ).text;
    const irritated = events.detail.filter((one) => one.includes('irritation')).length;
    expect(boundValue('any_adverse_event.n')).toBe(events.patients);
    expect(boundValue('statistic.stopped-by-adverse-event.n')).toBe(events.patients);
    expect([boundValue('skin_irritation.n'), boundValue('painful_with_zinc_allergy.n')]).toEqual([
      irritated,
      events.patients - irritated,
    ]);
    expect([
      boundValue('male.n'),
      boundValue('male_partial.n'),
      boundValue('gel_for_zinc_allergy.n'),
      boundValue('strength_raised.n'),
    ]).toEqual([1, 1, 1, 1]);
    const { responses } = read<{ text: { excluded_for_no_disease: { responses: string[] } } }>(
      new URL('../demo/reference-study/published.json', import.meta.url),
    ).text.excluded_for_no_disease;
    const partial = responses.filter((one) => one.startsWith('PR'));
    expect(boundValue('no-actd.screening.response_without_actd.PR.n')).toBe(partial.length);
    expect(boundValue('no-actd.screening.response_without_actd.UR.n')).toBe(responses.length - partial.length);
    const ends = ['min', 'max'].map((field) => boundValue(`no-actd.screening.months_without_actd.${field}`));
    expect(partial.map((one) => Number(/[\d.]+/.exec(one)?.[0]))).toEqual(ends);
  });

  test('has no name left in it, and a number has just as many subjects', () => {
    expect(text()).not.toMatch(/\{\{|\}\}/);
    expect(text()).toContain('Clinical improvement was seen in 19 of 28 (68 %; 95 % CI 48–84)');
    const counts = live().filter(({ expression, subjects }) => subjects && /\.[nN](?::\w+)?$/.test(expression));
    expect(counts.length).toBeGreaterThan(20);
    for (const { expression, value, subjects } of counts) expect(subjects, expression).toHaveLength(Number(value));
  });
});

describe('the proof', () => {
  const STUDY = 'topical-thiosulfate';

  test('every quotation stands word for word in its note', async () => {
    const verdict = await withStudy(openWorkspace(dir), STUDY, 'of-cohort', ({ review }) => verifyEvidence(review));
    expect(verdict.broken).toEqual([]);
    expect(verdict.checked).toBeGreaterThan(2000);
  });

  test('every value of every cell leads to a quotation, a record or what was read', async () => {
    await withStudy(openWorkspace(dir), STUDY, 'of-cohort', (open) => {
      const { data, results } = studyResults(open);
      let values = 0;
      for (const table of results.tables) {
        for (const row of table.rows.filter((one) => one.id !== 'overall')) {
          for (const cell of row.cells) {
            const trace = traceCell(data, results, `${table.id}/${row.id}/${cell.column}`);
            expect(trace.subjects.map((one) => one.subject)).toEqual(cell.subjects);
            for (const { subject, values: own } of trace.subjects) {
              expect(own.length, `${table.id}/${row.id}/${cell.column} ${subject}`).toBeGreaterThan(0);
              for (const { field, settled } of own) {
                const rests =
                  settled.evidence.length > 0 || settled.coverage || 'missing' in settled.answer || field === 'lesion';
                expect(rests, `${field} of ${subject}`).toBeTruthy();
                values++;
              }
            }
          }
        }
      }
      expect(values).toBeGreaterThan(1000);
    });
  });

  test('the audit trail holds', () => {
    const database = openStudyDatabase(openWorkspace(dir), STUDY);
    try {
      expect(verifyAudit(database)).toMatchObject({ ok: true });
    } finally {
      database.close();
    }
  });
});
