/** The whole interface over a small study with a chart, real accounts of every role, and a log that is read. */
import pino from 'pino';
import { abstraction, cited, screening, severeSmoker } from '../../src/review/entries.test-support.ts';
import type { AbstractionEntry } from '../../src/review/index.ts';
import { psoriasisProtocol } from '../../src/review/psoriasis-protocol.test-support.ts';
import { type PsoriasisStudy, psoriasisStudy } from '../../src/review/psoriasis-study.test-support.ts';
import { beginSession } from '../../src/server/accounts/sessions.ts';
import { chartStudy } from '../../src/server/chart/chart-study.test-support.ts';
import {
  createApp,
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

export interface FuzzedServer extends AsyncDisposable {
  readonly of: PsoriasisStudy;
  readonly known: Known;
  /** Makes a call with a session of its own; with the lines that the log has of it. */
  send(caller: Caller, sent: Sent): Promise<{ readonly response: Response; readonly log: readonly LogLine[] }>;
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
  const write = (line: string): void => void log.push(JSON.parse(line) as LogLine);
  // Behind a proxy, so that each call comes from another address and none is refused for the calls before it.
  const app = createApp(
    { workspace, accounts, studies, log: pino({}, { write }) },
    { isTls: false, behindProxy: true },
  );
  const now = (): string => new Date().toISOString();
  const add = (login: string, roles: readonly Role[]): string =>
    invite(accounts, { login, name: login, roles }, { actor: 'setup', at: now() }).id;
  const ids = new Map<Caller, string>([
    ['without-role', add('caller-without-role', [])],
    ...studyRoles.map((role) => [role, add(`caller-${role}`, [{ role, study }])] as const),
    ...workspaceRoles.map((role) => [role, add(`caller-${role}`, [{ role }])] as const),
  ]);
  const other = add('other', [{ role: 'abstractor', study }]);
  let calls = 0;
  const server: FuzzedServer = {
    of,
    known: knownOf(of, other),
    async send(caller, { method, url, headers, body }) {
      calls += 1;
      const id = ids.get(caller);
      const token = id === undefined ? undefined : beginSession(accounts, id, now(), undefined);
      const csrf = token === undefined ? undefined : accounts.signedIn(token, now())?.csrf;
      const before = log.length;
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
      return { response, log: log.slice(before) };
    },
    async [Symbol.asyncDispose]() {
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
    const { response } = await send(caller, { method: 'PUT', url, headers: {}, body: undefined });
    if (response.status !== 200) throw new Error(await response.text());
  };
  await take('adjudicator', 'Patient/1', 'adjudication');
  await take('abstractor', 'Patient/2', 'abstraction');
  await take('abstractor', 'Patient/3', 'screening');
}

function knownOf({ review }: PsoriasisStudy, person: string): Known {
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
    yaml: [psoriasisProtocol, psoriasisProtocol.replace('id: psoriasis-methotrexate', 'id: another-study')],
  };
}
