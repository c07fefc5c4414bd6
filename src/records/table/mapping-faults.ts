/** What a schema cannot say of a mapping. Each fault is told at its place. */
import { inFileOrder, type PlaceOf, type Problem, type YamlPath } from '../../base/index.ts';
import { knownVocabularies } from '../../vocabulary/index.ts';
import { type LinkageRule, personOf, ruleName, rulesOf, type TableMapping, type Target } from './mapping-schema.ts';

/** The faults, in the order of the file. */
export function mappingFaults(mapping: TableMapping, placeOf: PlaceOf): Problem[] {
  const at = (code: string, message: string, tip: string, path: YamlPath): Problem => ({
    code: `mapping.${code}`,
    message,
    tip,
    place: placeOf(path),
  });
  return inFileOrder([...columnFaults(mapping, at), ...ruleFaults(mapping, at)]);
}

type At = (code: string, message: string, tip: string, path: YamlPath) => Problem;

function* columnFaults(mapping: TableMapping, at: At): Generator<Problem> {
  if (mapping.becomes === 'person') return;
  const { columns } = mapping;
  if ('code' in columns) {
    for (const [index, { system }] of (columns.code ?? []).entries()) {
      const known = knownVocabularies.find((vocabulary) => plain(vocabulary) === plain(system));
      if (known !== undefined && known !== system) {
        const path = ['columns', 'code', index, 'system'];
        yield at('other-spelling', `\`${system}\` is spelled otherwise in OMOP.`, `Did you mean \`${known}\`?`, path);
      }
    }
  }
  if (mapping.becomes === 'measurement' && mapping.convert.length > 0 && mapping.columns.unit === undefined) {
    const tip = 'Add `unit` under `columns`: a column, or `{ value: lb }` where all rows have one unit.';
    yield at('no-unit', '`convert` cannot tell in which unit a row is.', tip, ['convert']);
  }
  if (!NEEDS_TEXT_OR_CODE.has(mapping.becomes) || 'text' in columns || 'code' in columns) return;
  const tip = 'Add `text`, `code` or both under `columns`.';
  yield at('nothing-said', 'Neither `text` nor `code` says what a row is about.', tip, ['columns']);
}

const NEEDS_TEXT_OR_CODE: ReadonlySet<Target> = new Set([
  'condition_occurrence',
  'procedure_occurrence',
  'measurement',
  'observation',
]);

function* ruleFaults(mapping: TableMapping, at: At): Generator<Problem> {
  const rules = rulesOf(mapping);
  const person = personOf(mapping);
  for (const [index, rule] of rules.entries()) {
    for (const side of ['match', 'check'] as const) {
      for (const [place, field] of rule[side].entries()) {
        if (person[field] !== undefined) continue;
        const tip = 'Add it there, or leave it out of the rule.';
        yield at('unmapped-field', `\`${field}\` has no column under \`person\`.`, tip, [
          'linkage',
          index,
          side,
          place,
        ]);
      }
    }
    const path = ['linkage', index, 'match'];
    if (!identifies(rule)) {
      const tip = 'Match record_number, or source_patient, or family_name with given_name and birth_date.';
      yield at('weak-rule', `\`${ruleName(rule)}\` fits more than one person too easily.`, tip, path);
    }
    if (rules.findIndex((other) => ruleName(other) === ruleName(rule)) < index) {
      yield at('repeated-rule', `\`${ruleName(rule)}\` is a rule already.`, 'Remove one of the two.', path);
    }
    if (index === 0 && rule.match.includes('source_patient')) {
      const message = 'The first rule cannot match `source_patient`: no row has found its person yet.';
      yield at('early-rule', message, 'Put it after a rule that matches record_number or names.', path);
    }
  }
}

function identifies({ match }: LinkageRule): boolean {
  const has = (...fields: readonly LinkageRule['match'][number][]): boolean =>
    fields.every((field) => match.includes(field));
  return has('record_number') || has('source_patient') || has('family_name', 'given_name', 'birth_date');
}

/** A name as people spell it: ICD-10-CM, icd10cm. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
