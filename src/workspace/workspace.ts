/**
 * The workspace: a folder that holds everything, and can be copied, backed up and opened elsewhere.
 *
 *     workspace.json     the version of this layout; what makes the folder a workspace
 *     inbox/             files that are to be imported in the browser (server/); there need be none
 *     records/           Parquet and manifests (records/)
 *     termsets/          term sets that all studies share (protocol/), as people write them
 *     notes.sqlite       the notes and their index (notes/); can be made anew from records/
 *     lexicon/           words that the site adds to those by which notes are analysed (notes/); there need be none
 *     studies/ID/        protocol.yaml, study.sqlite, releases/
 *     accounts.sqlite    people, their roles and sessions, and the audit trail of the workspace (server/)
 *     locks/             who is writing at the moment
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ChartproofError, writeFileAtomic } from '../base/index.ts';

/** A workspace that exists. All paths are absolute. */
export interface Workspace {
  readonly dir: string;
  readonly paths: {
    readonly config: string;
    readonly inbox: string;
    readonly records: string;
    readonly manifest: string;
    readonly notes: string;
    readonly lexicon: string;
    readonly termSets: string;
    readonly studies: string;
    readonly accounts: string;
  };
}

/** Where the parts of a study stand. */
export interface StudyPaths {
  readonly dir: string;
  readonly protocol: string;
  readonly database: string;
  readonly releases: string;
}

const LAYOUT = 1;
const configSchema = z.object({ chartproof: z.int() });

/** Makes a workspace in a folder that is new or empty. Errors: `workspace.exists`, `workspace.not-a-folder`. */
export function initWorkspace(dir: string): Workspace {
  const workspace = at(dir);
  if (existsSync(workspace.dir)) {
    if (!statSync(workspace.dir).isDirectory()) {
      throw new ChartproofError('workspace.not-a-folder', 'There is a file where the workspace should be.', {
        place: { file: dir },
      });
    }
    if (readdirSync(workspace.dir).length > 0) {
      const already = existsSync(workspace.paths.config);
      throw new ChartproofError(
        'workspace.exists',
        already ? 'This folder is a workspace already.' : 'This folder is not empty.',
        { tip: already ? 'Use it as it is, or name another folder.' : 'Name a new folder.', place: { file: dir } },
      );
    }
  }
  mkdirSync(workspace.dir, { recursive: true, mode: 0o700 });
  writeFileAtomic(workspace.paths.config, `${JSON.stringify({ chartproof: LAYOUT }, null, 2)}\n`);
  mkdirSync(workspace.paths.records, { recursive: true });
  mkdirSync(workspace.paths.studies, { recursive: true });
  return workspace;
}

/** Opens a workspace. Errors: `workspace.not-one`, `workspace.newer`, `workspace.unreadable`. */
export function openWorkspace(dir: string): Workspace {
  const workspace = at(dir);
  if (!existsSync(workspace.paths.config)) {
    throw new ChartproofError('workspace.not-one', 'This folder is not a workspace.', {
      tip: 'Make one with: chartproof init DIR',
      place: { file: dir },
    });
  }
  if (layoutOf(workspace) > LAYOUT) {
    throw new ChartproofError('workspace.newer', 'This workspace was made by a newer version of the program.', {
      tip: 'Open it with that version or a later one.',
      place: { file: workspace.paths.config },
    });
  }
  return workspace;
}

/** The paths of a study, whether it exists or not. Error: `workspace.study-id`. */
export function studyPaths(workspace: Workspace, studyId: string): StudyPaths {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(studyId)) {
    throw new ChartproofError('workspace.study-id', 'This is not the id of a study.', {
      tip: 'A study id has small letters, digits and single hyphens, such as gout-2024.',
    });
  }
  const dir = join(workspace.paths.studies, studyId);
  return {
    dir,
    protocol: join(dir, 'protocol.yaml'),
    database: join(dir, 'study.sqlite'),
    releases: join(dir, 'releases'),
  };
}

function at(dir: string): Workspace {
  const root = resolve(dir);
  const records = join(root, 'records');
  return {
    dir: root,
    paths: {
      config: join(root, 'workspace.json'),
      inbox: join(root, 'inbox'),
      records,
      manifest: join(records, 'manifest.json'),
      notes: join(root, 'notes.sqlite'),
      lexicon: join(root, 'lexicon'),
      termSets: join(root, 'termsets'),
      studies: join(root, 'studies'),
      accounts: join(root, 'accounts.sqlite'),
    },
  };
}

function layoutOf(workspace: Workspace): number {
  try {
    return configSchema.parse(JSON.parse(readFileSync(workspace.paths.config, 'utf8'))).chartproof;
  } catch (cause) {
    throw new ChartproofError('workspace.unreadable', 'workspace.json cannot be read.', {
      tip: `Restore it from a backup, or write {"chartproof": ${LAYOUT}} into it.`,
      place: { file: workspace.paths.config },
      cause,
    });
  }
}
