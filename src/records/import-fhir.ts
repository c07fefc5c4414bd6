import { join } from 'node:path';
import { type Progress, sha256 } from '../base/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { MAPPING_VERSION, type PieceReport } from './decode-piece.ts';
import { openDecodePool } from './decode-pool.ts';
import type { ImportReport } from './import-report.ts';
import { type ImportedInputs, type ImportOptions, type ImportSink, runImport } from './import-run.ts';
import { bytesOf, fhirFiles, findInputs, type InputFile } from './input-files.ts';
import { cutFiles } from './pieces.ts';

/**
 * Imports FHIR R4: NDJSON (a bulk export) and Bundles, also compressed by gzip; files, patterns, or folders with
 * everything below them. Memory does not grow with the input. What is there already changes nothing.
 * Errors: `records.missing-file`, `records.wrong-type`, `records.nothing-to-import`, `base.damaged-file`,
 * `records.too-large`, `base.line-too-long`, `workspace.locked`. Bad lines are no error: the report counts them and
 * the quarantine file lists them.
 */
export async function importFhir(
  workspace: Workspace,
  paths: readonly string[],
  options: ImportOptions,
): Promise<ImportReport> {
  const { files, ignored } = findInputs(paths, fhirFiles);
  return runImport(workspace, { kind: 'fhir', ignored, read: (sink) => readAll(files, sink, options) }, options);
}

async function readAll(
  inputs: readonly InputFile[],
  sink: ImportSink,
  { progress }: ImportOptions,
): Promise<ImportedInputs> {
  const total = bytesOf(inputs);
  progress.step('Reading records', total);
  const known = new Set(
    sink.parent?.inputs
      .filter(({ mapping, hasDocuments }) => mapping === MAPPING_VERSION && !hasDocuments)
      .map(({ sha256: known }) => known),
  );
  const pool = openDecodePool(total);
  try {
    const files: Promise<ImportReport['files'][number]>[] = [];
    const reports: Promise<PieceReport>[] = [];
    const far = farOf(inputs.length, progress);
    for await (const { input, pieces } of cutFiles(inputs, total)) {
      const { path: _, ...named } = input;
      const own = pieces.map(async (piece) => {
        const folder = join(sink.staging.folder, 'pieces', String(piece.firstVersion));
        const report = await pool.decode({ piece, folder, isKnown: known.has(input.sha256) });
        far.read(piece.end - piece.start, report.lines);
        return report;
      });
      const file = Promise.all(own).then((all) => {
        far.fileRead();
        const lines = all.reduce((sum, report) => sum + report.lines, 0);
        return { ...named, lines, ...(all.some((report) => report.documents) ? { hasDocuments: true } : {}) };
      });
      for (const promise of [...own, file]) promise.catch(() => {}); // told below, when all files are cut
      reports.push(...own);
      files.push(file);
    }
    const done = await Promise.all(reports);
    for (const report of done) take(report, sink);
    return { files: await Promise.all(files), also: documentsOf(done) };
  } finally {
    await pool.close();
  }
}

/** Pieces are taken in their order, whichever was done first, so that the same input always gives the same files. */
function take({ tallied, rows, quarantine }: PieceReport, sink: ImportSink): void {
  sink.tally.add(tallied);
  sink.staging.addAll(rows);
  if (quarantine !== undefined) sink.quarantine.addAll(quarantine);
}

/** What was read beside the files is part of what the snapshot is made of. */
function documentsOf(reports: readonly PieceReport[]): NonNullable<ImportedInputs['also']> {
  const digests = reports.flatMap(({ documents }) => documents ?? []);
  return digests.length === 0 ? [] : [{ name: 'documents beside the files', sha256: sha256(digests.join('\n')) }];
}

/** Tells how far the reading is: bytes for the share, files and lines and how many a second in words. */
function farOf(files: number, progress: Progress) {
  const began = performance.now();
  let [bytes, lines, filesRead] = [0, 0, 0];
  const tell = (): void => {
    const rate = Math.round(lines / Math.max(1, (performance.now() - began) / 1000));
    const count = (n: number): string => n.toLocaleString('en');
    progress.advance(bytes, `${filesRead} of ${files} files · ${count(lines)} lines, ${count(rate)} a second`);
  };
  return {
    read: (more: number, moreLines: number): void => {
      [bytes, lines] = [bytes + more, lines + moreLines];
      tell();
    },
    fileRead: (): void => {
      filesRead += 1;
      tell();
    },
  };
}
