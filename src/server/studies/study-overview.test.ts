import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { RSession } from '../../analysis/index.ts';
import { abstraction, plain, screening } from '../../review/entries.test-support.ts';
import { psoriasisProtocol } from '../../review/psoriasis-protocol.test-support.ts';
import { PASSWORD, testAccounts } from '../accounts/accounts.test-support.ts';
import { signIn } from '../accounts/signing-in.ts';
import { contract } from '../contract/index.ts';
import { createApp } from '../http/app.ts';
import { createJobs } from '../jobs/jobs.ts';
import { openStudies } from '../open-studies.ts';
import { servedStudy } from '../served-study.test-support.ts';

describe('the overview of a study', () => {
  test('[R49] counts charts by stage, what waits for whoever asks, and who did what', async () => {
    await using served = await servedStudy();
    const params = { study: served.study };
    await served.of.load(
      ...['anna', 'ben'].map((reviewer) => screening({ reviewer })),
      ...['anna', 'ben'].map((reviewer) =>
        screening({ reviewer, person: 'Patient/2', values: { psoriasis: plain(false) } }),
      ),
      abstraction(),
    );
    const overview = async (caller: string) => (await served.call(caller, contract.study, { params })).body;
    const owner = await overview('owner');
    expect(contract.study.response.parse(owner)).toEqual(owner);
    expect(owner).toMatchObject({
      cohort: { candidates: 3, isStale: false },
      stages: {
        screening: { done: 2, open: 1, mine: { done: 0, open: 0 } },
        abstraction: { done: 0, open: 1, mine: { done: 0, open: 0 } },
        adjudication: { done: 0, open: 0 },
      },
      people: [
        { name: 'anna', screened: 2, abstracted: 1 },
        { name: 'ben', screened: 2, abstracted: 0 },
      ],
      lastRelease: null,
      isBlinded: false,
    });
    expect(await overview('abstractor:ben')).toMatchObject({
      stages: {
        screening: { mine: { done: 2, open: 1 } },
        abstraction: { mine: { done: 0, open: 1 } },
      },
      people: [],
      isBlinded: true,
    });
  });

  test('[R49] of a study whose candidates are not identified there is no progress; whoever makes a study owns it', async () => {
    using people = testAccounts();
    const { accounts, workspace } = people;
    await people.setUp();
    await people.add('steph', { role: 'steward' });
    const studies = openStudies(workspace);
    const log = pino({ enabled: false });
    const server = { workspace, accounts, studies, jobs: createJobs(log), r: new RSession(), log };
    const app = createApp(server, { isTls: false, behindProxy: false });
    const at = new Date().toISOString();
    const token = await signIn(accounts, { login: 'steph', password: PASSWORD }, people.caller(0, { at }));
    const headers = {
      Cookie: `chartproof=${token}`,
      Host: 'localhost',
      Origin: 'http://localhost',
      'Content-Type': 'application/json',
      'X-CSRF-Token': accounts.signedIn(token, at)?.csrf ?? '',
    };
    const answered = async (method: string, path: string, body?: object) => {
      const sent = body ? { body: JSON.stringify(body) } : {};
      const response = await app.request(`http://localhost/api/v1${path}`, { method, headers, ...sent });
      return { status: response.status, body: await response.json() };
    };
    const create = (yaml: string) => answered('POST', '/studies', { yaml });
    expect(await create('chartproof: 1')).toMatchObject({
      status: 422,
      body: { problems: expect.arrayContaining([expect.objectContaining({ line: 1 })]) },
    });
    const made = {
      study: 'psoriasis-methotrexate',
      title: 'Methotrexate for psoriasis',
      version: '1',
      roles: ['owner'],
    };
    expect(await create(psoriasisProtocol)).toEqual({ status: 200, body: made });
    expect(await create(psoriasisProtocol)).toMatchObject({ status: 409, body: { code: 'study.exists' } });
    expect(await answered('GET', '/studies')).toEqual({ status: 200, body: { items: [made] } });
    const nothing = { cohort: null, stages: null, people: [], lastRelease: null, isBlinded: false };
    expect(await answered('GET', '/studies/psoriasis-methotrexate')).toEqual({
      status: 200,
      body: { ...made, ...nothing },
    });
    studies.close();
  });
});
