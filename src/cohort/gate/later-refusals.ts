import { authorizedToday } from './authorization.ts';
import type { Gate } from './gate.ts';

/**
 * How many of these persons have refused after the day `authorization.asOf`, by the current records: the protocol leaves
 * their decision out, and their charts stay open. Rule R56.
 */
export async function laterRefusals(
  gate: Pick<Gate, 'protocol' | 'countBefore'>,
  persons: readonly string[],
): Promise<number> {
  const { sql, parameters } = authorizedToday(gate.protocol);
  return gate.countBefore(
    `SELECT person_id FROM (SELECT unnest($persons::BIGINT[]) AS person_id) ANTI JOIN (${sql}) USING (person_id)`,
    { ...parameters, persons },
  );
}
