/** What leaves: the disclosure check, releases, their bundles and the proof of them. Rules R106 to R109 of SPEC.md. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ChartproofError, sha256 } from '../../base/index.ts';
import {
  acceptWarnings,
  type DisclosureWarning,
  disclosureOf,
  publishStudy,
  readBundle,
  releaseId,
  type Sorted,
  verifyBundle,
  zipOf,
} from '../../publish/index.ts';
import {
  appendAudit,
  openStudyDatabase,
  type StudyDatabase,
  studyPaths,
  type Workspace,
} from '../../workspace/index.ts';
import type { contract, RouteOutput } from '../contract/index.ts';
import type { Handlers } from '../http/handler.ts';
import { type KeptResults, keptResults } from './kept-results.ts';
import { releasedManifest, releasesOf } from './released.ts';
import { factsView } from './results-view.ts';

export const releaseHandlers = {
  disclosure: ({ server, params }) =>
    server.studies.with(params.study, (open) => {
      const kept = keptResults(open);
      return disclosureView(kept, disclosureOf(open, kept));
    }),

  acceptDisclosure: ({ server, who, params, body, at }) =>
    server.studies.with(params.study, (open) => {
      const kept = keptResults(open);
      const { open: unaccepted } = disclosureOf(open, kept);
      acceptWarnings(open.database, chosen(unaccepted, body.warnings), body.reason, { actor: who.person.login, at });
      return disclosureView(kept, disclosureOf(open, kept));
    }),

  releases: ({ server, params }) =>
    server.studies.with(params.study, (open) => ({ items: releasesOf(server.workspace, open) })),

  makeRelease: ({ server, who, params, body, at }) => {
    const { study } = params;
    const { id, login } = who.person;
    return server.jobs.begin({ kind: 'release.make', study, of: study, by: id }, (progress) =>
      server.studies.with(study, async (open) => {
        const { acceptChanges } = body;
        const { facts } = await publishStudy(server.workspace, open, {
          actor: login,
          at,
          progress,
          acceptChanges,
          r: server.r,
        });
        return { release: releaseId(facts) };
      }),
    );
  },

  releaseBundle: ({ server, who, params, at }) => {
    const { study, release } = params;
    const files = readBundle(folderOf(server.workspace, study, release));
    within(server.workspace, study, (database) =>
      appendAudit(database, {
        at,
        actor: who.person.login,
        action: 'release.download',
        detail: { release, manifest: sha256(files.get('release.json') ?? '') },
      }),
    );
    const name = `${study}-${release}`;
    return { name: `${name}.zip`, mediaType: 'application/zip', bytes: zipOf(name, files) };
  },

  verifyRelease: ({ server, who, params }) => {
    const { study, release } = params;
    const folder = folderOf(server.workspace, study, release);
    return server.jobs.begin({ kind: 'release.verify', study, of: release, by: who.person.id }, async (progress) => {
      progress.step('Proving it from its own files');
      const files = readBundle(folder);
      const { ok, seal, checked, notes, problems } = await verifyBundle(files, { r: true });
      const told = within(server.workspace, study, (database) => releasedManifest(database, release));
      const isAsReleased = told !== undefined && told === sha256(files.get('release.json') ?? '');
      return { ok: ok && isAsReleased, isAsReleased, seal: seal ?? null, checked, notes, problems };
    });
  },
} satisfies Partial<Handlers>;

function disclosureView(kept: KeptResults, { open, accepted }: Sorted): RouteOutput<typeof contract.disclosure> {
  return {
    facts: factsView(kept),
    open: open.map(({ code, place, text }) => ({ code, place, text })),
    accepted: accepted.map(({ code, place, text, reason, actor }) => ({ code, place, text, reason, by: actor })),
  };
}

/** The open warnings that are named just as they are. Error: `publish.no-warning`, where one is not. */
function chosen(
  open: readonly DisclosureWarning[],
  named: readonly { readonly code: string; readonly place: string; readonly text: string }[],
): DisclosureWarning[] {
  const keyOf = ({ code, place, text }: (typeof named)[number]): string => [code, place, text].join('\n');
  const known = new Map(open.map((one) => [keyOf(one), one]));
  const found = [...new Set(named.map(keyOf))].map((key) => known.get(key));
  if (found.includes(undefined)) {
    throw new ChartproofError('publish.no-warning', 'A warning is not open, or tells another count by now.', {
      tip: 'Load the list again and choose anew.',
    });
  }
  return found.filter((one) => one !== undefined);
}

/** Error: `publish.no-release`. */
function folderOf(workspace: Workspace, study: string, release: string): string {
  const folder = join(studyPaths(workspace, study as Parameters<typeof studyPaths>[1]).releases, release);
  if (existsSync(join(folder, 'release.json'))) return folder;
  throw new ChartproofError('publish.no-release', 'There is no such release, or its folder was removed.', {
    tip: 'Release the study again, or restore the folder from a backup.',
  });
}

function within<Result>(workspace: Workspace, study: string, work: (database: StudyDatabase) => Result): Result {
  const database = openStudyDatabase(workspace, study);
  try {
    return work(database);
  } finally {
    database.close();
  }
}
