/** The protocol: reading it, its versions, what a draft would change, putting it into force. Rules R110 to R114 of SPEC.md. */
import { ChartproofError, type Problem, type StudyId } from '../../base/index.ts';
import { storedProtocol } from '../../cohort/index.ts';
import { draftProtocol, loadStudyProtocol, registerProtocolText, type StudyProtocol } from '../../protocol/index.ts';
import { protocolImpact } from '../../publish/index.ts';
import { appendAudit, openStudyDatabase, type StudyDatabase, type Workspace } from '../../workspace/index.ts';
import { isBlindedTo } from '../blinding.ts';
import type { contract, RouteOutput } from '../contract/index.ts';
import type { Handlers } from '../http/handler.ts';
import { ConflictError } from '../http/problems.ts';
import { impactView } from './impact-view.ts';
import { protocolSummary } from './protocol-summary.ts';

/** What a draft is called where its mistakes are told. */
const FILE = 'protocol.yaml';

export const protocolHandlers = {
  protocol: ({ server, params }) => viewOf(server.workspace, params.study),

  protocolVersions: ({ server, params }) => ({
    items: within(server.workspace, params.study, versionsOf),
  }),

  protocolVersion: ({ server, params }) =>
    within(server.workspace, params.study, ({ all, db }) => {
      const query = db.selectFrom('protocol_version').select(['sha256', 'version', 'yaml']);
      const [found] = all(query.where('sha256', '=', params.version));
      if (found) return found;
      throw new ChartproofError('protocol.no-version', 'The study never had a protocol of this version.', {
        tip: 'Load the list of versions again.',
      });
    }),

  checkProtocol: ({ server, params, body }) => {
    try {
      const { protocol } = draft(server.workspace, params.study, body.yaml);
      return { version: protocol.version, problems: [] };
    } catch (error) {
      if (!(error instanceof ChartproofError)) throw error;
      const { code, message, tip, problems } = error;
      const all = problems.length > 0 ? problems : [{ code, message, ...(tip === undefined ? {} : { tip }) }];
      return { version: null, problems: all.map(problemView) };
    }
  },

  impactOfProtocol: ({ server, who, params, body, at }) => {
    const { study } = params;
    const { workspace, r } = server;
    const before = loadStudyProtocol(workspace, study);
    const after = draft(workspace, study, body.yaml);
    return server.jobs.begin(
      { kind: 'protocol.impact', study, of: `${study}/${after.sha256}`, by: who.person.id },
      async (progress) => {
        const database = openStudyDatabase(workspace, study);
        try {
          const impact = await protocolImpact({ workspace, database, progress, r }, before, after);
          const isBlinded = isBlindedTo({ study: before, database }, who);
          const view = impactView(impact, before, after, isBlinded);
          // It names the charts with work and those who come and go.
          appendAudit(database, { at, actor: who.person.login, action: 'protocol.impact', detail: told(view) });
          return view;
        } finally {
          database.close();
        }
      },
    );
  },

  changeProtocol: ({ server, who, params, body, ifMatch, at }) => {
    const { study } = params;
    draft(server.workspace, study, body.yaml); // of this study, and without a mistake
    try {
      const by = { actor: who.person.login, at, replaces: ifMatch };
      registerProtocolText(server.workspace, { yaml: body.yaml, file: FILE }, by);
    } catch (error) {
      if (!(error instanceof ChartproofError) || error.code !== 'protocol.moved-on') throw error;
      throw new ConflictError(error.code, error.message, viewOf(server.workspace, study), error.tip ?? '');
    }
    const view = viewOf(server.workspace, study);
    return { revision: view.sha256, body: view };
  },
} satisfies Partial<Handlers>;

type View = RouteOutput<typeof contract.protocol>;

function viewOf(workspace: Workspace, study: string): View {
  const { protocol, sha256, yaml } = loadStudyProtocol(workspace, study);
  const isRunStale = within(workspace, study, (database) => storedProtocol(database) !== sha256);
  return { sha256, version: protocol.version, yaml, summary: protocolSummary(protocol), isRunStale };
}

function versionsOf({ all, db }: StudyDatabase): RouteOutput<typeof contract.protocolVersions>['items'] {
  const [inForce] = all(db.selectFrom('study').select('value').where('key', '=', 'protocol'));
  const told = all(
    db.selectFrom('audit').select(['actor', 'detail']).where('action', '=', 'protocol.register').orderBy('seq'),
  );
  const by = new Map(
    told.map(({ actor, detail }) => [(JSON.parse(detail) as { readonly sha256: string }).sha256, actor]),
  );
  const rows = all(
    db.selectFrom('protocol_version').select(['sha256', 'version', 'added_at']).orderBy('added_at', 'desc'),
  );
  return rows.map(({ sha256, version, added_at }) => ({
    sha256,
    version,
    addedAt: added_at,
    by: by.get(sha256) ?? null,
    isInForce: sha256 === inForce?.value,
  }));
}

function draft(workspace: Workspace, study: string, yaml: string): StudyProtocol {
  return draftProtocol(workspace, study as StudyId, { yaml, file: FILE });
}

function problemView({ code, message, tip, place }: Problem) {
  return { code, message, tip, line: place?.line, column: place?.column };
}

function told({ to, reopens, closes, cohort, numbers }: ReturnType<typeof impactView>) {
  const moved = cohort.moved.flatMap(({ subject }) => (subject === null ? [] : [subject]));
  const subjects = [...new Set([...reopens.map(({ subject }) => subject), ...closes, ...moved])].sort();
  return { protocol: to.sha256, subjects, numbers: numbers.length };
}

function within<Result>(workspace: Workspace, study: string, work: (database: StudyDatabase) => Result): Result {
  const database = openStudyDatabase(workspace, study);
  try {
    return work(database);
  } finally {
    database.close();
  }
}
