/** What a server keeps between calls is what is there: after whatever may change it, the next call has it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silent } from '../base/index.ts';
import { indexNotes } from '../notes/index.ts';
import { importFhir, openRecords } from '../records/index.ts';
import { abstraction, screening } from '../review/entries.test-support.ts';
import { chartStudy } from './chart/chart-study.test-support.ts';
import { contract, type RouteDef, type RouteOutput } from './contract/index.ts';
import { resultsProtocol, servedResults, within } from './results-study.test-support.ts';
import { type ServedStudy, servedStudy } from './served-study.test-support.ts';

const blinded = {
  ...chartStudy,
  protocol: (chartStudy.protocol ?? '').replace('abstractors: 2', 'abstractors: 2, blinded: true'),
};

/** Asks as one caller after another, always of the first patient. */
function asking(served: ServedStudy) {
  const params = { study: served.study, subject: served.of.subject('Patient/1'), stage: 'screening' };
  return async <Def extends RouteDef>(caller: string, route: Def, body?: object): Promise<RouteOutput<Def>> => {
    const told = await served.call(caller, route, { params, ...(body ? { body } : {}) } as never);
    expect(told).toMatchObject({ status: 200 });
    return told.body as RouteOutput<Def>;
  };
}

async function imported({ of: { workspace } }: ServedStudy, ...resources: readonly object[]): Promise<void> {
  const file = join(workspace.dir, '..', 'more.ndjson');
  writeFileSync(file, resources.map((one) => JSON.stringify(one)).join('\n'));
  await importFhir(workspace, [file], { progress: silent, now: '2024-02-01T00:00:00Z' });
  const records = await openRecords(workspace);
  await indexNotes(workspace, records, { progress: silent });
  records.close();
}

const ofFirst = { subject: { reference: 'Patient/1' }, status: 'current' };

test('[R30] a new version of the protocol is in the list, the overview and the chart from the next call on', async () => {
  await using served = await servedStudy(chartStudy);
  const ask = asking(served);
  const { study } = served;
  expect(await ask('owner', contract.studies)).toMatchObject({ items: [{ study, version: '1' }] });
  expect(await ask('owner', contract.study)).toMatchObject({ version: '1', cohort: { isStale: false } });
  expect((await ask('owner', contract.chart)).termSets).toHaveLength(2);
  const changed = (chartStudy.protocol ?? '')
    .replace('version: "1"', 'version: "2"')
    .replace(/^title: .*$/m, 'title: Another title')
    .replace(/^ {2}plaques: .*\n/m, '')
    .replace('        terms: plaques\n', '');
  await within(served, changed);
  expect(await ask('owner', contract.studies)).toMatchObject({ items: [{ version: '2', title: 'Another title' }] });
  expect(await ask('owner', contract.study)).toMatchObject({ version: '2', title: 'Another title' });
  expect((await ask('owner', contract.chart)).termSets).toHaveLength(1);
  const { items } = await ask('owner', contract.chartNotes, {});
  expect(items.flatMap(({ mentions }) => Object.keys(mentions))).not.toContain('plaques');
});

test('[R30] what a new run finds in newer records is in the chart from the next call on', async () => {
  await using served = await servedStudy(chartStudy);
  const ask = asking(served);
  const notes = async () => (await ask('owner', contract.chartNotes, {})).items.map(({ source }) => source);
  const weights = async () =>
    (await ask('owner', contract.chartTimeline)).lanes.find(({ lane }) => lane === 'measurement')?.total;
  const contacts = async () => (await ask('owner', contract.chart)).followUp.contacts;
  const before = [await notes(), await weights(), await contacts()] as const;
  const content = [
    { attachment: { contentType: 'text/plain', data: Buffer.from('Plaques again.').toString('base64') } },
  ];
  await imported(
    served,
    { resourceType: 'DocumentReference', id: '99', date: '2018-01-01T08:00:00Z', content, ...ofFirst },
    { resourceType: 'Observation', id: 'w-new', status: 'final', code: { text: 'Weight' }, subject: ofFirst.subject },
    {
      resourceType: 'Encounter',
      id: '99',
      status: 'finished',
      class: { code: 'AMB' },
      period: { start: '2018-01-01' },
      subject: ofFirst.subject,
    },
  );
  expect([await notes(), await weights(), await contacts()]).toEqual(before);
  await within(served, (chartStudy.protocol ?? '').replace('version: "1"', 'version: "2"'));
  expect((await notes()).sort()).toEqual([...before[0], 'DocumentReference/99'].sort());
  expect(await weights()).toBe((before[1] ?? 0) + 1);
  expect(await contacts()).toBeGreaterThan(before[2]);
});

test('[R30] a chart whose subject refuses is closed from the next call on, though it was open a moment ago', async () => {
  await using served = await servedStudy(chartStudy);
  const ask = asking(served);
  for (const route of [contract.chart, contract.chartTimeline, contract.chartCopies]) await ask('owner', route);
  expect(await ask('owner', contract.study)).toMatchObject({ cohort: { candidates: 3 } });
  const scope = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'research' }] };
  const refusal = { resourceType: 'Consent', id: 'refusal', status: 'active', scope, provision: { type: 'deny' } };
  await imported(served, { ...refusal, patient: ofFirst.subject, dateTime: '2014-01-01' });
  const params = { study: served.study, subject: served.of.subject('Patient/1') };
  for (const route of [contract.chart, contract.chartTimeline, contract.chartCopies]) {
    const told = await served.call('owner', route, { params });
    expect(told).toMatchObject({ body: { code: 'review.closed-chart' } });
  }
  expect(await ask('owner', contract.study)).toMatchObject({ cohort: { candidates: 2 } });
});

test('[R61] what was worked out for one reader tells another nothing, and roles count from the next call on', async () => {
  await using served = await servedStudy(blinded);
  const ask = asking(served);
  const seen = async (caller: string) => {
    const { cameIn, notes } = await ask(caller, contract.chart);
    const { items } = await ask(caller, contract.chartNotes, {});
    return { isTold: cameIn !== null, read: notes.read, marked: items.filter(({ readAt }) => readAt !== null).length };
  };
  await ask('owner:olga', contract.openChartNote, { note: 'DocumentReference/10' });
  expect(await seen('owner:olga')).toEqual({ isTold: true, read: 1, marked: 1 });
  expect(await seen('abstractor:anna')).toEqual({ isTold: false, read: 0, marked: 0 });
  expect(await seen('owner+abstractor:olga')).toEqual({ isTold: false, read: 1, marked: 1 });
  expect(await seen('owner:olga')).toEqual({ isTold: true, read: 1, marked: 1 });
  served.addPerson('anna');
  const body = { person: 'anna', reason: 'reads no more' };
  await ask('owner:olga', contract.unmask, body);
  expect(await seen('abstractor:anna')).toEqual({ isTold: true, read: 0, marked: 0 });
});

test('[R42][R49] what somebody else writes into the study is in the queue and the overview from the next call on', async () => {
  await using served = await servedStudy();
  const ask = asking(served);
  const counts = async (caller: string) => (await ask(caller, contract.reviewQueue)).counts;
  const people = async () => (await ask('owner', contract.study)).people.map(({ name, screened }) => [name, screened]);
  expect(await counts('abstractor:anna')).toMatchObject({ waiting: 3, done: 0 });
  expect(await people()).toEqual([]);
  await served.of.load(screening(), screening({ reviewer: 'ben' }));
  expect(await counts('abstractor:anna')).toMatchObject({ waiting: 2, done: 1 });
  expect(await people()).toEqual([
    ['anna', 1],
    ['ben', 1],
  ]);
  await ask('abstractor:carl', contract.nextScreening, {});
  expect(await counts('abstractor:carl')).toMatchObject({ mine: 1, waiting: 1 });
  await served.of.load(abstraction());
  expect((await ask('owner', contract.study)).people[0]).toMatchObject({ name: 'anna', abstracted: 1 });
});

test('[R100] results follow what is said, a new version of the protocol, and nothing else', async () => {
  await using served = await servedResults();
  const ask = asking(served);
  const rows = async () => (await ask('owner', contract.results)).tables[0]?.title;
  expect(await rows()).toBe('Before treatment');
  await within(
    served,
    resultsProtocol.replace('version: "2"', 'version: "3"').replace('title: Before treatment', 'title: At start'),
  );
  expect(await rows()).toBe('At start');
});
