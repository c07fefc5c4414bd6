/** The records, for their steward: `contract/data.ts`. Rules R120 to R126 of SPEC.md. */
import { ChartproofError, canonicalJson, sha256 } from '../../base/index.ts';
import { storedSnapshot } from '../../cohort/index.ts';
import { currentSnapshot, decideRow, importReports, openRows, showRow } from '../../records/index.ts';
import { appendAudit } from '../../workspace/index.ts';
import type { SignedIn } from '../accounts/signed-in.ts';
import type { dataRoutes } from '../contract/data.ts';
import type { Handlers } from '../http/handler.ts';
import { partOf } from '../http/list-part.ts';
import { problemOf } from '../http/problems.ts';
import { withStudyTrail } from '../people/study-trail.ts';
import type { Server } from '../server.ts';
import { importDoneOf, importViewOf } from './import-view.ts';
import { listInbox, pathInInbox } from './inbox.ts';
import { openRowViewOf, shownRowViewOf } from './linkage-view.ts';
import { quarantinedLine, quarantinePage } from './quarantine-page.ts';
import { runRecordWork } from './run-record-work.ts';
import { comparisonOf, moveViewOf, qualityViewOf, snapshotViews } from './snapshot-view.ts';

export const dataHandlers: Handlers<keyof typeof dataRoutes> = {
  snapshots: async ({ server }) => ({ items: await snapshotViews(server.workspace) }),
  compareSnapshots: ({ server, body, who }) =>
    server.jobs.begin(
      { kind: 'data.compare', study: null, of: canonicalJson(body), by: who.person.id },
      async (progress) => {
        const comparison = comparisonOf(await runRecordWork(server.workspace, 'compare', body, progress));
        trailOf({ server, who })('records.compare', { detail: { from: comparison.from, to: comparison.to } });
        return comparison;
      },
    ),
  checkQuality: ({ server, body: { snapshot }, who, at }) =>
    server.jobs.begin(
      { kind: 'data.quality', study: null, of: snapshot ?? '', by: who.person.id },
      async (progress) => {
        const work = { asOf: at.slice(0, 'YYYY-MM-DD'.length), snapshot };
        const quality = qualityViewOf(await runRecordWork(server.workspace, 'quality', work, progress));
        trailOf({ server, who })('records.check-quality', { detail: { snapshot: quality.snapshot } });
        return quality;
      },
    ),
  inbox: ({ server }) => listInbox(server.workspace),
  imports: ({ server, query }) => partOf(importReports(server.workspace).reverse().map(importViewOf), query),
  importRecords: ({ server, body, who, at }) => {
    const { workspace, jobs } = server;
    const { dryRun } = body;
    const inside = (path: string): string => pathInInbox(workspace, path);
    const order = { ...body, paths: body.paths.map(inside), now: at };
    const work = order.kind === 'table' ? { ...order, mapping: inside(order.mapping) } : order;
    const tell = trailOf({ server, who });
    return jobs.begin(
      { kind: 'data.import', study: null, of: canonicalJson(body), by: who.person.id },
      async (progress) => {
        const before = currentSnapshot(workspace);
        tell('records.import', { detail: { kind: body.kind, dryRun, paths: body.paths.length } });
        try {
          const done = importDoneOf(await runRecordWork(workspace, 'import', work, progress));
          const { id, snapshot, changed, lines, stored, quarantined, preview } = done;
          const detail = { dryRun, snapshot, changed, lines, stored, quarantined, preview: preview.length };
          tell('records.imported', { subject: id, detail });
          return done;
        } catch (cause) {
          const snapshot = currentSnapshot(workspace) ?? null;
          const error = snapshot === (before ?? null) ? cause : notIndexed(cause);
          const detail = { kind: body.kind, dryRun, code: problemOf(error).code, snapshot };
          tell('records.import-failed', { detail });
          throw error;
        }
      },
    );
  },
  quarantine: ({ server, params, query }) => quarantinePage(server.workspace, params.import, query),
  openQuarantined: ({ server, params, body, who }) =>
    quarantinedLine(server.workspace, params.import, body.at, ({ at, line, reason }) =>
      trailOf({ server, who })('records.open-quarantined', { subject: params.import, detail: { at, line, reason } }),
    ),
  openLinkage: async ({ server, query, who }) => {
    const rows = await openRows(server.workspace);
    const proposed = rows.filter(({ candidates }) => candidates.length > 0);
    const { items, next } = partOf(query.all ? rows : proposed, query);
    trailOf({ server, who })('linkage.list', { detail: { rows: items.length, from: Number(query.cursor ?? 0) } });
    return { items: items.map(openRowViewOf), next, open: rows.length, proposed: proposed.length };
  },
  showLinkageRow: async ({ server, body: { row }, who, at }) => {
    const shown = await showRow(server.workspace, row, { by: who.person.login, at });
    trailOf({ server, who })('linkage.show', {
      subject: hashOf(shown.row),
      detail: { persons: shown.candidates.length },
    });
    return shownRowViewOf(shown);
  },
  decideLinkageRow: async ({ server, body: { row, person, verdict }, who, at }) => {
    const made = await decideRow(server.workspace, { row, person, verdict, by: who.person.login, at });
    trailOf({ server, who })('linkage.decide', {
      subject: hashOf(made.row),
      detail: { person: hashOf(person), verdict },
    });
  },
  moveStudyAsSteward: ({ server, body: { study, dryRun }, who }) => beginMove({ server, who }, study, dryRun, false),
  studyRecords: ({ server, params: { study } }) => ({
    snapshot: withStudyTrail(server.workspace, study, storedSnapshot) ?? null,
    current: currentSnapshot(server.workspace) ?? null,
  }),
  moveStudy: ({ server, params: { study }, body: { dryRun }, who }) => beginMove({ server, who }, study, dryRun, true),
};

/** Who does something. */
interface Doing {
  readonly server: Server;
  readonly who: SignedIn;
}

interface Told {
  readonly subject?: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Writes into the trail of the workspace, at the time at which it is called: long work ends later than its call. */
function trailOf({ server, who }: Doing): (action: string, told: Told) => void {
  const actor = who.person.login;
  return (action, told) =>
    appendAudit(server.accounts.database, { at: new Date().toISOString(), actor, action, ...told });
}

/** The snapshot was there, whole, before the notes of it were indexed. */
function notIndexed(cause: unknown): ChartproofError {
  return new ChartproofError('data.not-indexed', 'The files are imported, but not all of their notes are indexed.', {
    tip: 'Import the same files again: nothing is stored twice, and the notes are indexed.',
    cause,
  });
}

/** How the trail names a row or a person: names of rows may have numbers and days of a prescription in them. */
function hashOf(name: string): string {
  return sha256(name).slice(0, 16);
}

/** Moves a study, or plans it; both trails tell. A steward, who may have no part in the study, is told numbers alone. */
function beginMove(
  { server, who }: Doing,
  study: string,
  dryRun: boolean,
  hasSubjects: boolean,
): { readonly job: string } {
  const { workspace, jobs } = server;
  withStudyTrail(workspace, study, () => undefined); // refuses what is no study before anything begins
  const work = { kind: 'data.move', study, of: `${study} ${dryRun} ${hasSubjects}`, by: who.person.id } as const;
  return jobs.begin(work, async (progress) => {
    const now = { actor: who.person.login, at: new Date().toISOString() };
    const done = moveViewOf(await runRecordWork(workspace, 'move', { study, dryRun, ...now }, progress), hasSubjects);
    const { moved, from, to, before, after } = done;
    const detail = { dryRun, moved, from, to, before, after };
    trailOf({ server, who })('records.move-study', { subject: study, detail });
    if (!moved)
      withStudyTrail(workspace, study, (trail) => appendAudit(trail, { ...now, action: 'study.plan-move', detail }));
    return done;
  });
}
