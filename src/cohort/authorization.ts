/** Who may be used for research, as SQL. Rules R1, R2 and R51 of SPEC.md. */
import { dayRange } from '../base/index.ts';
import type { Protocol } from '../protocol/index.ts';
import type { Parameter } from '../records/index.ts';

/**
 * A query for the `person_id` of everybody who is authorized, and what it is asked with: by the decisions of the snapshot
 * that is read, and by those of the current one, which must know the person (rule R51); `isCurrent` where both are the same.
 */
export function authorizedPersons(
  { authorization }: Pick<Protocol, 'authorization'>,
  isCurrent: boolean,
): AuthorizationQuery {
  const byBoth = `(${authorizedBy('main')}) INTERSECT (${authorizedBy('latest')})`;
  const sql = isCurrent ? authorizedBy('latest') : byBoth;
  return { sql, parameters: { asOf: dayRange(authorization.asOf).latest, none: authorization.noneOnRecord } };
}

/** The same by all decisions of the current snapshot, whatever their day. */
export function authorizedToday({ authorization }: Pick<Protocol, 'authorization'>): AuthorizationQuery {
  return { sql: authorizedBy('latest'), parameters: { asOf: LAST_DAY, none: authorization.noneOnRecord } };
}

export interface AuthorizationQuery {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
}

/** Dates of the records have four digits of a year. */
const LAST_DAY = '9999-12-31';

function authorizedBy(schema: 'main' | 'latest'): string {
  return `
    WITH said AS (
      SELECT person_id, decision,
        CASE decision
          WHEN 'granted' THEN decided_date
          ELSE coalesce(main.last_possible(decided_date, decided_date_source), $asOf::DATE)
        END AS holds_from
      FROM ${schema}.research_authorization
      WHERE CASE decision
        WHEN 'granted' THEN main.last_possible(decided_date, decided_date_source) <= $asOf::DATE
        ELSE decided_date IS NULL OR decided_date <= $asOf::DATE
      END
    ), last_said AS (
      SELECT person_id, arg_max(decision, {'day': holds_from, 'refuses': decision <> 'granted'}) AS decision
      FROM said GROUP BY person_id
    )
    SELECT DISTINCT person.person_id
    FROM ${schema}.person LEFT JOIN last_said USING (person_id)
    WHERE coalesce(last_said.decision, $none) = 'granted'`;
}
