import { describe, expect, test } from 'vitest';
import { contract, type RouteOutput } from '../contract/index.ts';
import { audited, entriesOf, resultsProtocol, servedResults, within } from '../results-study.test-support.ts';

const SEVERE = 'baseline/severe/total';

describe('results', () => {
  test('[R100] are worked out once, and anew when a reviewer says something or another protocol comes into force', async () => {
    await using served = await servedResults();
    const params = { study: served.study };
    const cell = async () => (await served.call('owner', contract.results, { params })).body;
    const severe = (text: string) => ({
      facts: { lock: expect.stringMatching(/^[0-9a-f]{64}$/), open: 0, protocolVersion: '2' },
      tables: [{ number: 1, title: 'Before treatment', lines: [{ kind: 'heading' }, { cells: [{ text }] }, {}] }],
    });
    const asked = countedR(served);
    expect(await cell()).toMatchObject(severe('2 (67%)'));
    await threeLooks(served);
    expect(asked()).toBe(1);
    await served.of.load(...['anna', 'ben'].flatMap((who) => entriesOf('3', who, 'mild')));
    expect(await cell()).toMatchObject(severe('1 (33%)'));
    await within(served, resultsProtocol.replace('"2"', '"3"').replace("severity = 'severe'", "severity = 'mild'"));
    expect(await cell()).toMatchObject({
      facts: { protocolVersion: '3' },
      tables: [{ lines: [{}, { cells: [{ text: '2 (67%)' }] }, {}] }],
    });
  });

  /** Counts from now on how often R is asked. */
  function countedR({ server: { r } }: Awaited<ReturnType<typeof servedResults>>): () => number {
    let asked = 0;
    const run = r.run.bind(r);
    r.run = (...given) => {
      asked += 1;
      return run(...given);
    };
    return () => asked;
  }

  async function threeLooks(served: Awaited<ReturnType<typeof servedResults>>): Promise<void> {
    const params = { study: served.study };
    const looks = await Promise.all([1, 2].map(() => served.call('owner', contract.resultStatistics, { params })));
    await served.call('owner', contract.resultStatistics, { params });
    expect(looks[0]?.body).toMatchObject({
      tables: expect.arrayContaining([
        expect.objectContaining({
          id: 'agreement',
          lines: expect.arrayContaining([expect.objectContaining({ label: 'Severity' })]),
        }),
      ]),
      figures: [{ id: 'attrition', svg: expect.stringMatching(/^<svg/) }, { id: 'smoking' }],
    });
  }

  test('[R100] say how much of the review is open, and which protocol the candidates lack', async () => {
    await using served = await servedResults({ isFinished: false });
    const params = { study: served.study };
    expect((await served.call('owner', contract.results, { params })).body).toMatchObject({
      facts: { lock: null, open: expect.any(Number) },
    });
    await served.call('owner', contract.changeProtocol, {
      params,
      body: { yaml: resultsProtocol.replace('"2"', '"3"') },
      ifMatch: await inForce(),
    });
    expect((await served.call('owner', contract.results, { params })).body).toMatchObject({
      code: 'publish.stale-cohort',
    });
    async function inForce(): Promise<string> {
      const { body } = await served.call('owner', contract.protocol, { params });
      return (body as { readonly sha256: string }).sha256;
    }
  });

  test('[R101] a cell is traced to its subjects and values, and a subject to the sentence in its note', async () => {
    await using served = await servedResults();
    const params = { study: served.study };
    const cell = await served.call('owner', contract.traceCell, { params, query: { cell: SEVERE } });
    const first = served.of.subject('Patient/1');
    const both = [first, served.of.subject('Patient/3')].sort();
    expect(cell.body).toMatchObject({
      row: 'Severity: Severe',
      text: '2 (67%)',
      n: 2,
      subjects: {
        items: both.map((one) => ({
          subject: one,
          values: [{ label: 'Severity', value: 'Severe', by: 'agreement', reviewers: ['anna', 'ben'], places: 1 }],
        })),
        next: null,
      },
    });
    expect(JSON.stringify(cell.body)).not.toContain('plaque');
    const subject = await served.call('owner', contract.traceSubject, {
      params: { ...params, subject: first },
      query: { cell: SEVERE },
    });
    expect(subject.body).toMatchObject({
      values: [
        {
          evidence: [
            {
              note: 'DocumentReference/1',
              start: 0,
              end: 6,
              before: '',
              quote: 'Severe',
              after: ' plaque psoriasis. Smokes, 20 pack-years. Methotrexate since 2015-03-01.',
              isThere: true,
            },
          ],
        },
      ],
    });
    expect(audited(served, 'results.trace')).toEqual([
      { actor: 'owner', subject: null, detail: { cell: SEVERE, subjects: both } },
    ]);
    expect(audited(served, 'results.evidence')).toEqual([
      { actor: 'owner', subject: first, detail: { cell: SEVERE, notes: ['DocumentReference/1'] } },
    ]);
  });

  test('[R101] a statistic and a figure are traced to their subjects as a cell is', async () => {
    await using served = await servedResults();
    const params = { study: served.study };
    const { body } = await served.call('owner', contract.resultStatistics, { params });
    const { tables, figures } = body as RouteOutput<typeof contract.resultStatistics>;
    const lines = tables.find(({ id }) => id === 'proportions')?.lines;
    expect(lines).toMatchObject([
      { cells: [{ text: '2/3', cell: 'value:statistic.severe.n' }, { cell: 'value:statistic.severe.percent' }, {}] },
    ]);
    expect(figures.map(({ cell }) => cell)).toEqual([null, 'figure:smoking']);
    const trace = async (cell: string) =>
      (await served.call('owner', contract.traceCell, { params, query: { cell } })).body;
    const both = ['Patient/1', 'Patient/3'].map(served.of.subject).sort();
    expect(await trace('value:statistic.severe.n')).toMatchObject({
      row: 'Severe psoriasis',
      text: '2',
      decidedBy: ["baseline.severity = 'severe'"],
      subjects: { items: both.map((subject) => ({ subject, values: [{ label: 'Severity', value: 'Severe' }] })) },
    });
    const smoker = served.of.subject('Patient/1');
    expect(await trace('figure:smoking')).toMatchObject({
      row: 'Pack-years',
      subjects: { items: [{ subject: smoker }] },
    });
    const query = { cell: 'value:statistic.severe.n' };
    const one = await served.call('owner', contract.traceSubject, { params: { ...params, subject: smoker }, query });
    expect(one.body).toMatchObject({ values: [{ evidence: [{ note: 'DocumentReference/1' }] }] });
    expect(audited(served, 'results.trace')).toHaveLength(2);
  });

  test('[R101] a long list of subjects goes on after the last one, and each part is in the trail', async () => {
    await using served = await servedResults();
    const params = { study: served.study };
    const part = (cursor?: string) =>
      served.call('owner', contract.traceCell, {
        params,
        query: { cell: SEVERE, limit: 1, ...(cursor === undefined ? {} : { cursor }) },
      });
    const [first, second] = ['Patient/1', 'Patient/3'].map(served.of.subject).sort();
    expect((await part()).body).toMatchObject({ subjects: { items: [{ subject: first }], next: first } });
    expect((await part(first)).body).toMatchObject({ subjects: { items: [{ subject: second }], next: null } });
    expect(audited(served, 'results.trace')).toHaveLength(2);
  });

  test('[R102] analysts see numbers and nobody behind them; whoever is blinded neither', async () => {
    await using served = await servedResults();
    const params = { study: served.study };
    const shown = await served.call('analyst', contract.results, { params });
    expect(shown.body).toMatchObject({ mayTrace: false });
    expect(JSON.stringify(shown.body)).not.toMatch(/S00\d/);
    const query = { cell: SEVERE };
    const told = async (caller: string) => (await served.call(caller, contract.traceCell, { params, query })).body;
    expect(await told('analyst')).toMatchObject({ status: 403, code: 'server.forbidden' });
    expect(await told('owner+abstractor:anna')).toMatchObject({ status: 403, code: 'review.blinded' });
    expect((await served.call('owner+abstractor:anna', contract.results, { params })).body).toMatchObject({
      mayTrace: false,
    });
    const subject = served.of.subject('Patient/1');
    const one = await served.call('owner+abstractor:anna', contract.traceSubject, {
      params: { ...params, subject },
      query,
    });
    expect(one.status).toBe(403);
    expect(audited(served, 'results.trace')).toEqual([]);
    const figures = async (caller: string) => {
      const { body } = await served.call(caller, contract.resultStatistics, { params });
      return (body as RouteOutput<typeof contract.resultStatistics>).figures.map(({ id }) => id);
    };
    expect(await figures('owner')).toEqual(['attrition', 'smoking']);
    expect(await figures('owner+abstractor:anna')).toEqual(['attrition']);
  });

  test('[R103] a cell or a subject that is not there is a 404 that names the nearest', async () => {
    await using served = await servedResults();
    const params = { study: served.study };
    const wrong = await served.call('owner', contract.traceCell, { params, query: { cell: 'baseline/sever/total' } });
    expect(wrong.body).toMatchObject({ status: 404, code: 'analysis.no-cell', tip: 'Did you mean `severe`?' });
    const subject = served.of.subject('Patient/2');
    const other = await served.call('owner', contract.traceSubject, {
      params: { ...params, subject },
      query: { cell: SEVERE },
    });
    expect(other.body).toMatchObject({ status: 404, code: 'analysis.no-subject' });
    for (const [cell, tip] of [
      ['value:statistic.sever.n', 'Did you mean `statistic.severe.n`?'],
      ['figure:smokin', 'Did you mean `smoking`?'],
    ] as const) {
      const { body } = await served.call('owner', contract.traceCell, { params, query: { cell } });
      expect(body).toMatchObject({ status: 404, code: 'analysis.no-cell', tip });
    }
  });

  test('[R103] a figure is a file, as SVG and as PNG', async () => {
    await using served = await servedResults();
    const path = `/api/v1/studies/${served.study}/results/figures/attrition`;
    const svg = await served.request('analyst', 'GET', path);
    expect([svg.headers.get('content-type'), await svg.text()]).toEqual([
      'image/svg+xml',
      expect.stringMatching(/^<svg[\s\S]*Authorized for research/),
    ]);
    const png = await served.request('analyst', 'GET', `${path}?type=png`);
    expect(
      Buffer.from(await png.arrayBuffer())
        .subarray(1, 4)
        .toString('latin1'),
    ).toBe('PNG');
    expect((await served.request('analyst', 'GET', `${path}s`)).status).toBe(404);
  });
});
