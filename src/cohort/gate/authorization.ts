/** Who may be used for research, as SQL. Rules R1, R2, R51, R113 and R114 of SPEC.md. */
import { dayRange } from '../../base/index.ts';
import type { Protocol } from '../../protocol/index.ts';
import type { Parameter } from '../../records/index.ts';

/**
 * How a person stands at the gate. `granted` and `silent` are authorized: `silent` never answered, and the protocol takes
 * that for a grant. `unanswered` never answered either, which counts as a refusal. `later` is authorized by the records of
 * the study, and not by the newer ones.
 */
export type Standing = 'granted' | 'silent' | 'refused' | 'revoked' | 'unanswered' | 'later';

/** Of {@link Standing}, as SQL. */
export const AUTHORIZED = `('granted', 'silent')`;

/**
 * A query for `person_id` and `standing` of every person, and what it is asked with: by the decisions of the snapshot that is
 * read, and by those of the current one, which must know the person (rule R51); `isCurrent` where both are the same.
 */
export function standingOfPersons(
  { authorization }: Pick<Protocol, 'authorization'>,
  isCurrent: boolean,
): AuthorizationQuery {
  const standingBy = (schema: Schema): string => standingSql(authorization, schema);
  const byBoth = `
    SELECT person_id, CASE
      WHEN here.standing IN ${AUTHORIZED} AND coalesce(now.standing, '') NOT IN ${AUTHORIZED} THEN 'later'
      ELSE here.standing END AS standing
    FROM (${standingBy('main')}) here LEFT JOIN (${standingBy('latest')}) now USING (person_id)`;
  const sql = isCurrent ? standingBy('latest') : byBoth;
  return { sql, parameters: parametersOf(authorization, dayRange(authorization.asOf).latest) };
}

/** A query for the `person_id` of everybody who is authorized by all decisions of the current snapshot, whatever their day. */
export function authorizedToday({ authorization }: Pick<Protocol, 'authorization'>): AuthorizationQuery {
  const sql = `SELECT person_id FROM (${standingSql(authorization, 'latest')}) WHERE standing IN ${AUTHORIZED}`;
  return { sql, parameters: parametersOf(authorization, LAST_DAY) };
}

export interface AuthorizationQuery {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
}

/** Dates of the records have four digits of a year. */
const LAST_DAY = '9999-12-31';

type Authorization = Protocol['authorization'];

/** Of a snapshot: that which is read, and the current one. */
type Schema = 'main' | 'latest';

/** Silence is a grant always, never, or after so many letters and days. */
function parametersOf({ noneOnRecord }: Authorization, asOf: string): AuthorizationQuery['parameters'] {
  return typeof noneOnRecord === 'string' ? { asOf } : { asOf, ...noneOnRecord.grantedAfter };
}

function standingSql({ noneOnRecord }: Authorization, schema: Schema): string {
  const said = `
    WITH dated AS NOT MATERIALIZED (
      SELECT person_id, decision, decided_date AS "first", main.last_possible(decided_date, decided_date_source) AS "last"
      FROM ${schema}.research_authorization
    ), said AS (
      SELECT person_id, CASE decision WHEN 'granted' THEN "first" ELSE coalesce("last", $asOf::DATE) END AS holds_from,
        CASE decision WHEN 'granted' THEN 0 WHEN 'revoked' THEN 2 ELSE 1 END AS word
      FROM dated
      WHERE CASE decision
        WHEN 'requested' THEN false
        WHEN 'granted' THEN "last" <= $asOf::DATE
        ELSE "first" IS NULL OR "first" <= $asOf::DATE
      END
    ), last_said AS (
      -- Day and word in one number: of numbers the greatest is found much sooner than of structs.
      SELECT person_id, max((holds_from - DATE '0001-01-01') * 3 + word) % 3 AS word FROM said GROUP BY person_id
    )`;
  const answered = `WHEN word = 0 THEN 'granted' WHEN word = 1 THEN 'refused' WHEN word = 2 THEN 'revoked'`;
  const persons = `FROM ${schema}.person LEFT JOIN last_said USING (person_id)`;
  if (typeof noneOnRecord === 'string') {
    const silence = noneOnRecord === 'granted' ? 'silent' : 'unanswered';
    return `${said} SELECT person_id, CASE ${answered} ELSE '${silence}' END AS standing ${persons}`;
  }
  return `${said}, waited AS (
      SELECT DISTINCT person_id, "first", "last" FROM dated
      WHERE decision = 'requested' AND "last" + $days::INTEGER <= $asOf::DATE
    ), letters AS (
      -- Of a day and a month that holds it nobody can say that they are two letters. What lies within a date comes next after it.
      SELECT person_id, count(*) AS n FROM (
        SELECT person_id, "last", lead("last") OVER (PARTITION BY person_id ORDER BY "first", "last" DESC) AS next_last
        FROM waited
      ) WHERE next_last IS NULL OR next_last > "last"
      GROUP BY person_id
    )
    SELECT person_id, CASE ${answered}
      WHEN coalesce(letters.n, 0) >= $letters::INTEGER THEN 'silent'
      ELSE 'unanswered' END AS standing
    ${persons} LEFT JOIN letters USING (person_id)`;
}
