/** The text of a study: read from its folder, checked against its results, written as files. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChartproofError, canonicalJson, type Problem, sha256 } from '../../base/index.ts';
import { importReports } from '../../records/index.ts';
import { type StudyDatabase, studyPaths, type Workspace } from '../../workspace/index.ts';
import { printedTables } from '../printed-tables.ts';
import type { ReleaseFacts } from '../release-content.ts';
import { type Approval, type Moved, movedSince, readApproval } from './approval.ts';
import type { LiveSource } from './live-source.ts';
import { liveValues } from './live-values.ts';
import { manuscriptDocument } from './print-docx.ts';
import { manuscriptPage } from './print-html.ts';
import { manuscriptMarkdown } from './print-markdown.ts';
import { type Manuscript, readManuscript } from './read-manuscript.ts';
import { type Template, templateLibrary } from './templates.ts';

/** Where the text of a study lies, and what belongs to it. */
export interface ManuscriptPaths {
  readonly text: string;
  readonly approved: string;
  /** The study's own templates, and those that all studies of the workspace share. */
  readonly templates: { readonly study: string; readonly workspace: string };
}

/** The paths, whether anything is there or not. */
export function manuscriptPaths(workspace: Workspace, study: string): ManuscriptPaths {
  const { dir } = studyPaths(workspace, study);
  return {
    text: join(dir, 'manuscript.md'),
    approved: join(dir, 'manuscript.approved.json'),
    templates: { study: join(dir, 'templates'), workspace: join(workspace.dir, 'templates') },
  };
}

/** A text as it stands: what it comes to, and what moved since somebody read it. */
export interface StudyManuscript {
  readonly file: string;
  /** SHA-256 of the text and of the templates it uses. */
  readonly sha256: string;
  readonly read: Manuscript;
  readonly approval: Approval | undefined;
  readonly moved: readonly Moved[];
}

/**
 * Reads the text of a study; undefined where it has none. `anew` leaves the last approval aside, for one that takes its place.
 * Errors: `publish.template`, `publish.approval`.
 */
export function studyManuscript(
  workspace: Workspace,
  database: StudyDatabase,
  source: LiveSource,
  { anew = false }: { readonly anew?: boolean } = {},
): StudyManuscript | undefined {
  const paths = manuscriptPaths(workspace, source.facts.study);
  if (!existsSync(paths.text)) return undefined;
  const text = readFileSync(paths.text, 'utf8');
  const read = readManuscript(text, {
    file: paths.text,
    values: liveValues(source),
    templates: templateLibrary(paths.templates),
    tables: printedTables(source.results, source.statistics).length,
  });
  const approval = anew ? undefined : readApproval(database, paths.approved);
  const used = read.templates.map(({ name, text: sentence }: Template) => [name, sentence]);
  return {
    file: paths.text,
    sha256: sha256(canonicalJson({ text, used })),
    read,
    approval,
    moved: movedSince(read.bound, approval),
  };
}

/** When the records of a snapshot were last added to. */
export function recordsAt(workspace: Workspace, snapshot: string): string | null {
  return importReports(workspace).find((one) => one.snapshot === snapshot && one.changed)?.at ?? null;
}

/** Everything that keeps the text from being published; `accepted` numbers may have moved. */
export function manuscriptProblems({ read, moved }: StudyManuscript, accepted = false): Problem[] {
  const others = moved.map(({ bound: { expression, printed, place }, was }) => ({
    code: 'publish.moved-number',
    message: `\`${expression}\` was ${was} when the text was last approved and is ${printed} now.`,
    place,
  }));
  return [...read.problems, ...(accepted ? [] : others)];
}

/** Refuses a text that must not be published. Error: `publish.stale-text`, with every problem at its place. */
export function refuseStale(manuscript: StudyManuscript, accepted = false): void {
  const problems = manuscriptProblems(manuscript, accepted);
  if (problems.length === 0) return;
  const onlyMoved = problems.every(({ code }) => code === 'publish.moved-number');
  throw new ChartproofError(
    'publish.stale-text',
    `The text does not follow from the results: ${problems.length} ${problems.length === 1 ? 'place' : 'places'}.`,
    {
      problems,
      tip: onlyMoved
        ? 'Read the sentences around these numbers. Then: chartproof manuscript approve STUDY --why REASON, or release with --accept-changes REASON.'
        : 'Mend these places, then: chartproof manuscript check STUDY.',
    },
  );
}

/** The files of a release: the text with its numbers in, three times, and `manuscript.json`, what stands behind each of them. */
export async function manuscriptFiles(
  { sha256: hash, read }: StudyManuscript,
  facts: ReleaseFacts,
): Promise<Map<string, string | Uint8Array>> {
  const { protocolVersion, protocol, snapshot, lock } = facts;
  const manifest = {
    manuscript: hash,
    protocolVersion,
    protocol,
    snapshot,
    lock,
    values: read.bound.map(({ expression, printed, place, value }) => ({
      line: place.line,
      column: place.column,
      expression,
      kind: value.kind,
      label: value.label,
      value: value.value,
      printed,
      subjects: value.subjects ?? null,
    })),
    literals: read.marked.map(({ text, reason, place }) => ({
      line: place.line,
      text,
      reason: reason === '' ? null : reason,
    })),
    templates: read.templates.map(({ name, from, text }) => ({ name, from, text })),
  };
  return new Map<string, string | Uint8Array>([
    ['manuscript.md', manuscriptMarkdown(read, facts)],
    ['manuscript.html', await manuscriptPage(read, facts)],
    ['manuscript.docx', await manuscriptDocument(read, facts)],
    ['manuscript.json', `${JSON.stringify(manifest, null, 2)}\n`],
  ]);
}
