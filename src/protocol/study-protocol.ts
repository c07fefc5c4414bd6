/** The protocol of a study in a workspace: every version that was ever in force is kept in the study's database. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { ChartproofError, type StudyId, sha256, writeFileAtomic } from '../base/index.ts';
import { appendAudit, openStudyDatabase, type StudyDatabase, studyPaths, type Workspace } from '../workspace/index.ts';
import { parseProtocol, readProtocolText } from './parse.ts';
import type { Protocol } from './schema.ts';
import { sharedTermSetNames } from './shared-term-sets.ts';

/** A protocol in force. */
export interface StudyProtocol {
  readonly study: StudyId;
  readonly protocol: Protocol;
  /** SHA-256 of the file. */
  readonly sha256: string;
  readonly yaml: string;
}

/**
 * Puts a protocol file into force: makes the study where it is new, adds a version where the file changed, does nothing
 * where it is the one in force; an earlier version comes into force again. `protocol.same-version` when the file changed but its `version` did not.
 */
export function registerProtocol(workspace: Workspace, file: string, by: RegisteredBy): StudyProtocol {
  return registerProtocolText(workspace, { yaml: readProtocolText(file), file }, by);
}

/** Who puts it into force and when; `replaces` is the SHA-256 of the version that must be in force until then. */
export interface RegisteredBy {
  readonly actor: string;
  readonly at: string;
  readonly replaces?: string;
}

/** {@link registerProtocol} of a text. Error besides: `protocol.moved-on`, where another version is in force than `replaces`. */
export function registerProtocolText(
  workspace: Workspace,
  { yaml, file }: ProtocolText,
  { replaces, ...by }: RegisteredBy,
): StudyProtocol {
  const protocol = parseProtocol(yaml, file, sharedTermSetNames(workspace));
  const hash = sha256(yaml);
  const study = protocol.id as StudyId;
  const paths = studyPaths(workspace, study);
  mkdirSync(paths.dir, { recursive: true });
  const database = openStudyDatabase(workspace, study);
  try {
    const versions = database.all(database.db.selectFrom('protocol_version').selectAll());
    if (versions.some((row) => row.version === protocol.version && row.sha256 !== hash)) {
      throw new ChartproofError(
        'protocol.same-version',
        `The protocol changed, but its version is still ${protocol.version}.`,
        {
          tip: 'Give a changed protocol a new `version`.',
          place: { file },
        },
      );
    }
    database.transaction(() => {
      const [inForce] = database.all(database.db.selectFrom('study').select('value').where('key', '=', 'protocol'));
      if (replaces !== undefined && inForce?.value !== replaces) throw movedOn();
      if (inForce?.value === hash) return;
      if (!versions.some((row) => row.sha256 === hash)) {
        database.run(
          database.db
            .insertInto('protocol_version')
            .values({ sha256: hash, version: protocol.version, yaml, added_at: by.at }),
        );
      }
      // An earlier version that comes into force again is told too.
      appendAudit(database, {
        ...by,
        action: 'protocol.register',
        detail: { version: protocol.version, sha256: hash },
      });
      const current = { key: 'protocol', value: hash };
      database.run(
        database.db
          .insertInto('study')
          .values(current)
          .onConflict((row) => row.column('key').doUpdateSet({ value: hash })),
      );
    });
  } finally {
    database.close();
  }
  if (!existsSync(paths.protocol) || readFileSync(paths.protocol, 'utf8') !== yaml)
    writeFileAtomic(paths.protocol, yaml);
  return { study, protocol, sha256: hash, yaml };
}

function movedOn(): ChartproofError {
  return new ChartproofError('protocol.moved-on', 'Another version came into force in the meantime.', {
    tip: 'Read that one, and change it.',
  });
}

/** The protocol in force; `protocol.no-study` where the workspace has no such study. */
export function loadStudyProtocol(workspace: Workspace, study: string): StudyProtocol {
  const database = openExistingStudy(workspace, study);
  try {
    return protocolInForce(workspace, study, database);
  } finally {
    database.close();
  }
}

/** Opens the database of a study that is there; close it. Error: `protocol.no-study`. */
export function openExistingStudy(workspace: Workspace, study: string): StudyDatabase {
  if (existsSync(studyPaths(workspace, study as StudyId).database)) return openStudyDatabase(workspace, study);
  throw new ChartproofError('protocol.no-study', `The workspace has no study \`${study}\`.`, {
    tip: 'Add it: chartproof study add protocol.yaml',
  });
}

/** {@link loadStudyProtocol} of a study whose database is open. */
export function protocolInForce(workspace: Workspace, study: string, { all, db }: StudyDatabase): StudyProtocol {
  const [current] = all(
    db
      .selectFrom('study')
      .innerJoin('protocol_version', 'protocol_version.sha256', 'study.value')
      .where('study.key', '=', 'protocol')
      .select(['protocol_version.sha256', 'protocol_version.yaml']),
  );
  if (!current)
    throw new ChartproofError('protocol.no-study', `The study \`${study}\` has no protocol.`, {
      tip: 'Add it: chartproof study add protocol.yaml',
    });
  const id = study as StudyId;
  return { study: id, protocol: storedProtocolOf(current, studyPaths(workspace, id).protocol), ...current };
}

/** Protocols by the SHA-256 of their text. To parse one takes tens of milliseconds, and each call of a server asks. */
const parsed = new Map<string, Protocol>();
const MOST_PARSED = 50;

function storedProtocolOf({ sha256: hash, yaml }: { readonly sha256: string; readonly yaml: string }, file: string) {
  const protocol = parsed.get(hash) ?? parseProtocol(yaml, file, 'any');
  parsed.delete(hash);
  parsed.set(hash, protocol);
  const [oldest] = parsed.keys();
  if (parsed.size > MOST_PARSED && oldest !== undefined) parsed.delete(oldest);
  return protocol;
}

/** A version of a study's protocol that was ever in force, by its `version` or the SHA-256 of its file. Error: `protocol.no-version`. */
export function studyProtocolVersion(workspace: Workspace, study: StudyId, wanted: string): StudyProtocol {
  const database = openStudyDatabase(workspace, study);
  try {
    const all = database.all(database.db.selectFrom('protocol_version').select(['sha256', 'version', 'yaml']));
    const found = all.find(({ sha256: hash, version }) => version === wanted || hash === wanted);
    if (!found) {
      throw new ChartproofError('protocol.no-version', 'The study never had a protocol of this version.', {
        tip: `There is: ${all.map(({ version }) => version).join(', ')}.`,
      });
    }
    const { sha256: hash, yaml } = found;
    const protocol = storedProtocolOf(found, studyPaths(workspace, study).protocol);
    return { study, protocol, sha256: hash, yaml };
  } finally {
    database.close();
  }
}

/** The text of a protocol, and what it is called when a mistake in it is told. */
export interface ProtocolText {
  readonly yaml: string;
  readonly file: string;
}

/** A text as it would be the protocol of a study, and which does not come into force. Error: `protocol.other-study`. */
export function draftProtocol(workspace: Workspace, study: StudyId, { yaml, file }: ProtocolText): StudyProtocol {
  const protocol = parseProtocol(yaml, file, sharedTermSetNames(workspace));
  if (protocol.id !== study) {
    throw new ChartproofError(
      'protocol.other-study',
      `The file is the protocol of another study, \`${protocol.id}\`.`,
      {
        place: { file },
      },
    );
  }
  return { study, protocol, sha256: sha256(yaml), yaml };
}
