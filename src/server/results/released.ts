/** What was released, as the study's database and the folders tell. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenStudy } from '../../review/index.ts';
import { type StudyDatabase, studyPaths, type Workspace } from '../../workspace/index.ts';
import type { contract, RouteOutput } from '../contract/index.ts';
import { keptStanding } from './kept-results.ts';

type ReleaseView = RouteOutput<typeof contract.releases>['items'][number];

/** Every release, the newest first. */
export function releasesOf(workspace: Workspace, open: OpenStudy): ReleaseView[] {
  const { all, db } = open.database;
  const rows = all(db.selectFrom('release_lock').selectAll().orderBy('at', 'desc').orderBy('id'));
  const versions = new Map(
    all(db.selectFrom('protocol_version').select(['sha256', 'version'])).map((one) => [one.sha256, one.version]),
  );
  const now = factsNow(open);
  const { releases } = studyPaths(workspace, open.study.study);
  return rows.map(({ id, at, by, protocol, snapshot, hash }) => {
    const manifest = manifestIn(join(releases, id));
    return {
      id,
      at,
      by,
      protocolVersion: versions.get(protocol) ?? '',
      snapshot,
      lock: hash,
      isThere: manifest !== undefined,
      isCurrent: now === [protocol, snapshot, hash].join('\n'),
      files: Object.keys(manifest?.sha256 ?? {}).length,
      seal: manifest?.seal ?? null,
    };
  });
}

/** The SHA-256 of `release.json`, as the audit trail has it of the day of the release. */
export function releasedManifest({ all, db }: StudyDatabase, release: string): string | undefined {
  const told = all(db.selectFrom('audit').select('detail').where('action', '=', 'release.publish').orderBy('seq'));
  const details = told.map(
    ({ detail }) => JSON.parse(detail) as { readonly release: string; readonly manifest: string },
  );
  return details.find((one) => one.release === release)?.manifest;
}

/** What results are made from now; undefined while they cannot be worked out, or anything is open. */
function factsNow(open: OpenStudy): string | undefined {
  try {
    const { protocol, snapshot, lock } = keptStanding(open).facts;
    return lock === '' ? undefined : [protocol, snapshot, lock].join('\n');
  } catch {
    return undefined; // a stale cohort: the list of releases is there all the same
  }
}

interface Sealed {
  readonly seal: string;
  readonly sha256: Readonly<Record<string, string>>;
}

function manifestIn(folder: string): Sealed | undefined {
  const path = join(folder, 'release.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Sealed) : undefined;
}
