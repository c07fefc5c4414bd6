/** Plausibility, uniqueness: a note and a person are there once. Rules R82 and R84. */
import { type CheckKind, checkOf, judge, type QualityCheck } from './check.ts';

const kindOf = (kind: string, threshold: CheckKind['threshold']): CheckKind => ({
  kind,
  group: 'plausibility',
  category: 'uniqueness',
  context: 'verification',
  threshold,
});

/** A note that is shorter is often a phrase that is the same for everybody, such as of a visit that was missed. */
const TELLING_LENGTH = 200;

/** Texts are compared by hash and length: of ten million notes, two different ones are equal by chance once in a million runs. */
const printed = (where: string): string => `(
  SELECT note_id, person_id, src_file, src_line, hash(note_text) AS print, length(note_text) AS letters
  FROM note WHERE ${where})`;

export function uniquenessChecks(): QualityCheck[] {
  return [
    checkOf(
      kindOf('duplicate-note', { share: 0.01 }),
      'note',
      'Notes whose text the same person has in another note already',
      judge(printed('NOT main.is_blank(note_text)'), 'note_id', {
        fault: 'row_number() OVER (PARTITION BY own.person_id, own.print, own.letters ORDER BY own.note_id) > 1',
      }),
    ),
    checkOf(
      kindOf('shared-note', { share: 0.05 }),
      'note',
      `Notes of ${TELLING_LENGTH} characters and more whose text another person has too`,
      judge(printed(`length(note_text) >= ${TELLING_LENGTH}`), 'note_id', {
        fault: `min(own.person_id) OVER (PARTITION BY own.print, own.letters)
             <> max(own.person_id) OVER (PARTITION BY own.print, own.letters)`,
      }),
    ),
    checkOf(
      kindOf('same-record-number', { rows: 0 }),
      'person',
      'Persons who share a record number with another person',
      sharing(`SELECT DISTINCT person_id, ltrim(trim(record_number), '0') AS key FROM person_identity
               WHERE ltrim(trim(record_number), '0') <> ''`),
    ),
    checkOf(
      kindOf('same-name', { share: 0.01 }),
      'person',
      'Persons who share name and birth date with another person',
      sharing(`SELECT DISTINCT person_id, concat_ws('|', main.name_key(family_name),
                 main.name_key(split_part(trim(given_name), ' ', 1)), left(birth_date_source, 10)) AS key
               FROM person_identity
               WHERE main.name_key(family_name) <> '' AND main.name_key(given_name) <> '' AND length(birth_date_source) >= 10`),
    ),
  ];
}

/** Verdicts on persons who have a key: whether anybody else has one of theirs. */
function sharing(keys: string): string {
  return judge('person', 'person_id', {
    fault: 'keyed.shared',
    joins: `JOIN (
      SELECT person_id, bool_or(first <> last) AS shared
      FROM (SELECT person_id, min(person_id) OVER (PARTITION BY key) AS first, max(person_id) OVER (PARTITION BY key) AS last
            FROM (${keys}))
      GROUP BY person_id) keyed ON keyed.person_id = own.person_id`,
  });
}
