/** The lines of an import that could not be read, and what one of them says. Rule R123 of SPEC.md. */
import { basename, join } from 'node:path';
import type { z } from 'zod';
import { ChartproofError, readLines, sha256File } from '../../base/index.ts';
import { type ImportReport, importReports, type Quarantined } from '../../records/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import type { quarantinedView } from '../contract/index.ts';
import { startOf } from '../http/list-part.ts';
import { wordsOf } from './import-view.ts';
import { filesNamed } from './inbox.ts';

/** A quarantined line, with its place in the quarantine. */
export type QuarantinedAt = Quarantined & { readonly at: number };

interface Asked {
  readonly reason?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A part of the quarantine of an import, in the order of its lines. Errors: `data.no-row` (no such import), `server.cursor`. */
export async function quarantinePage(
  workspace: Workspace,
  id: string,
  asked: Asked,
): Promise<{ items: z.infer<typeof quarantinedView>[]; next: string | null }> {
  const start = startOf(asked);
  const items: QuarantinedAt[] = [];
  for await (const one of entries(workspace, importNamed(workspace, id))) {
    if (one.at < start || (asked.reason !== undefined && one.reason !== asked.reason)) continue;
    if (items.length === asked.limit) return { items: items.map(told), next: String(one.at) };
    items.push(one);
  }
  return { items: items.map(told), next: null };
}

function told({ at, file, line, type, reason, element }: QuarantinedAt): z.infer<typeof quarantinedView> {
  return { at, file, line, type: type ?? null, reason, words: wordsOf(reason), element: element ?? null };
}

/** Letters of a line that are shown. */
const MOST_SHOWN = 20_000;

/** A line of a file of the inbox. */
export interface SourceLine {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly isWhole: boolean;
}

/**
 * What a quarantined line says, from the very file that was imported. `beforeTold` is called once it is found.
 * Errors: `data.no-row`, `data.not-lines` (of a Bundle or a sheet the quarantine counts entries), `data.no-source`.
 */
export async function quarantinedLine(
  workspace: Workspace,
  id: string,
  at: number,
  beforeTold: (one: QuarantinedAt) => void,
): Promise<SourceLine> {
  const report = importNamed(workspace, id);
  const entry = await entryAt(workspace, report, at);
  const { file, line } = entry;
  if (!/\.(?:ndjson|jsonl|csv|tsv|txt)(?:\.gz)?$/i.test(file)) {
    throw new ChartproofError(
      'data.not-lines',
      'This file is no file of lines: the number is that of an entry or a row.',
      {
        tip: 'Open the file itself, and count to the number.',
      },
    );
  }
  const text = await lineOf(await sourceOf(workspace, report, file), line);
  beforeTold(entry);
  return { file, line, text: text.slice(0, MOST_SHOWN), isWhole: text.length <= MOST_SHOWN };
}

function importNamed(workspace: Workspace, id: string): ImportReport {
  const report = importReports(workspace).find((one) => one.id === id);
  if (report) return report;
  throw noRow();
}

async function* entries(workspace: Workspace, { quarantineFile }: ImportReport): AsyncGenerator<QuarantinedAt> {
  if (quarantineFile === undefined) return;
  let at = 0;
  for await (const { text } of readLines(join(workspace.paths.records, quarantineFile))) {
    yield { ...(JSON.parse(text) as Quarantined), at };
    at += 1;
  }
}

async function entryAt(workspace: Workspace, report: ImportReport, at: number): Promise<QuarantinedAt> {
  for await (const one of entries(workspace, report)) if (one.at === at) return one;
  throw noRow();
}

/** The file of the inbox with the bytes that were imported. */
async function sourceOf(workspace: Workspace, { files }: ImportReport, file: string): Promise<string> {
  const imported = files.find(({ name }) => name === file);
  for (const path of filesNamed(workspace, basename(file)))
    if ((await sha256File(path)) === imported?.sha256) return path;
  throw new ChartproofError('data.no-source', 'The file that was imported is not in the inbox.', {
    tip: 'Put it into the folder inbox/ of the workspace again, unchanged.',
  });
}

async function lineOf(path: string, wanted: number): Promise<string> {
  const lines = readLines(path, { gzip: path.endsWith('.gz') });
  for await (const { text, number } of lines) if (number === wanted) return text;
  throw noRow();
}

function noRow(): ChartproofError {
  return new ChartproofError('data.no-row', 'There is no such line in quarantine.', { tip: 'Load the page again.' });
}
