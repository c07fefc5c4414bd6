import { rowId, sha256 } from '../base/index.ts';
import {
  COMBINATION,
  type FileFormat,
  gemRelationship,
  type ParsedLine,
  parseLine,
  readVocabularyFile,
} from '../vocabulary/index.ts';
import type { Workspace } from '../workspace/index.ts';
import type { ImportReport } from './import-report.ts';
import { type ImportOptions, type ImportSink, MAPPING_VERSION, NEVER, runImport } from './import-run.ts';
import { bytesOf, findInputs, type HashedFile, hashFiles, vocabulary } from './input-files.ts';
import { type DecodedRow, row } from './rows.ts';

/**
 * Imports code lists and crosswalks of ICD: files, or folders with everything below them, plain or gzip. `system` names
 * the classification where a file does not tell it. What is there already changes nothing.
 * Errors: `records.missing-file`, `records.wrong-type`, `records.nothing-to-import`, `vocabulary.unreadable`,
 * `vocabulary.unknown-format`, `vocabulary.unknown-system`, `workspace.locked`. Bad lines are no error: the report counts
 * them and the quarantine file lists them.
 */
export async function importVocabulary(
  workspace: Workspace,
  paths: readonly string[],
  options: ImportOptions & { readonly system?: string | undefined },
): Promise<ImportReport> {
  const { files, ignored } = findInputs(paths, vocabulary);
  for (const { path } of files) readVocabularyFile(path, options.system); // before anything is written
  const inputs = await hashFiles(files, options.progress);
  const told = options.system === undefined ? [] : [{ name: '--system', sha256: sha256(options.system) }];
  return runImport(
    workspace,
    {
      kind: 'vocabulary',
      inputs: [...inputs.map(({ name, sha256: hash }) => ({ name, sha256: hash })), ...told],
      ignored,
      read: async (sink) => readAll(inputs, sink, options),
    },
    options,
  );
}

function readAll(
  inputs: readonly HashedFile[],
  sink: ImportSink,
  { progress, system }: ImportOptions & { readonly system?: string | undefined },
): { files: ImportReport['files'] } {
  progress.step('Reading codes', bytesOf(inputs));
  const stage = stager(sink);
  const files: { name: string; sha256: string; bytes: number; lines: number }[] = [];
  let before = 0;
  for (const { path, name, bytes, sha256: hash } of inputs) {
    const { format, lines } = readVocabularyFile(path, system);
    for (const line of lines)
      stageLine(format, parseLine(format, line.text), { file: name, line: line.number }, sink, stage);
    before += bytes;
    progress.advance(before);
    files.push({ name, sha256: hash, bytes, lines: lines.length });
  }
  return { files };
}

interface Origin {
  readonly file: string;
  readonly line: number;
}

/** A named line or code, and its row. */
interface Resource {
  readonly name: string;
  readonly type: string;
  readonly row: DecodedRow;
  /** The versions of a name: a code list goes before what a crosswalk only names. */
  readonly updatedMs: bigint;
}

type Stage = (resource: Resource, origin: Origin) => void;

function stager({ staging }: ImportSink): Stage {
  let version = 0n;
  const named = new Set<string>();
  return ({ name, type, row: { table, values }, updatedMs }, { file, line }) => {
    if (updatedMs === NEVER && named.has(name)) return; // thousands of lines name one code
    if (updatedMs === NEVER) named.add(name);
    version += 1n;
    const provenance = { src_file: file, src_line: BigInt(line), src_id: name };
    const said = JSON.stringify(values, (_key, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    );
    const resource = {
      resource_id: rowId(name),
      resource_type: type,
      updated_ms: updatedMs,
      content: rowId(said) ^ BigInt(MAPPING_VERSION),
    };
    staging.append('resource', version, resource, provenance);
    staging.append(table, version, values, provenance);
  };
}

function stageLine(
  format: FileFormat,
  parsed: ParsedLine,
  origin: Origin,
  { tally, quarantine }: ImportSink,
  stage: Stage,
): void {
  const type = typeOf(format);
  switch (parsed.kind) {
    case 'refused':
      tally.quarantined(type, parsed.reason);
      quarantine.add({ ...origin, type, reason: parsed.reason });
      return;
    case 'no-map':
      tally.unmapped(type);
      return;
    default:
      tally.decoded(type);
      for (const resource of resourcesOf(format, parsed)) stage(resource, origin);
  }
}

/** The kind of line, as the account counts it: `ICD10CM`, `ICD9CM - ICD10CM gem`. */
function typeOf(format: FileFormat): string {
  return format.of === 'codes' ? format.system : (gemRelationship(format.crosswalk) ?? COMBINATION);
}

/** What a code that only a crosswalk names is counted as: it is no line of its own. */
const NAMED_ONLY = 'code of a crosswalk';
const LISTED = 0n;

function resourcesOf(format: FileFormat, parsed: Extract<ParsedLine, { kind: 'code' | 'mapping' }>): Resource[] {
  const type = typeOf(format);
  if (parsed.kind === 'code') {
    const { code, name, isBillable } = parsed;
    const system = format.of === 'codes' ? format.system : '';
    return [{ ...concept(system, code, name, isBillable ? 'billing code' : 'nonbill code'), type, updatedMs: LISTED }];
  }
  if (format.of !== 'crosswalk') return [];
  const { from, to } = format.crosswalk;
  const { source, target, combination } = parsed;
  const ends = [concept(from, source, null, null), concept(to, target, null, null)];
  const name = ['gem', from, source, to, target, ...(combination === undefined ? [] : [combination])].join('/');
  const mapping = row('concept_relationship', {
    concept_id_1: rowId(`${from}/${source}`),
    concept_id_2: rowId(`${to}/${target}`),
    relationship_id: combination === undefined ? type : COMBINATION,
  });
  return [
    { name, type, row: mapping, updatedMs: LISTED },
    ...ends.map((end) => ({ ...end, type: NAMED_ONLY, updatedMs: NEVER })),
  ];
}

/** A code and its row. The files do not say the domain, nor which code is standard. */
function concept(
  system: string,
  code: string,
  name: string | null,
  kind: string | null,
): Pick<Resource, 'name' | 'row'> {
  const id = `${system}/${code}`;
  return {
    name: id,
    row: row('concept', {
      concept_id: rowId(id),
      concept_name: name,
      domain_id: null,
      vocabulary_id: system,
      concept_class_id: kind,
      standard_concept: null,
      concept_code: code,
    }),
  };
}
