/** Conformance, value: codes belong to their system. Rules R77 and R78. */
import { literal } from '../duckdb.ts';
import { type CheckKind, checkOf, judge, type QualityCheck } from './check.ts';
import { vocabulariesWithForm } from './code-forms.ts';

const value = { group: 'conformance', category: 'value' } as const satisfies Partial<CheckKind>;

const malformed: CheckKind = {
  kind: 'malformed-code',
  ...value,
  context: 'verification',
  threshold: { share: 0.01 },
};
const unknown: CheckKind = { kind: 'unknown-code', ...value, context: 'validation', threshold: { share: 0.01 } };
const sex: CheckKind = { kind: 'unknown-sex', ...value, context: 'verification', threshold: { rows: 0 } };

export function codeChecks(): QualityCheck[] {
  return [
    checkOf(
      unknown,
      'coding',
      'Codes that are not in their code system, of the code systems that are imported',
      ofCodes(
        `SELECT codes.vocabulary_id, codes.code, known.code_key IS NULL AS fault
         FROM (SELECT DISTINCT vocabulary_id, code FROM coding
               WHERE code IS NOT NULL AND vocabulary_id IN (SELECT vocabulary_id FROM concept)) codes
         LEFT JOIN (SELECT DISTINCT vocabulary_id, main.code_key(vocabulary_id, concept_code) AS code_key FROM concept) known
           ON known.vocabulary_id = codes.vocabulary_id
          AND known.code_key = main.code_key(codes.vocabulary_id, codes.code)`,
      ),
    ),
    checkOf(
      malformed,
      'coding',
      'Codes that cannot be of their code system, by their form or check digit',
      ofCodes(
        `SELECT vocabulary_id, code, NOT main.well_formed(vocabulary_id, code) AS fault
         FROM (SELECT DISTINCT vocabulary_id, code FROM coding
               WHERE code IS NOT NULL AND vocabulary_id IN (${vocabulariesWithForm.map(literal).join(', ')})
                 AND NOT coalesce(vocabulary_id IN (SELECT vocabulary_id FROM concept), false))`,
      ),
    ),
    checkOf(
      sex,
      'person',
      'Persons whose sex is none of female, male, other, unknown',
      judge('person', 'person_id', {
        fault: `own.sex NOT IN ('female', 'male', 'other', 'unknown')`,
        where: 'own.sex IS NOT NULL',
      }),
    ),
  ];
}

/** Verdicts on every use of the codes that are judged: each code is looked at once, however often it is used. */
function ofCodes(judged: string): string {
  return judge('coding', 'row_id', {
    fault: 'judged.fault',
    joins: `JOIN (${judged}) judged ON judged.vocabulary_id = own.vocabulary_id AND judged.code = own.code`,
    part: 'own.vocabulary_id',
  });
}
