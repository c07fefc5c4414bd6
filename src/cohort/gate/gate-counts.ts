/** How those whom the arms found stand at the gate: counted, never listed. Rules R115 and R116 of SPEC.md. */
import type { Standing } from './authorization.ts';
import type { Gate } from './gate.ts';

/** The kinds in the order of print: the authorized first. `noPerson`: events name somebody of whom there is no person row. */
export const gateKinds = [
  'granted',
  'silent',
  'refused',
  'revoked',
  'unanswered',
  'later',
  'noPerson',
] as const satisfies readonly (Standing | 'noPerson')[];
export type GateKind = (typeof gateKinds)[number];

/** How many persons are of each kind; together they are those identified. */
export type GateCounts = Readonly<Record<GateKind, number>>;

/** What a kind is called in print. */
export const gateLabels: Readonly<Record<GateKind, string>> = {
  granted: 'Granted',
  silent: 'Never answered, which counts as granted',
  refused: 'Refused',
  revoked: 'Granted and revoked',
  unanswered: 'Never answered, which counts as refused',
  later: 'Refused, or no longer a person, in newer records only',
  noPerson: 'No person in the records',
};

/** Counts the persons of a table that `Gate.tableBefore` made, each of whom stands there once. */
export async function countAtGate(gate: Pick<Gate, 'countKindsBefore'>, table: string): Promise<GateCounts> {
  const counts = await gate.countKindsBefore(
    `SELECT coalesce(standing, 'noPerson') AS kind FROM main.${table} LEFT JOIN main.standing USING (person_id)`,
  );
  return Object.fromEntries(gateKinds.map((kind) => [kind, counts.get(kind) ?? 0])) as GateCounts;
}

/** The counts when of the authorized only these are left, so many of them silent: the others are not, by newer records. */
export function withLeft(counts: GateCounts, left: number, silent: number): GateCounts {
  const gone = counts.granted + counts.silent - left;
  return { ...counts, granted: left - silent, silent, later: counts.later + gone };
}
