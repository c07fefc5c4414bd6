/**
 * Another study on the same institution: another disease, drug, outcome and review design. Its table is compared with a
 * count that reads the raw files and shares no code with the product.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generate } from '../demo/institution/index.ts';
import { type PersonId, silent } from '../src/base/index.ts';
import { identify } from '../src/cohort/index.ts';
import { indexNotes } from '../src/notes/index.ts';
import { registerProtocol } from '../src/protocol/index.ts';
import { type Published, publishStudy } from '../src/publish/index.ts';
import { importFhir, openRecords } from '../src/records/index.ts';
import { reviewState, storeEntries, withStudy } from '../src/review/index.ts';
import { initWorkspace } from '../src/workspace/index.ts';
import { readChart } from './second-study/read-charts.ts';

const dir = mkdtempSync(join(tmpdir(), 'chartproof-second-'));
const by = { actor: 'test', at: '2020-05-05T08:00:00Z' };
const STUDY = 'psoriasis-methotrexate';
let published: Published;
let openBeforeSecondReader = 0;

beforeAll(async () => {
  await generate({ patients: 1500, seed: 11, out: join(dir, 'input') });
  const workspace = initWorkspace(join(dir, 'workspace'));
  await importFhir(workspace, [join(dir, 'input/fhir')], { progress: silent, now: by.at });
  const records = await openRecords(workspace);
  await indexNotes(workspace, records, { progress: silent }).finally(() => records.close());
  registerProtocol(workspace, join(import.meta.dirname, 'second-study/protocol.yaml'), by);
  await withStudy(workspace, STUDY, 'of-cohort', (open) =>
    identify(open.database, open.study, open.gate, { ...by, progress: silent }),
  );
  published = await withStudy(workspace, STUDY, 'of-cohort', async (open) => {
    const { review, gate } = open;
    const sources = Map.groupBy(gate.findNotes('methotrexate').highlights(), (hit) => hit.personId);
    const entriesOf = (reviewer: string) =>
      [...review.persons.values()].flatMap(({ person, personId }) => {
        const own = [...(sources.get(personId as PersonId) ?? [])].map((hit) => hit.source);
        return readChart(gate, person, own, reviewer).map((entry) => ({ entry }));
      });
    await storeEntries(review, entriesOf('first'), { ...by, progress: silent });
    const run = await identify(open.database, open.study, gate, { ...by, progress: silent });
    openBeforeSecondReader = reviewState(review, run).open.length;
    await storeEntries(review, entriesOf('second'), { ...by, progress: silent });
    return publishStudy(workspace, open, { ...by, progress: silent, accepting: 'invented' });
  });
});
afterAll(() => rmSync(dir, { recursive: true }));

interface Resource {
  readonly id: string;
  readonly birthDate?: string;
  readonly [name: string]: unknown;
}

const linesOf = (type: string): Resource[] =>
  readFileSync(join(dir, `input/fhir/${type}.ndjson`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Resource);

interface Counted {
  readonly weekly: number;
  readonly area: number;
  readonly cleared: boolean;
}

/** The included, straight from the raw files. */
function countByHand(): Counted[] {
  const consents = Map.groupBy(linesOf('Consent'), (one) => (one.patient as { reference: string }).reference);
  const notes = Map.groupBy(linesOf('DocumentReference'), (one) => (one.subject as { reference: string }).reference);
  return linesOf('Patient').flatMap((patient) => {
    const reference = `Patient/${patient.id}`;
    const last = (consents.get(reference) ?? [])
      .filter((one) => String(one.dateTime) <= '2016-12-31')
      .sort((a, b) => (String(a.dateTime) < String(b.dateTime) ? -1 : 1))
      .at(-1);
    if ((last?.provision as { type?: string } | undefined)?.type !== 'permit') return [];
    if (String(patient.birthDate) > '1994-01-01') return [];
    const texts = (notes.get(reference) ?? [])
      .sort((a, b) => (String(a.date) < String(b.date) ? -1 : 1))
      .map((one) => {
        const [content] = one.content as { attachment: { data: string } }[];
        return Buffer.from(content?.attachment.data ?? '', 'base64').toString();
      });
    const whole = texts.join('\n\n');
    const weekly = /Methotrexate (\d+) mg weekly was started today/.exec(whole)?.[1];
    if (weekly === undefined) return [];
    const area = Number(/Body surface area involved is (\d+) %/.exec(whole)?.[1]);
    const states = [...whole.matchAll(/Skin is (not )?clear/g)];
    return [{ weekly: Number(weekly), area, cleared: states.length > 0 && states.at(-1)?.[1] === undefined }];
  });
}

describe('the second study', () => {
  test('includes whom a count by hand includes', () => {
    const hand = countByHand();
    expect(hand.length).toBeGreaterThan(15);
    expect(published.attrition.at(-1)).toMatchObject({ id: 'included', n: hand.length });
    expect(published.attrition.every((step) => step.n >= 0 && step.removed >= 0)).toBe(true);
    expect(published.attrition.find((step) => step.id === 'no-course')?.removed).toBeGreaterThan(0);
  });

  test('counts what a count by hand counts', () => {
    const hand = countByHand();
    const rows = published.results.tables[0]?.rows ?? [];
    const cells = (id: string) => rows.find((row) => row.id === id)?.cells.map((cell) => cell.n);
    const counts = (where: (one: Counted) => boolean) => {
      const counted = hand.filter(where);
      const cleared = counted.filter((one) => one.cleared).length;
      return [cleared, counted.length - cleared, counted.length, counted.length];
    };
    expect(cells('low')).toEqual(counts((one) => one.weekly <= 15));
    expect(cells('high')).toEqual(counts((one) => one.weekly === 20));
    expect(cells('wide')).toEqual(counts((one) => one.area > 20));
    expect(cells('stop-unknown')).toEqual(counts(() => true));
    const mean = hand.reduce((sum, one) => sum + one.area, 0) / hand.length;
    expect(rows.find((row) => row.id === 'area')?.mean).toBeCloseTo(mean, 9);
    expect(rows.find((row) => row.id === 'low')?.cells.at(-1)?.text).toMatch(/^\d+\.\d$/);
  });

  test('has two categories, and R counts the same', () => {
    const hand = countByHand();
    expect(published.results.tables[0]?.columns.map((column) => column.id)).toEqual([
      'cleared',
      'not-cleared',
      'total',
      'percent',
    ]);
    const [cleared, high] = published.proportions;
    expect(cleared).toMatchObject({ x: hand.filter((one) => one.cleared).length, n: hand.length, level: 0.9 });
    expect(high).toMatchObject({ n: hand.filter((one) => one.weekly === 20).length, level: 0.95 });
  });

  test('wants a second reader for a share of the charts only', () => {
    expect(openBeforeSecondReader).toBeGreaterThan(0);
    expect(published.state.open).toEqual([]);
  });
});
