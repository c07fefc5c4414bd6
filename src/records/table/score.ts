/**
 * The score that proposes persons for a row which no rule could link. It never links: a steward confirms.
 *
 * Record linkage by Fellegi and Sunter (J Am Stat Assoc 1969;64:1183). Each field of the row agrees with the person's at
 * a level. A level weighs log2(m / u): m is how often it is found where both are the same person, u where they are not.
 * For exact agreement u is the share of persons with the value, so that a rare name weighs more than a common one
 * (their "frequency-based" weights); else m and u are the numbers below, chosen for registers kept by hand, not fitted.
 * A field that one side does not have weighs nothing. The score is the sum less log2 of the number of persons: the odds
 * to base 2, if the person is among them at all. 0 is as likely as not, 7 about a hundred to one.
 */
import { GIVEN } from './link-sql.ts';

/** How a field of the row agrees with that of the person; `part`: a year or month of birth that fits. */
export type Level = 'exact' | 'close' | 'part' | 'differs';
export const scoreFields = ['record_number', 'family_name', 'given_name', 'birth_date', 'sex'] as const;
export type ScoreField = (typeof scoreFields)[number];

/** `m` of each level; `u` of those that do not follow from the records. `m` of what differs is the rest. */
interface Weights {
  readonly m: Readonly<Partial<Record<Level, number>>>;
  readonly u: Readonly<Partial<Record<Level, number>>>;
}

const weights: Readonly<Record<ScoreField, Weights>> = {
  record_number: { m: { exact: 0.9, close: 0.05 }, u: { close: 0.0005 } },
  family_name: { m: { exact: 0.88, close: 0.06 }, u: { close: 0.005 } },
  given_name: { m: { exact: 0.85, close: 0.08 }, u: { close: 0.01 } },
  birth_date: { m: { exact: 0.9, close: 0.05, part: 0.03 }, u: { close: 0.001, part: 0.0125 } },
  sex: { m: { exact: 0.98 }, u: {} },
};

/** The least score that is proposed: odds of one to eight, since a steward looks at it. */
const LEAST_SCORE = -3;
/** So many of the fields besides sex must agree, be it closely: one alone finds anybody. */
const LEAST_FIELDS = 2;
/** Persons proposed for a row. */
const BEST = 3;
/** Names of this Jaro-Winkler similarity are close: Smith and Smyth, not Garcia and Garza. (Winkler 1990.) */
const SIMILAR = 0.88;

const SWAPPED = `left(line.birth_date, 4) || '-' || right(line.birth_date, 2) || '-' || substr(line.birth_date, 6, 2)`;

/**
 * Which rows and persons are compared at all: every pair would be too many. Each condition is an equality that an index
 * finds; a pair that meets none of them is not proposed.
 */
const BLOCKS: readonly string[] = [
  'line.record_number = person.record_number',
  'line.birth_date = person.birth_date AND length(line.birth_date) = 10',
  `${SWAPPED} = person.birth_date AND length(line.birth_date) = 10`,
  'line.family_name = person.family_name AND left(line.first_name, 1) = left(person.first_name, 1)',
  'left(line.family_name, 4) = left(person.family_name, 4) AND line.first_name = person.first_name',
  'left(line.birth_date, 7) = left(person.birth_date, 7) AND line.first_name = person.first_name',
  `left(line.birth_date, 4) = left(person.birth_date, 4) AND left(line.family_name, 1) = left(person.family_name, 1)
   AND left(line.first_name, 1) = left(person.first_name, 1)`,
];

const ONE_DIGIT_OFF = `(length(line.birth_date) = 10 AND length(person.birth_date) = 10
  AND CASE WHEN length(line.birth_date) = length(person.birth_date)
           THEN hamming(line.birth_date, person.birth_date) = 1 ELSE false END)`;

const similar = (a: string, b: string): string => `jaro_winkler_similarity(${a}, ${b}) >= ${SIMILAR}`;
const initial = (a: string, b: string): string => `(length(${a}) = 1 AND starts_with(${b}, ${a}))`;

const LEVELS: Readonly<Record<ScoreField, Readonly<Partial<Record<Level, string>>>>> = {
  record_number: {
    exact: 'line.record_number = person.record_number',
    close: 'length(line.record_number) >= 5 AND damerau_levenshtein(line.record_number, person.record_number) = 1',
  },
  family_name: {
    exact: 'line.family_name = person.family_name',
    close: similar('line.family_name', 'person.family_name'),
  },
  given_name: {
    exact: GIVEN,
    close: [
      similar('line.first_name', 'person.first_name'),
      initial('line.given_name', 'person.first_name'),
      initial('person.given_name', 'line.first_name'),
    ].join(' OR '),
  },
  birth_date: {
    exact: 'line.birth_date = person.birth_date AND length(line.birth_date) = 10',
    close: `${ONE_DIGIT_OFF} OR (length(line.birth_date) = 10 AND ${SWAPPED} = person.birth_date)`,
    part: 'starts_with(line.birth_date, person.birth_date) OR starts_with(person.birth_date, line.birth_date)',
  },
  sex: { exact: 'line.sex = person.sex' },
};

/** The statements that fill `candidate` for the rows of `link` without a person: `version`, `person`, `score`, `place`, and the levels. */
export const proposing: readonly string[] = [
  ...scoreFields.map(
    (field) => `
    CREATE TABLE frequency_${field} AS
    SELECT ${compared(field)} AS value, count(DISTINCT person_id) / (SELECT count(DISTINCT person_id) FROM person_key) AS share
    FROM person_key WHERE ${compared(field)} IS NOT NULL GROUP BY ALL`,
  ),
  'CREATE TABLE open_row AS SELECT line.* FROM table_row line JOIN link USING (version) WHERE link.person_id IS NULL',
  `CREATE TABLE pair AS ${BLOCKS.map(
    (block) => `SELECT line.version, person.version AS identity FROM open_row line JOIN person_key person ON ${block}`,
  ).join('\nUNION ')}`,
  `CREATE TABLE candidate AS
   WITH compared AS (
     SELECT line.version, line.src_id, person.person_id, person.person, person.version AS identity,
            ${scoreFields.map((field) => `${levelOf(field)} AS ${field}, line.${compared(field)} AS ${field}_said, person.${compared(field)} AS ${field}_known`).join(',\n')}
     FROM pair JOIN open_row line USING (version) JOIN person_key person ON person.version = pair.identity),
   scored AS (
     SELECT compared.*, round(${scoreFields.map(weightOf).join(' + ')} - log2((SELECT count(DISTINCT person_id) FROM person_key)), 2) AS score
     FROM compared
     ${scoreFields.map((field) => `LEFT JOIN frequency_${field} ON frequency_${field}.value = compared.${field}_known`).join('\n')}
     ANTI JOIN (SELECT src_id, person_id FROM decision WHERE verdict = 'rejected') refused USING (src_id, person_id)),
   likely AS (
     SELECT * FROM scored WHERE score >= ${LEAST_SCORE} AND ${scoreFields
       .filter((field) => field !== 'sex')
       .map((field) => `(coalesce(${field}, 'differs') <> 'differs')::INTEGER`)
       .join(' + ')} >= ${LEAST_FIELDS}
     QUALIFY row_number() OVER (PARTITION BY version, person_id ORDER BY score DESC, identity) = 1)
   SELECT version, person, score, ${scoreFields.join(', ')},
          row_number() OVER (PARTITION BY version ORDER BY score DESC, person) AS place
   FROM likely QUALIFY place <= ${BEST}`,
];

/** The column whose values are counted: of given names the first, since the others are often left out. */
function compared(field: ScoreField): string {
  return field === 'given_name' ? 'first_name' : field;
}

/** SQL for the level of a field; NULL where one side does not have it. */
function levelOf(field: ScoreField): string {
  const levels = Object.entries(LEVELS[field]).map(([level, condition]) => `WHEN ${condition} THEN '${level}'`);
  return `CASE WHEN line.${field} IS NULL OR person.${field} IS NULL THEN NULL ${levels.join(' ')} ELSE 'differs' END`;
}

/** SQL for the weight of a field. The value stands among the persons, so its share is never 0. */
function weightOf(field: ScoreField): string {
  const { m, u } = weights[field];
  const share = `frequency_${field}.share`;
  const sum = (of: Weights['m']) => Object.values(of).reduce((total, each) => total + each, 0);
  const levels = Object.entries(m).map(
    ([level, found]) => `WHEN '${level}' THEN log2(${found} / ${u[level as Level] ?? share})`,
  );
  // A value that nearly everybody has says nothing where it differs; never take the logarithm of nothing.
  const apart = `greatest(1 - ${share} - ${sum(u)}, 0.01)`;
  return `CASE ${field} ${levels.join(' ')} WHEN 'differs' THEN log2(${(1 - sum(m)).toFixed(4)} / ${apart}) ELSE 0 END`;
}
