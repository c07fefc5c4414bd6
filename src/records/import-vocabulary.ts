import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { rowId, sha256 } from '../base/index.ts';
import {
  COMBINATION,
  type FileFormat,
  gemRelationship,
  type ParsedLine,
  parseLine,
  readVocabularyFile,
  type VocabularyFile,
} from '../vocabulary/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { contentOf } from './decode-piece.ts';
import type { ImportReport } from './import-report.ts';
import { type ImportOptions, type ImportSink, runImport } from './import-run.ts';
import { bytesOf, findInputs, type HashedFile, hashFiles, vocabulary } from './input-files.ts';
import { NEVER, ResourceRows } from './resource-rows.ts';
import { type DecodedRow, row } from './rows.ts';

type VocabularyOptions = ImportOptions & { readonly system?: string | undefined };

/**
 * Imports code lists and crosswalks of ICD: files, or folders with everything below them, plain or gzip. `system` names
 * the classification where a file does not tell it. What is there already changes nothing. The files are held in memory.
 * Errors: `records.missing-file`, `records.wrong-type`, `records.nothing-to-import`, `vocabulary.unreadable`,
 * `vocabulary.unknown-format`, `vocabulary.unknown-system`, `workspace.locked`. Bad lines are no error: the report counts
 * them and the quarantine file lists them.
 */
export async function importVocabulary(
  workspace: Workspace,
  paths: readonly string[],
  options: VocabularyOptions,
): Promise<ImportReport> {
  const { files, ignored } = findInputs(paths, vocabulary);
  const inputs = (await hashFiles(files, options.progress)).map((input) => ({
    ...input,
    ...readVocabularyFile(input.path, options.system),
  }));
  const told = options.system === undefined ? [] : [{ name: '--system', sha256: sha256(options.system) }];
  return runImport(
    workspace,
    {
      kind: 'vocabulary',
      ignored,
      read: async (sink) => ({ also: told, files: await stageAll(inputs, sink, options) }),
    },
    options,
  );
}

type Input = HashedFile & VocabularyFile;

async function stageAll(
  inputs: readonly Input[],
  sink: ImportSink,
  { progress }: VocabularyOptions,
): Promise<ImportReport['files']> {
  progress.step('Reading codes', bytesOf(inputs));
  const rows = new ResourceRows(join(sink.staging.folder, 'vocabulary'));
  const stage = stager(rows);
  let before = 0;
  for (const { name: file, bytes, format, lines } of inputs) {
    for (const [at, { text, number: line }] of lines.entries()) {
      if (at % LINES_A_TELL === 0) {
        progress.advance(before + Math.floor((bytes * at) / lines.length));
        await setImmediate(); // the screen is drawn in between
      }
      stageLine(format, parseLine(format, text), { file, line }, sink, stage);
    }
    before += bytes;
    progress.advance(before);
  }
  sink.staging.addAll(rows.close());
  return inputs.map(({ name, sha256: hash, bytes, lines }) => ({ name, sha256: hash, bytes, lines: lines.length }));
}

const LINES_A_TELL = 2000;

interface Origin {
  readonly file: string;
  readonly line: number;
}

function stageLine(
  format: FileFormat,
  parsed: ParsedLine,
  origin: Origin,
  { tally, quarantine }: ImportSink,
  stage: Stage,
): void {
  const type = typeOf(format);
  if (parsed.kind === 'refused') {
    tally.quarantined(type, parsed.reason);
    quarantine.add({ ...origin, type, reason: parsed.reason });
  } else if (parsed.kind === 'no-map') {
    tally.unmapped(type);
  } else {
    tally.decoded(type);
    for (const resource of resourcesOf(format, parsed)) stage(resource, origin);
  }
}

/** The kind of line, as the account counts it: `ICD10CM`, `ICD9CM - ICD10CM gem`. */
function typeOf(format: FileFormat): string {
  return format.of === 'codes' ? format.system : (gemRelationship(format.crosswalk) ?? COMBINATION);
}

/** A line, or a code that it names, with its row. Of the versions of a name the one with the later time stands. */
interface Resource {
  readonly name: string;
  readonly type: string;
  readonly updatedMs: number;
  row(): DecodedRow;
}

type Stage = (resource: Resource, origin: Origin) => void;

function stager(rows: ResourceRows): Stage {
  let version = 0;
  const named = new Set<string>();
  return ({ name, type, updatedMs, row: rowOf }, { file, line }) => {
    if (type === NAMED_ONLY && named.has(name)) return; // thousands of lines name one code
    if (type === NAMED_ONLY) named.add(name);
    version += 1;
    const decoded = rowOf();
    const content = contentOf(Object.values(decoded.values).join('\t'));
    rows.add({ version, name, id: rowId(name), type, updated: null, updatedMs, content, file, line }, [decoded]);
  };
}

/** A code that only a crosswalk names: it is no line of its own, and older than every code list. */
const NAMED_ONLY = 'code of a crosswalk';
const LISTED = 0;

function resourcesOf(format: FileFormat, parsed: Extract<ParsedLine, { kind: 'code' | 'mapping' }>): Resource[] {
  const type = typeOf(format);
  if (parsed.kind === 'code' && format.of === 'codes') {
    const { code, name, isBillable } = parsed;
    const kind = isBillable ? 'billing code' : 'nonbill code';
    return [{ ...concept(format.system, code, name, kind), type, updatedMs: LISTED }];
  }
  if (parsed.kind !== 'mapping' || format.of !== 'crosswalk') return [];
  const { from, to } = format.crosswalk;
  const { source, target, combination } = parsed;
  const mapping = () =>
    row('concept_relationship', {
      concept_id_1: rowId(`${from}/${source}`),
      concept_id_2: rowId(`${to}/${target}`),
      relationship_id: combination === undefined ? type : COMBINATION,
    });
  const name = ['gem', from, source, to, target, ...(combination === undefined ? [] : [combination])].join('/');
  const ends = [concept(from, source, null, null), concept(to, target, null, null)];
  return [
    { name, type, updatedMs: LISTED, row: mapping },
    ...ends.map((end) => ({ ...end, type: NAMED_ONLY, updatedMs: NEVER })),
  ];
}

/** A code and its row. The files do not say the domain, nor which code is standard. */
function concept(
  vocabulary_id: string,
  concept_code: string,
  concept_name: string | null,
  concept_class_id: string | null,
): Pick<Resource, 'name' | 'row'> {
  const name = `${vocabulary_id}/${concept_code}`;
  const known = { vocabulary_id, concept_code, concept_name, concept_class_id };
  return {
    name,
    row: () => row('concept', { concept_id: rowId(name), ...known, domain_id: null, standard_concept: null }),
  };
}
