/** A server of the psoriasis study whose callers have the roles that a test gives them, without a password. */
import pino from 'pino';
import { RSession } from '../analysis/index.ts';
import { type PsoriasisOptions, type PsoriasisStudy, psoriasisStudy } from '../review/psoriasis-study.test-support.ts';
import type { Accounts } from './accounts/accounts.ts';
import { openAccounts } from './accounts/open-accounts.ts';
import { addPerson } from './accounts/people.ts';
import type { SignedIn } from './accounts/signed-in.ts';
import type { RouteCall, RouteDef, StudyRole, WorkspaceRole } from './contract/index.ts';
import { createApp } from './http/app.ts';
import { createJobs } from './jobs/jobs.ts';
import { openStudies } from './open-studies.ts';
import type { Server } from './server.ts';

/** What came back: the status, the JSON, and the revision where there is one. */
export interface Told {
  readonly status: number;
  readonly body: unknown;
  readonly revision: string | undefined;
}

/** A caller: `owner`, or several roles as `owner+abstractor`, then a name of one's own as `abstractor:anna`. */
export type Caller = string;

export interface ServedStudy extends AsyncDisposable {
  readonly of: PsoriasisStudy;
  readonly accounts: Accounts;
  readonly study: string;
  /** What the server wrote to its log. */
  readonly log: string[];
  /** Makes an account of this login. */
  addPerson(login: string): void;
  /** When all long work is done or failed. */
  settled(): Promise<void>;
  readonly server: Server;
  request(caller: Caller | undefined, method: string, path: string, init?: RequestInit): Promise<Response>;
  call<Def extends RouteDef>(
    caller: Caller | undefined,
    def: Def,
    input: RouteCall<Def> & { readonly ifMatch?: string },
  ): Promise<Told>;
}

const CSRF = 'csrf-of-the-test';
const WORKSPACE_ROLES: ReadonlySet<string> = new Set(['administrator', 'steward']);

export async function servedStudy(options: PsoriasisOptions = {}): Promise<ServedStudy> {
  const of = await psoriasisStudy(options);
  const study = of.review.protocol.id;
  const log: string[] = [];
  const studies = openStudies(of.workspace);
  const accounts: Accounts = { ...openAccounts(of.workspace), signedIn: (token) => callerOf(token, study) };
  const logger = pino({}, { write: (line) => log.push(line) });
  const jobs = createJobs(logger);
  const r = new RSession();
  const server = { workspace: of.workspace, accounts, studies, jobs, r, log: logger };
  const app = createApp(server, { isTls: false, behindProxy: false });
  const request: ServedStudy['request'] = (caller, method, path, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set('Host', 'localhost');
    if (caller !== undefined) headers.set('Cookie', `chartproof=${encodeURIComponent(caller)}`);
    if (method !== 'GET') {
      headers.set('Origin', headers.get('Origin') ?? 'http://localhost');
      headers.set('X-CSRF-Token', headers.get('X-CSRF-Token') ?? CSRF);
    }
    return Promise.resolve(app.request(`http://localhost${path}`, { ...init, method, headers }));
  };
  return {
    of,
    accounts,
    study,
    log,
    addPerson: (login) =>
      void addPerson(accounts.database, { login, name: login }, { actor: 'test', at: '2024-01-01T00:00:00Z' }),
    settled: jobs.settled,
    server,
    request,
    async call(caller, def, { params = {}, query = {}, body, ifMatch }: CallInput) {
      const path = def.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
      const search = new URLSearchParams(
        Object.fromEntries(Object.entries(query).map(([key, value]) => [key, String(value)])),
      );
      const response = await request(caller, def.method.toUpperCase(), `/api/v1${path}?${search}`, {
        headers: {
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(ifMatch === undefined ? {} : { 'If-Match': `"${ifMatch}"` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') ?? false;
      const revision = response.headers.get('etag')?.slice(1, -1);
      return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : text, revision };
    },
    async [Symbol.asyncDispose]() {
      await jobs.settled();
      studies.close();
      await r.close();
      accounts.close();
      await new Promise((done) => setImmediate(done));
      of[Symbol.dispose]();
    },
  };
}

interface CallInput {
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
  readonly ifMatch?: string | undefined;
}

function callerOf(token: string, study: string): SignedIn {
  const [roles = '', name = roles] = token.split(':');
  const all = roles.split('+').filter((role) => role !== 'nobody');
  const workspace = all.filter((role) => WORKSPACE_ROLES.has(role)) as WorkspaceRole[];
  const own = all.filter((role) => !WORKSPACE_ROLES.has(role)) as StudyRole[];
  return {
    person: { id: name, login: name, name },
    roles: { workspace, studies: new Map(own.length > 0 ? [[study, own]] : []) },
    csrf: CSRF,
    endsAt: '2999-01-01T00:00:00Z',
  };
}
