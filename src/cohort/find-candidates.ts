/** The protocol's arms and its exclusions by rule, asked of the records. Nothing is kept: `identify.ts` does that. */
import type { Progress } from '../base/index.ts';
import { type CriterionQuery, codingFor, compileCriterion } from './criterion-sql.ts';
import type { Gate } from './gate.ts';

/** How many persons an arm found: `found` before the gate, `authorized` behind it. */
export interface ArmFound {
  readonly id: string;
  readonly label: string;
  readonly found: number;
  readonly authorized: number;
}

/** An authorized person, the arms that found the record and the exclusions by rule that hold, as the protocol orders them. */
export interface FoundPerson {
  readonly personId: string;
  /** The source id: `Patient/1`. */
  readonly person: string;
  readonly arms: readonly string[];
  readonly rules: readonly string[];
}

/** What the arms found. `identified` counts persons before the gate; `persons` are by person id. */
export interface Found {
  readonly identified: number;
  readonly arms: readonly ArmFound[];
  readonly persons: readonly FoundPerson[];
}

/**
 * Asks every arm and every exclusion by rule of the gate's protocol: an arm once, of all persons, to count them and to read
 * the authorized behind the gate; a rule of those found and authorized.
 * Errors: `cohort.unknown-concept`, `notes.query`.
 */
export async function findCandidates(gate: Gate, progress: Progress): Promise<Found> {
  const { arms, exclusions } = gate.protocol;
  const rules = exclusions.flatMap(({ id, rule }) => (rule ? [{ id, criterion: rule }] : []));
  progress.step('Searching', arms.length + rules.length);
  let done = 0;
  const byArm: string[] = [];
  const codes = codingFor(
    gate,
    arms.map(({ criterion }) => criterion),
  );
  const coding = codes && (await gate.tableBefore(codes.sql, codes.parameters));
  for (const { criterion } of arms) {
    const { sql, parameters } = await compileCriterion(gate, criterion, 'main', coding);
    byArm.push(await gate.tableBefore(sql, parameters));
    progress.advance(++done);
  }
  const anyArm = await gate.tableBefore(armsOfPersons(byArm));
  const compiled: (CriterionQuery & { readonly id: string })[] = [];
  for (const { id, criterion } of rules) compiled.push({ id, ...(await compileCriterion(gate, criterion, 'found')) });
  await gate.narrowTo(
    anyArm,
    compiled.map(({ sql }) => sql),
  );
  const byRule: Holders[] = [];
  for (const { id, sql, parameters } of compiled) {
    const rows = await gate.all<{ person_id: string }>(sql, parameters);
    byRule.push({ id, persons: new Set(rows.map((row) => row.person_id)) });
    progress.advance(++done);
  }
  const persons = await authorizedOf(gate, anyArm);
  return {
    identified: await gate.countBefore(`SELECT person_id FROM main.${anyArm}`),
    arms: await armsFound(gate, byArm, persons),
    persons: persons.map(({ person_id, person_source_value, found_by }) => ({
      personId: person_id,
      person: person_source_value,
      arms: arms.flatMap(({ id }, at) => (found_by.includes(at) ? [id] : [])),
      rules: byRule.flatMap(({ id, persons: holders }) => (holders.has(person_id) ? [id] : [])),
    })),
  };
}

/** Each person whom an arm found, once, with the places of those arms in the protocol. */
function armsOfPersons(byArm: readonly string[]): string {
  const found = byArm.map((table, at) => `SELECT person_id, ${at} AS arm FROM main.${table}`).join(' UNION ALL ');
  return `SELECT person_id, list(arm) AS found_by FROM (${found}) GROUP BY person_id`;
}

/** An exclusion, and whom it holds for. */
interface Holders {
  readonly id: string;
  readonly persons: ReadonlySet<string>;
}

interface AuthorizedRow {
  readonly person_id: string;
  readonly person_source_value: string;
  readonly found_by: readonly number[];
}

function authorizedOf(gate: Gate, anyArm: string): Promise<AuthorizedRow[]> {
  return gate.all<AuthorizedRow>(
    `SELECT person_id, person_source_value, found_by FROM ${anyArm} JOIN person USING (person_id) ORDER BY person_id`,
  );
}

async function armsFound(gate: Gate, byArm: readonly string[], persons: readonly AuthorizedRow[]): Promise<ArmFound[]> {
  const found: ArmFound[] = [];
  for (const [at, { id, label }] of gate.protocol.arms.entries()) {
    const all = await gate.countBefore(`SELECT person_id FROM main.${byArm[at]}`);
    found.push({ id, label, found: all, authorized: persons.filter((one) => one.found_by.includes(at)).length });
  }
  return found;
}
