/**
 * Linkage: which person a row belongs to, by the rules of the mapping, in their order. The first rule that finds anybody
 * decides; what it does not settle beyond doubt is left unlinked. Rules R20 to R28 of SPEC.md.
 */

import type { Workspace } from '../../workspace/index.ts';
import type { LinkageReport } from '../import-report.ts';
import type { Manifest } from '../manifest.ts';
import { openRecords, rowsInBatches } from '../open-records.ts';
import type { QuarantineReason } from '../quarantine-reasons.ts';
import type { RowFile } from '../row-file.ts';
import type { Staging } from '../staging.ts';
import { applyRule, createLink, decideRest, personKeyColumns } from './link-sql.ts';
import { ruleName, type TableMapping } from './mapping-schema.ts';
import { personKeys } from './person-keys.ts';

/** A row that found no person. */
export interface UnlinkedRow {
  readonly file: string;
  readonly line: number;
  readonly reason: QuarantineReason;
}

/** Fills the table `link` of the staging database for every row of `table_row`. */
export async function linkRows(
  workspace: Workspace,
  parent: Manifest | undefined,
  staging: Staging,
  rules: TableMapping['linkage'],
): Promise<Omit<LinkageReport, 'file'>> {
  await readPersonKeys(workspace, parent, staging);
  await staging.connection.run(createLink);
  for (const [at, rule] of rules.entries()) await staging.connection.run(applyRule(rule, at));
  await staging.connection.run(decideRest);
  return counted(staging, rules);
}

async function readPersonKeys(workspace: Workspace, parent: Manifest | undefined, staging: Staging): Promise<void> {
  const keys = staging.scratch('person_key', personKeyColumns);
  if (parent) await writePersonKeys(workspace, parent, keys);
  await staging.load('person_key', keys, personKeyColumns);
}

async function writePersonKeys(workspace: Workspace, parent: Manifest, keys: RowFile): Promise<void> {
  const records = await openRecords(workspace, parent.snapshot);
  try {
    const identities = records.batches<Identity>(
      'SELECT person_id, record_number, family_name, given_name, birth_date_source AS birth_date FROM person_identity',
    );
    for await (const batch of identities) {
      for (const { person_id, ...said } of batch) {
        keys.append(0, { person_id, ...personKeys(said) });
      }
    }
  } finally {
    records.close();
  }
}

interface Identity {
  readonly person_id: string;
  readonly record_number: string | null;
  readonly family_name: string | null;
  readonly given_name: string | null;
  readonly birth_date: string | null;
}

async function counted(staging: Staging, rules: TableMapping['linkage']): Promise<Omit<LinkageReport, 'file'>> {
  const counts = new Map<string, number>();
  const found = await staging.connection.runAndReadAll(
    `SELECT coalesce(reason, 'rule ' || rule), count(*) FROM link GROUP BY ALL`,
  );
  for (const [what, count] of found.getRows()) counts.set(String(what), Number(count));
  return {
    byRule: Object.fromEntries(rules.map((rule, at) => [ruleName(rule), counts.get(`rule ${at}`) ?? 0])),
    ambiguous: counts.get('linkage.ambiguous') ?? 0,
    contradiction: counts.get('linkage.contradiction') ?? 0,
    unlinked: counts.get('linkage.none') ?? 0,
  };
}

/** The rows that found no person, in the order of the files. */
export async function* unlinkedRows({ connection }: Staging): AsyncGenerator<UnlinkedRow> {
  const query = `SELECT src_file, src_line, reason FROM table_row JOIN link USING (version)
                 WHERE reason IS NOT NULL ORDER BY version`;
  for await (const batch of rowsInBatches(connection, query)) {
    for (const { src_file, src_line, reason } of batch) {
      yield { file: String(src_file), line: Number(src_line), reason: reason as QuarantineReason };
    }
  }
}
