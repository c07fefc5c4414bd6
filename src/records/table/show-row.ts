/**
 * A row beside the persons who may be it, for a steward who decides. Here names are shown, since nobody can decide
 * without them: they are read again from the table and from the identities, and nothing of them is kept but who looked (rule R116).
 */
import { basename } from 'node:path';
import { ChartproofError, type PersonId, rowId, sha256File } from '../../base/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { openRecords } from '../open-records.ts';
import { type PersonWords, rowDecoder, type TableRow } from './decode-row.ts';
import type { Candidate } from './link-rows.ts';
import { keepLook, type Look } from './looks.ts';
import type { TableMapping } from './mapping-schema.ts';
import { type OpenRow, unknownRow, unlinkedRow } from './proposals.ts';
import { readMapping } from './read-mapping.ts';
import { tableRecords } from './table-records.ts';

/** A candidate with what the records know: a row for each name and number of the person. */
export type KnownCandidate = Candidate & { readonly known: readonly PersonWords[] };

export interface ShownRow {
  readonly row: string;
  readonly file: string;
  readonly line: number;
  readonly reason: string;
  /** What the row says of its person. */
  readonly said: PersonWords;
  readonly candidates: readonly KnownCandidate[];
}

/** Where the table and its mapping are now, if they have been moved since the import. */
export interface MovedTo {
  readonly table?: string | undefined;
  readonly mapping?: string | undefined;
}

/**
 * Shows a row and keeps who looked. Errors: `linkage.unknown-row`, `linkage.no-table`, `linkage.table-changed`, those of
 * reading a mapping.
 */
export async function showRow(workspace: Workspace, named: string, look: Look, moved: MovedTo = {}): Promise<ShownRow> {
  const open = unlinkedRow(workspace, named);
  if (!open) throw unknownRow();
  const { mapping } = readMapping(moved.mapping ?? open.from.mapping);
  const { person } = await readAgain(open, mapping, await tableOf(open, moved));
  const { row, file, line, reason, candidates } = open;
  keepLook(workspace, open, look);
  return { row, file, line, reason, said: person, candidates: await withKnown(workspace, candidates) };
}

/** The file that was imported, unchanged. */
async function tableOf({ file, from }: OpenRow, { table }: MovedTo): Promise<string> {
  const imported = from.files.find(({ name }) => name === file);
  const path = table ?? imported?.path ?? file;
  let found: string;
  try {
    found = await sha256File(path);
  } catch (cause) {
    throw new ChartproofError('linkage.no-table', 'The table is not where it was when it was imported.', {
      tip: 'Say where it is: --table FILE --mapping FILE',
      place: { file: basename(path) },
      cause,
    });
  }
  if (found !== imported?.sha256) throw changed(path);
  return path;
}

async function readAgain({ row, line }: OpenRow, mapping: TableMapping, path: string): Promise<TableRow> {
  let decode: ReturnType<typeof rowDecoder> | undefined;
  for await (const record of tableRecords(path, mapping)) {
    if (!decode) decode = rowDecoder(mapping, record.cells ?? []);
    else if (record.line === line) {
      const again = decode(record);
      if (again.name !== row) break;
      return again;
    }
  }
  throw changed(path);
}

function changed(path: string): ChartproofError {
  return new ChartproofError('linkage.table-changed', 'The table or its mapping has changed since it was imported.', {
    tip: 'Import it again: chartproof import table FILE --mapping FILE',
    place: { file: path },
  });
}

async function withKnown(workspace: Workspace, candidates: readonly Candidate[]): Promise<readonly KnownCandidate[]> {
  const records = await openRecords(workspace);
  try {
    const known = await records.all<PersonWords & { readonly person_id: PersonId }>(
      `SELECT person_id, record_number, family_name, given_name,
              coalesce(identity.birth_date_source, person.birth_date_source) AS birth_date, sex
       FROM person LEFT JOIN person_identity identity USING (person_id)
       WHERE list_contains($ids, person_id::VARCHAR) ORDER BY ALL`,
      { ids: candidates.map(({ person }) => rowId(person)) },
    );
    const words = Map.groupBy(known, ({ person_id }) => person_id);
    return candidates.map((candidate) => ({
      ...candidate,
      known: (words.get(rowId(candidate.person) as PersonId) ?? []).map(wordsOf),
    }));
  } finally {
    records.close();
  }
}

function wordsOf({ record_number, family_name, given_name, birth_date, sex }: PersonWords): PersonWords {
  return { record_number, family_name, given_name, birth_date, sex };
}
