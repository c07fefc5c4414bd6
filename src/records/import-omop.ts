import type { Workspace } from '../workspace/index.ts';
import type { ImportReport } from './import-report.ts';
import { type ImportOptions, runImport } from './import-run.ts';
import { findInputs, hashFiles } from './input-files.ts';
import { type CdmFile, cdmFiles, tableOf } from './omop/cdm-files.ts';
import { describeConcepts } from './omop/concepts.ts';
import { findRoutes } from './omop/map-drug.ts';
import { readCdm } from './omop/read-cdm.ts';
import { refuseOtherSource } from './omop/same-source.ts';
import { stageCdm } from './omop/stage-cdm.ts';

/**
 * Imports an OMOP CDM 5.3 or 5.4 from files, one or more a table: CSV (separated by commas or tabs, also compressed by
 * gzip) or Parquet. Its own ids are kept. Memory does not grow with the input. What is there already changes nothing.
 * Errors: `omop.missing-column`, `omop.other-source`, `omop.miscounted`, `records.missing-file`, `records.wrong-type`,
 * `records.nothing-to-import`, `records.no-header`, `records.damaged-file`, `base.damaged-file`, `workspace.locked`. Bad rows are no error: the
 * report counts them and the quarantine file lists them.
 */
export async function importOmop(
  workspace: Workspace,
  paths: readonly string[],
  options: ImportOptions,
): Promise<ImportReport> {
  const { files: found, ignored } = findInputs(paths, cdmFiles);
  const inputs = (await hashFiles(found, options.progress)).map((file): CdmFile => ({ ...file, table: tableOf(file) }));
  return runImport(
    workspace,
    {
      kind: 'omop',
      ignored,
      read: async (sink) => {
        const files = await readCdm(inputs, sink, options);
        options.progress.step('Looking up concepts');
        await refuseOtherSource(sink, workspace);
        await describeConcepts(sink, workspace);
        await findRoutes(sink.staging);
        stageCdm(sink.staging, new Set(inputs.map(({ table }) => table)));
        return { files };
      },
    },
    options,
  );
}
