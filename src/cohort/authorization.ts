/** Who may be used for research, as SQL. Rules R1 and R2 of SPEC.md. */
import { dayRange } from '../base/index.ts';
import type { Protocol } from '../protocol/index.ts';
import type { Parameter } from '../records/index.ts';

/** A query for the `person_id` of everybody who is authorized, and what it is asked with. */
export function authorizedPersons({ authorization }: Pick<Protocol, 'authorization'>): {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
} {
  const sql = `
    WITH said AS (
      SELECT person_id, decision,
        CASE decision
          WHEN 'granted' THEN decided_date
          ELSE coalesce(main.last_possible(decided_date, decided_date_source), $asOf::DATE)
        END AS holds_from
      FROM main.research_authorization
      WHERE CASE decision
        WHEN 'granted' THEN main.last_possible(decided_date, decided_date_source) <= $asOf::DATE
        ELSE decided_date IS NULL OR decided_date <= $asOf::DATE
      END
    ), last_said AS (
      SELECT person_id, arg_max(decision, {'day': holds_from, 'refuses': decision <> 'granted'}) AS decision
      FROM said GROUP BY person_id
    )
    SELECT DISTINCT person.person_id
    FROM main.person LEFT JOIN last_said USING (person_id)
    WHERE coalesce(last_said.decision, $none) = 'granted'`;
  return { sql, parameters: { asOf: dayRange(authorization.asOf).latest, none: authorization.noneOnRecord } };
}
