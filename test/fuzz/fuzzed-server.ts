/** The whole interface over a small study with a chart, real accounts of every role, and a log that is read. */
import pino from 'pino';
import { RSession } from '../../src/analysis/index.ts';
import { abstraction, cited, screening, severeSmoker } from '../../src/review/entries.test-support.ts';
import type { AbstractionEntry } from '../../src/review/index.ts';
import { psoriasisProtocol } from '../../src/review/psoriasis-protocol.test-support.ts';
import { type PsoriasisStudy, psoriasisStudy } from '../../src/review/psoriasis-study.test-support.ts';
import { beginSession } from '../../src/server/accounts/sessions.ts';
import { chartStudy } from '../../src/server/chart/chart-study.test-support.ts';
import {
  createApp,
  createJobs,
  invite,
  openAccounts,
  openStudies,
  type Role,
  studyRoles,
  workspaceRoles,
} from '../../src/server/index.ts';
import type { Known } from './arbitrary-of-schema.ts';

/** Everybody there is: without a session, without a role, and with one. */
export const callers = ['nobody', 'without-role', ...studyRoles, ...workspaceRoles] as const;
export type Caller = (typeof callers)[number];

/** One call as it goes over the line. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

/** What came back, with what is new in the log. */
export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly log: readonly LogLine[];
}

export interface FuzzedServer extends AsyncDisposable {
  readonly of: PsoriasisStudy;
  /** It grows by what is answered: numbers of work, revisions. */
  readonly known: Known;
  /** Makes a call with the session of somebody, a new one if theirs has ended. */
  send(caller: Caller, sent: Sent): Promise<Got>;
  /** When all work that was begun is done; with what is new in the log. */
  settled(): Promise<readonly LogLine[]>;
}

/** A line of the log. */
export type LogLine = Readonly<Record<string, unknown>>;

const ORIGIN = 'http://localhost';

export async function fuzzedServer(): Promise<FuzzedServer> {
  const of = await psoriasisStudy(chartStudy);
  await of.load(...said);
  const { workspace } = of;
  const study = of.review.protocol.id;
  const accounts = openAccounts(workspace);
  const studies = openStudies(workspace);
  const log: LogLine[] = [];
  const logger = pino({}, { write: (line: string) => void log.push(JSON.parse(line) as LogLine) });
  const jobs = createJobs(logger);
  const r = new RSession();
  // Behind a proxy, so that each call comes from another address and none is refused for the calls before it.
  const options = { isTls: false, behindProxy: true };
  const app = createApp({ workspace, accounts, studies, jobs, r, log: logger }, options);
  const now = (): string => new Date().toISOString();
  const add = (login: string, roles: readonly Role[]): string =>
    invite(accounts, { login, name: login, roles }, { actor: 'setup', at: now() }).id;
  const ids = new Map<Caller, string>([
    ['without-role', add('caller-without-role', [])],
    ...studyRoles.map((role) => [role, add(`caller-${role}`, [{ role, study }])] as const),
    ...workspaceRoles.map((role) => [role, add(`caller-${role}`, [{ role }])] as const),
  ]);
  const known = knownOf(of, add('other', [{ role: 'abstractor', study }]));
  const tokens = new Map<Caller, string>();
  let calls = 0;

  async function call(token: string | undefined, { method, url, headers, body }: Sent): Promise<Got> {
    calls += 1;
    const csrf = token === undefined ? undefined : accounts.signedIn(token, now())?.csrf;
    const response = await app.request(`${ORIGIN}${url}`, {
      method,
      headers: {
        Host: 'localhost',
        Origin: ORIGIN,
        'X-Forwarded-For': `10.${(calls >> 16) & 255}.${(calls >> 8) & 255}.${calls & 255}`,
        ...(token === undefined ? {} : { Cookie: `chartproof=${token}` }),
        ...(csrf === undefined ? {} : { 'X-CSRF-Token': csrf }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    });
    const text = await response.text();
    learn(known, response, text);
    return { status: response.status, headers: response.headers, text, log: log.splice(0) };
  }

  /** A session; of whoever may search, with the purpose said. */
  async function sessionOf(caller: Caller): Promise<string | undefined> {
    const id = ids.get(caller);
    if (id === undefined) return undefined;
    const old = tokens.get(caller);
    if (old !== undefined && accounts.signedIn(old, now())) return old;
    const token = beginSession(accounts, id, now(), undefined);
    tokens.set(caller, token);
    const body = JSON.stringify({ purpose: 'To see what is answered' });
    const headers = { 'Content-Type': 'application/json' };
    await call(token, { method: 'POST', url: `/api/v1/studies/${study}/search/purpose`, headers, body });
    return token;
  }

  const server: FuzzedServer = {
    of,
    known,
    send: async (caller, sent) => call(await sessionOf(caller), sent),
    async settled() {
      await jobs.settled();
      return log.splice(0);
    },
    async [Symbol.asyncDispose]() {
      await jobs.settled();
      await r.close();
      studies.close();
      accounts.close();
      // DuckDB lets go in the turn after.
      await new Promise((done) => setImmediate(done));
      of[Symbol.dispose]();
    },
  };
  await takeCharts(server);
  return server;
}

/** Keeps what later calls can ask for, the newest of it. */
function learn(known: Record<string, string[]>, response: Response, text: string): void {
  const revision = response.headers.get('etag');
  const job = /^\{"job":"([\w-]+)"\}$/.exec(text)?.[1];
  const found = { revision: revision?.slice(1, -1), job };
  for (const [name, value] of Object.entries(found)) {
    if (value !== undefined) known[name] = [value, ...(known[name] ?? [])].slice(0, 5);
  }
}

const mild = { ...severeSmoker, severity: cited('mild', 'Severe plaque psoriasis') };
const twice = (entry: AbstractionEntry) => [entry, { ...entry, reviewer: 'ben' }];

/** A chart to adjudicate, one to abstract; the third is to be screened. */
const said = [
  ...twice(screening()),
  abstraction(),
  abstraction({ reviewer: 'ben', values: mild }),
  ...twice(screening({ person: 'Patient/2' })),
];

/** Each is taken by whoever can read it. */
async function takeCharts({ of, send }: FuzzedServer): Promise<void> {
  const take = async (caller: Caller, person: string, stage: string) => {
    const url = `/api/v1/studies/${of.review.protocol.id}/review/charts/${of.subject(person)}/claims/${stage}`;
    const { status, text } = await send(caller, { method: 'PUT', url, headers: {}, body: undefined });
    if (status !== 200) throw new Error(text);
  };
  await take('adjudicator', 'Patient/1', 'adjudication');
  await take('abstractor', 'Patient/2', 'abstraction');
  await take('abstractor', 'Patient/3', 'screening');
}

function knownOf({ review }: PsoriasisStudy, person: string): Record<string, string[]> {
  const { protocol = '' } = chartStudy;
  const notes = ['1', '10', '11', '12', '13', '2'].map((id) => `DocumentReference/${id}`);
  const { instruments, arms } = review.protocol;
  return {
    study: [review.protocol.id],
    subject: [...review.persons.keys()],
    note: notes,
    notes,
    source: [...notes, 'Condition/1', 'MedicationRequest/1', 'Observation/w1', 'Condition/4'],
    record: ['Condition/1', 'Observation/w1'],
    instrument: instruments.map(({ id }) => id),
    field: instruments.flatMap(({ fields }) => fields.map(({ id }) => id)),
    row: ['', '1', '2'],
    value: ['2015-03', 'mild', '1'],
    person: [person, 'other'],
    login: ['other'],
    reviewer: ['caller-abstractor', 'other'],
    termSet: ['psoriasis', 'plaques'],
    term: ['psoriasis'],
    arm: arms.map(({ id }) => id),
    query: ['psoriasis', 'psoriasis NOT plaques', '"scaly plaques" NEAR/5 elbows'],
    quote: ['Severe'],
    cursor: ['0', '1', '100'],
    yaml: [
      psoriasisProtocol.replace('id: psoriasis-methotrexate', 'id: another-study'),
      protocol,
      protocol.replace('version: "1"', 'version: "2"'),
    ],
    version: ['1', '2'],
    search: ['1', '2', '3'],
    step: ['authorized', 'identified', 'included', arms[0]?.id ?? ''],
    release: ['1', '2'],
    revision: ['0'],
  };
}
