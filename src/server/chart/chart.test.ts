import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { type RouteCall, type RouteDef, type RouteOutput, chartRoutes as routes } from '../contract/index.ts';
import { type ServedStudy, servedStudy } from '../served-study.test-support.ts';
import { chartStudy, copied, hostile } from './chart-study.test-support.ts';

let served: ServedStudy;
let params: { readonly study: string; readonly subject: string };

beforeAll(async () => {
  served = await servedStudy(chartStudy);
  params = { study: served.study, subject: served.of.subject('Patient/1') };
});
afterAll(() => served[Symbol.asyncDispose]());

/** What a route answers, held against its own schema. */
async function ask<Def extends RouteDef>(
  caller: string,
  route: Def,
  input: Omit<RouteCall<Def>, 'params'> & { readonly params?: object },
): Promise<RouteOutput<Def>> {
  const given = { ...input, params: { ...params, ...input.params } } as unknown as RouteCall<Def> & {
    readonly ifMatch?: string;
  };
  const { status, body } = await served.call(caller, route, given);
  expect({ status, body }).toMatchObject({ status: 200 });
  return (route.response as z.ZodType).parse(body) as RouteOutput<Def>;
}

const audited = (actor: string) => {
  const { database } = served.of.review;
  const rows = database.all(database.db.selectFrom('audit').selectAll().orderBy('seq'));
  return rows.filter((row) => row.actor === actor).map(({ action, subject }) => `${action} ${subject}`);
};

test('[R60] each opening of a chart and of a note, and each search, is in the audit trail; reading on is not', async () => {
  const anna = 'abstractor:r60';
  await ask(anna, routes.chart, {});
  await ask(anna, routes.chartTimeline, {});
  await ask(anna, routes.chartNotes, { body: {} });
  await ask(anna, routes.openChartNote, { body: { note: 'DocumentReference/10' } });
  await ask(anna, routes.openChartNote, { body: { note: 'DocumentReference/10' } });
  await ask(anna, routes.findInChart, { body: { query: 'plaques' } });
  const { subject } = params;
  expect(audited('r60')).toEqual([
    `chart.view ${subject}`,
    `note.view ${subject}`,
    `note.view ${subject}`,
    `chart.find ${subject}`,
  ]);
});

test('[R60] who does not say that they open it has opened it all the same', async () => {
  await ask('abstractor:quiet', routes.chartRows, {});
  await ask('abstractor:quiet', routes.chartCopies, {});
  expect(audited('quiet')).toEqual([`chart.view ${params.subject}`]);
});

test('a chart is told with age and index date', async () => {
  expect(await ask('owner', routes.chart, {})).toMatchObject({
    subject: params.subject,
    sex: 'female',
    birthYear: 1961,
    ageAtIndex: { min: 53, max: 53 },
    indexDates: [{ date: '2015-02-01', first: '2015-02-01', last: '2015-02-01' }],
    termSets: [
      { id: 'psoriasis', label: 'Psoriasis' },
      { id: 'plaques', label: 'Plaques' },
    ],
    notes: { total: 5, types: expect.arrayContaining([{ value: 'Progress note', notes: 4 }]) },
  });
});

test('[R61] arms are told to who is not blinded', async () => {
  expect((await ask('owner', routes.chart, {})).cameIn).toEqual({
    arms: [{ id: 'coded', label: 'Coded' }],
    exclusions: [],
  });
  const blinded = await servedStudy({
    ...chartStudy,
    protocol: chartStudy.protocol?.replace('abstractors: 2', 'abstractors: 2, blinded: true'),
  } as typeof chartStudy);
  try {
    const head = async (caller: string) =>
      ((await blinded.call(caller, routes.chart, { params })).body as RouteOutput<typeof routes.chart>).cameIn;
    expect(await head('abstractor')).toBeNull();
    expect(await head('owner+abstractor')).toBeNull();
    expect(await head('owner')).not.toBeNull();
  } finally {
    await blinded[Symbol.asyncDispose]();
  }
});

test('[R62] a lane with too much to see is counted, and told where the stretch is narrow enough', async () => {
  const all = await ask('owner', routes.chartTimeline, {});
  const lane = (told: typeof all, name: string) => told.lanes.find((one) => one.lane === name);
  const weights = lane(all, 'measurement');
  expect(weights).toMatchObject({ total: 400, undated: 0, items: [] });
  expect(weights?.bins?.reduce((sum, { items }) => sum + items, 0)).toBe(400);
  expect(lane(all, 'note')).toMatchObject({ total: 5, undated: 1, bins: null });
  expect(lane(all, 'note')?.items).toHaveLength(4);
  const march = await ask('owner', routes.chartTimeline, { query: { from: '2015-03-15', to: '2015-03-20' } });
  expect(lane(march, 'measurement')?.items).toHaveLength(200);
  expect(lane(march, 'measurement')?.items[0]).toMatchObject({
    at: { date: '2015-03', first: '2015-03-01', last: '2015-03-31' },
    text: 'Weight 70 kg',
  });
});

test('[R62] treatments are told as episodes, as exact as the records are', async () => {
  const { treatments, first, last } = await ask('owner', routes.chartTimeline, {});
  expect([first, last]).toEqual(['2015-02-01', '2017-01-01']);
  expect(treatments).toMatchObject([
    {
      id: 'mtx',
      label: 'Methotrexate',
      episodes: [
        {
          start: { date: '2015-04', first: '2015-04-01', last: '2015-04-30' },
          stop: { date: '2015-04-30 to 2015-05-29' },
        },
      ],
    },
  ]);
});

test('rows go on from where the list ended, and one is found by its source', async () => {
  const first = await ask('owner', routes.chartRows, { query: { kind: 'measurement', limit: 300 } });
  const second = await ask('owner', routes.chartRows, {
    query: { kind: 'measurement', limit: 300, cursor: first.next ?? '' },
  });
  expect([first.items.length, second.items.length, second.next]).toEqual([300, 100, null]);
  expect(new Set([...first.items, ...second.items].map(({ source }) => source)).size).toBe(400);
  const row = await ask('owner', routes.chartRow, { body: { source: 'MedicationRequest/1' } });
  expect(row).toMatchObject({ kind: 'drug_exposure', date: '2015-04', text: 'Methotrexate 15 mg' });
  const other = await served.call('owner', routes.chartRow, { params, body: { source: 'Condition/2' } });
  expect(other).toMatchObject({ status: 404, body: { code: 'review.no-row' } });
});

test('[R63] a note is read by whoever opened it', async () => {
  const unread = { read: false } as const;
  const body = await ask('abstractor:reader', routes.chartNotes, { body: unread });
  expect(body.total).toBe(5);
  await ask('abstractor:reader', routes.openChartNote, { body: { note: 'DocumentReference/11' } });
  expect((await ask('abstractor:reader', routes.chartNotes, { body: unread })).total).toBe(4);
  expect((await ask('abstractor:other', routes.chartNotes, { body: unread })).total).toBe(5);
  expect((await ask('abstractor:reader', routes.chart, {})).notes.read).toBe(1);
});

test('[R63][R64] what somebody opened and searched is what a coverage record is made of', async () => {
  const who = 'abstractor:coverage';
  expect(await ask(who, routes.chartCoverage, {})).toEqual({ notes: [], terms: [] });
  for (const note of ['DocumentReference/12', 'DocumentReference/10', 'DocumentReference/12'])
    await ask(who, routes.openChartNote, { body: { note } });
  for (const query of ['tophus', 'plaques  OR  psoriasis', 'tophus'])
    await ask(who, routes.findInChart, { body: { query } });
  expect(await ask(who, routes.chartCoverage, {})).toEqual({
    notes: ['DocumentReference/10', 'DocumentReference/12'],
    terms: ['tophus', 'plaques OR psoriasis'],
  });
});

test('[R63] a note is text, whatever stands in it, with its mentions at their places', async () => {
  const note = await ask('owner', routes.openChartNote, { body: { note: 'DocumentReference/12' } });
  expect(note.text).toBe(hostile);
  expect(note.found.map(({ start, end, set }) => [note.text.slice(start, end), set])).toEqual([['plaques', 'plaques']]);
  const denied = await ask('owner', routes.openChartNote, { body: { note: 'DocumentReference/10' } });
  expect(denied.found.map(({ term, assertion, cue }) => [term, assertion, cue?.text])).toEqual([
    ['plaques', 'affirmed', undefined],
    ['nail pitting', 'negated', 'No'],
    ['joint pain', 'negated', 'denies'],
  ]);
  expect(denied.sentences.map(({ start, end }) => denied.text.slice(start, end)).join('')).toBe(denied.text);
});

test('a note of somebody else is not there', async () => {
  for (const note of ['DocumentReference/2', 'DocumentReference/4', 'DocumentReference/none']) {
    const told = await served.call('owner', routes.openChartNote, { params, body: { note } });
    expect(told).toMatchObject({ status: 404, body: { code: 'review.no-note' } });
  }
});

test('notes are narrowed to a type, a specialty, days, a term set, and to those that are named', async () => {
  const sources = async (body: object) =>
    (await ask('owner', routes.chartNotes, { body })).items.map(({ source }) => source.split('/')[1]);
  expect(await sources({})).toEqual(['10', '1', '11', '12', '13']);
  expect(await sources({ order: 'newest' })).toEqual(['12', '11', '1', '10', '13']);
  expect(await sources({ specialties: ['Dermatology'] })).toEqual(['10']);
  expect(await sources({ types: [null] })).toEqual(['1']);
  expect(await sources({ from: '2016-01-01', to: '2016-12-31' })).toEqual(['11']);
  expect(await sources({ termSet: 'psoriasis' })).toEqual(['1', '11']);
  const named = ['DocumentReference/11', 'DocumentReference/13', 'DocumentReference/2'];
  expect(await sources({ sources: named })).toEqual(['11', '13']);
  const [item] = (await ask('owner', routes.chartNotes, { body: { termSet: 'psoriasis', order: 'newest' } })).items;
  expect(item?.mentions).toEqual({ psoriasis: 2, plaques: 1 });
});

test('what was copied is told by share and place', async () => {
  const { items } = await ask('owner', routes.chartCopies, {});
  expect(items.map(({ note }) => note)).toEqual(['DocumentReference/11']);
  expect(items[0]?.share).toBeGreaterThan(0.5);
  const { copies } = await ask('owner', routes.noteCopies, { body: { note: 'DocumentReference/11' } });
  expect(copies.map(({ start, end, from }) => [copied.slice(start, end), from])).toEqual([
    [copied.slice(0, -1), 'DocumentReference/10'],
  ]);
});

test('[R64] a query is asked of this chart alone, page by page, and kept once', async () => {
  const finder = 'abstractor:finder';
  const first = await ask(finder, routes.findInChart, { body: { query: 'plaques OR psoriasis' }, query: { limit: 2 } });
  expect(first.totals).toEqual({ mentions: 7, notes: 5 });
  const rest = await ask(finder, routes.findInChart, {
    body: { query: 'plaques OR psoriasis' },
    query: { limit: 10, cursor: first.next ?? '' },
  });
  expect([...first.items, ...rest.items].map(({ source }) => source.split('/')[1])).toEqual([
    '10',
    '1',
    '11',
    '12',
    '13',
  ]);
  expect(rest.next).toBeNull();
  const { database } = served.of.review;
  const kept = database.all(database.db.selectFrom('chart_search').selectAll().where('reviewer', '=', 'finder'));
  expect(kept).toMatchObject([{ query: 'plaques OR psoriasis', mentions: 7, notes: 5 }]);
  const wrong = await served.call(finder, routes.findInChart, { params, body: { query: 'plaques AND (' } });
  expect(wrong).toMatchObject({ status: 422, body: { code: 'notes.query', problems: [{ line: 1, column: 14 }] } });
});

test('[R65] sentences of a field, nearest to the index date first', async () => {
  const of = (instrument: string, field: string) =>
    ask('owner', routes.chartProposals, { params: { instrument, field } });
  const { items, termSet, notes } = await of('baseline', 'nails');
  expect([termSet, notes]).toEqual(['plaques', 4]);
  expect(items.map(({ note, quote }) => [note.split('/')[1], quote])).toEqual([
    ['10', copied],
    ['10', 'No nail pitting.'],
    ['10', 'Joints: denies joint pain.'],
    ['11', copied],
    ['12', hostile],
    ['13', 'Plaques, undated.'],
  ]);
  expect(items[1]?.mentions).toMatchObject([{ assertion: 'negated', cue: { text: 'No' } }]);
  expect(await of('baseline', 'smoker')).toEqual({ items: [], next: null, termSet: null, notes: 0 });
});

test('[R66] addresses have places for the subject and for what the protocol names, and nothing of a chart is logged', async () => {
  const names = Object.values(routes).flatMap(({ path, query }: RouteDef) => [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
    ...Object.keys(query?.shape ?? {}),
  ]);
  expect([...new Set(names)].sort()).toEqual([
    'cursor',
    'field',
    'from',
    'instrument',
    'kind',
    'limit',
    'study',
    'subject',
    'to',
  ]);
  expect(served.log.join('\n')).not.toMatch(/DocumentReference|plaques|script/);
});
