import { dirname } from 'node:path';
import { readLines, rowId } from '../base/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { decodeLine } from './fhir/decode-line.ts';
import type { ImportReport } from './import-report.ts';
import { type ImportOptions, type ImportSink, MAPPING_VERSION, NEVER, runImport } from './import-run.ts';
import { bytesOf, findInputs, type HashedFile, hashFiles, ndjson } from './input-files.ts';

/**
 * Imports FHIR R4 NDJSON (a bulk export): files, or folders with everything below them. Memory does not grow with the
 * input. What is there already changes nothing.
 * Errors: `records.missing-file`, `records.wrong-type`, `records.nothing-to-import`, `workspace.locked`. Bad lines are
 * no error: the report counts them and the quarantine file lists them.
 */
export async function importFhir(
  workspace: Workspace,
  paths: readonly string[],
  options: ImportOptions,
): Promise<ImportReport> {
  const { files, ignored } = findInputs(paths, ndjson);
  const inputs = await hashFiles(files, options.progress);
  return runImport(
    workspace,
    {
      kind: 'fhir',
      inputs: inputs.map(({ name, sha256 }) => ({ name, sha256 })),
      ignored,
      read: (sink) => readAll(inputs, sink, options),
    },
    options,
  );
}

async function readAll(
  inputs: readonly HashedFile[],
  sink: ImportSink,
  { progress }: ImportOptions,
): Promise<{ files: ImportReport['files'] }> {
  progress.step('Reading records', bytesOf(inputs));
  const known = new Set(
    sink.parent?.inputs.filter(({ mapping }) => mapping === MAPPING_VERSION).map(({ sha256 }) => sha256),
  );
  const files: { name: string; sha256: string; bytes: number; lines: number }[] = [];
  let before = 0;
  let version = 0n;
  for (const { path, name, bytes, sha256 } of inputs) {
    let lines = 0;
    const folder = dirname(path);
    for await (const { text, number, bytesRead } of readLines(path)) {
      const content = number === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text;
      if (content.trim() === '') continue;
      lines += 1;
      version += 1n;
      await stage(content, { file: name, folder, line: number, version, isKnown: known.has(sha256) }, sink);
      if (lines % LINES_A_TELL === 0) progress.advance(before + bytesRead);
    }
    before += bytes;
    progress.advance(before);
    files.push({ name, sha256, bytes, lines });
  }
  return { files };
}

const LINES_A_TELL = 200;

interface Origin {
  readonly file: string;
  /** Where files lie that its lines name. */
  readonly folder: string;
  readonly line: number;
  /** Counts the lines of all files. */
  readonly version: bigint;
  /** Whether this very file was imported before: then it changes nothing, but is accounted for. */
  readonly isKnown: boolean;
}

async function stage(
  text: string,
  { file, folder, line, version, isKnown }: Origin,
  { staging, tally, quarantine }: ImportSink,
): Promise<void> {
  const decoded = await decodeLine(text, { folder });
  if (decoded.kind === 'unmapped') {
    tally.unmapped(decoded.type);
    return;
  }
  if (decoded.kind === 'refused') {
    const { type, id, reason, element } = decoded;
    tally.quarantined(type, reason);
    quarantine.add({ file, line, type, id, reason, element });
    return;
  }
  tally.decoded(decoded.type);
  if (isKnown) return;
  const { name, type, updated, updatedMs, rows } = decoded;
  const provenance = { src_file: file, src_line: BigInt(line), src_id: name, src_updated: updated };
  const resource = {
    resource_id: rowId(name),
    resource_type: type,
    updated_ms: updatedMs === undefined ? NEVER : BigInt(updatedMs),
    content: rowId(text) ^ BigInt(MAPPING_VERSION),
  };
  staging.append('resource', version, resource, provenance);
  for (const row of rows) staging.append(row.table, version, row.values, provenance);
}
