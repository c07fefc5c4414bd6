/**
 * Linkage: which person a row belongs to. What stewards confirmed goes first, then the rules of the mapping in their
 * order. The first that finds anybody decides; what it does not settle beyond doubt is left unlinked, and likely persons
 * are proposed for it. Rules R20 to R28 and R109 to R114 of SPEC.md.
 */
import type { Workspace } from '../../workspace/index.ts';
import type { LinkageReport } from '../import-report.ts';
import type { Manifest } from '../manifest.ts';
import { openRecords, rowsInBatches } from '../open-records.ts';
import type { QuarantineReason } from '../quarantine-reasons.ts';
import type { RowFile } from '../row-file.ts';
import type { Staging } from '../staging.ts';
import {
  applyConfirmed,
  applyRule,
  CONFIRMED,
  createLink,
  decideRest,
  linkToSelf,
  personKeyColumns,
} from './link-sql.ts';
import { ruleName, rulesOf, type TableMapping } from './mapping-schema.ts';
import { personKeys } from './person-keys.ts';
import { type Level, proposing, type ScoreField, scoreFields } from './score.ts';

/** A person who may be that of a row. `agrees` has the fields that both sides have. */
export interface Candidate {
  /** `Patient/1` */
  readonly person: string;
  readonly score: number;
  readonly agrees: Readonly<Partial<Record<ScoreField, Level>>>;
}

/** A row that found no person, and who may be it, the likeliest first. */
export interface UnlinkedRow {
  /** `SOURCE/ROW ID` */
  readonly row: string;
  readonly file: string;
  readonly line: number;
  readonly reason: QuarantineReason;
  readonly candidates: readonly Candidate[];
}

type Counts = Omit<LinkageReport, 'file' | 'proposals'>;

/**
 * Fills the table `link` of the staging database for every row of `table_row`, and `candidate` for those without a
 * person. `undefined` where the rows are persons themselves.
 */
export async function linkRows(
  workspace: Workspace,
  parent: Manifest | undefined,
  staging: Staging,
  mapping: TableMapping,
): Promise<Counts | undefined> {
  const { connection } = staging;
  await connection.run(createLink);
  if (mapping.becomes === 'person') {
    await connection.run(linkToSelf);
    return undefined;
  }
  await readPersonKeys(workspace, parent, staging);
  await connection.run(applyConfirmed);
  for (const [at, rule] of mapping.linkage.entries()) await connection.run(applyRule(rule, at));
  await connection.run(decideRest);
  for (const statement of proposing) await connection.run(statement);
  return counted(staging, mapping);
}

async function readPersonKeys(workspace: Workspace, parent: Manifest | undefined, staging: Staging): Promise<void> {
  const keys = staging.scratch('person_key', personKeyColumns);
  if (parent) await writePersonKeys(workspace, parent, keys);
  await staging.load('person_key', keys, personKeyColumns);
}

async function writePersonKeys(workspace: Workspace, parent: Manifest, keys: RowFile): Promise<void> {
  const records = await openRecords(workspace, parent.snapshot);
  let ordinal = 0;
  try {
    const identities = records.batches<Identity>(
      `SELECT person_id, person_source_value AS person, sex, record_number, family_name, given_name,
              coalesce(identity.birth_date_source, person.birth_date_source) AS birth_date
       FROM person LEFT JOIN person_identity identity USING (person_id)
       ORDER BY person_id, record_number, family_name, given_name`,
    );
    for await (const batch of identities) {
      for (const { person_id, person, ...said } of batch) {
        keys.append(ordinal++, { person_id, person, ...personKeys(said) });
      }
    }
  } finally {
    records.close();
  }
}

interface Identity {
  readonly person_id: string;
  readonly person: string;
  readonly sex: string | null;
  readonly record_number: string | null;
  readonly family_name: string | null;
  readonly given_name: string | null;
  readonly birth_date: string | null;
}

async function counted({ connection }: Staging, mapping: TableMapping): Promise<Counts> {
  const counts = new Map<string, number>();
  const found = await connection.runAndReadAll(
    `SELECT coalesce(reason, 'rule ' || rule), count(*) FROM link GROUP BY ALL
     UNION ALL SELECT 'proposed', count(DISTINCT version) FROM candidate`,
  );
  for (const [what, count] of found.getRows()) counts.set(String(what), Number(count));
  const of = (what: string): number => counts.get(what) ?? 0;
  return {
    byRule: Object.fromEntries([
      ['confirmed', of(`rule ${CONFIRMED}`)],
      ...rulesOf(mapping).map((rule, at) => [ruleName(rule), of(`rule ${at}`)] as const),
    ]),
    ambiguous: of('linkage.ambiguous'),
    contradiction: of('linkage.contradiction'),
    rejected: of('linkage.rejected'),
    unlinked: of('linkage.none'),
    proposed: of('proposed'),
  };
}

/** The rows that found no person, in the order of the files. */
export async function* unlinkedRows({ connection }: Staging): AsyncGenerator<UnlinkedRow> {
  const query = `SELECT version, src_id, src_file, src_line, reason, candidate.* EXCLUDE (version)
                 FROM table_row JOIN link USING (version) LEFT JOIN candidate USING (version)
                 WHERE reason IS NOT NULL ORDER BY version, place`;
  let open: { readonly version: unknown; readonly row: UnlinkedRow; readonly candidates: Candidate[] } | undefined;
  for await (const batch of rowsInBatches(connection, query)) {
    for (const line of batch) {
      if (open === undefined || line.version !== open.version) {
        if (open) yield open.row;
        const candidates: Candidate[] = [];
        open = { version: line.version, candidates, row: unlinkedRow(line, candidates) };
      }
      if (line.person !== null) open.candidates.push(candidateOf(line));
    }
  }
  if (open) yield open.row;
}

function unlinkedRow(line: Record<string, unknown>, candidates: readonly Candidate[]): UnlinkedRow {
  const { src_id, src_file, src_line, reason } = line;
  return {
    row: String(src_id),
    file: String(src_file),
    line: Number(src_line),
    reason: reason as QuarantineReason,
    candidates,
  };
}

function candidateOf(line: Record<string, unknown>): Candidate {
  const levels = scoreFields.flatMap((field) => (line[field] === null ? [] : [[field, line[field] as Level] as const]));
  return { person: String(line.person), score: Number(line.score), agrees: Object.fromEntries(levels) };
}
