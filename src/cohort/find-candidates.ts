/** The protocol's arms and its exclusions by rule, asked of the records. Nothing is kept: `identify.ts` does that. */
import type { Progress } from '../base/index.ts';
import type { Arm, Criterion } from '../protocol/index.ts';
import { compileCriterion } from './criterion-sql.ts';
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
 * Asks every arm and every exclusion by rule of the gate's protocol.
 * Errors: `cohort.unknown-concept`, `notes.query`.
 */
export async function findCandidates(gate: Gate, progress: Progress): Promise<Found> {
  const { arms, exclusions } = gate.protocol;
  const rules = exclusions.flatMap(({ id, rule }) => (rule ? [{ id, criterion: rule }] : []));
  progress.step('Searching', arms.length + rules.length);
  let done = 0;
  const byArm: Holders[] = [];
  for (const { id, criterion } of arms) {
    byArm.push({ id, persons: await personsOf(gate, criterion) });
    progress.advance(++done);
  }
  const ids = [...new Set(byArm.flatMap(({ persons }) => [...persons]))];
  const byRule: Holders[] = [];
  for (const { id, criterion } of rules) {
    byRule.push({ id, persons: await personsOf(gate, criterion, ids) });
    progress.advance(++done);
  }
  return {
    identified: await countBefore(gate, { any: arms.map(({ criterion }) => criterion) }),
    arms: await armsFound(gate, arms, byArm),
    persons: (await namedPersons(gate, ids)).map(({ person_id, person_source_value }) => ({
      personId: person_id,
      person: person_source_value,
      arms: holding(byArm, person_id),
      rules: holding(byRule, person_id),
    })),
  };
}

/** An arm or an exclusion, and whom it holds for. */
interface Holders {
  readonly id: string;
  readonly persons: ReadonlySet<string>;
}

function holding(all: readonly Holders[], personId: string): string[] {
  return all.filter(({ persons }) => persons.has(personId)).map(({ id }) => id);
}

/** The authorized persons who meet a criterion, of all or only of `among`. */
async function personsOf(gate: Gate, criterion: Criterion, among?: readonly string[]): Promise<ReadonlySet<string>> {
  const { sql, parameters } = await compileCriterion(gate, criterion, 'authorized');
  const rows = await (among === undefined
    ? gate.all<{ person_id: string }>(sql, parameters)
    : gate.all<{ person_id: string }>(
        `SELECT person_id FROM (${sql}) WHERE list_contains($among::BIGINT[], person_id)`,
        { ...parameters, among },
      ));
  return new Set(rows.map((row) => row.person_id));
}

/** How many persons meet a criterion, whether they are authorized or not. */
async function countBefore(gate: Gate, criterion: Criterion): Promise<number> {
  const { sql, parameters } = await compileCriterion(gate, criterion, 'main');
  return gate.countBefore(sql, parameters);
}

async function armsFound(gate: Gate, arms: readonly Arm[], byArm: readonly Holders[]): Promise<ArmFound[]> {
  const found: ArmFound[] = [];
  for (const { id, label, criterion } of arms) {
    const authorized = byArm.find((one) => one.id === id)?.persons.size ?? 0;
    found.push({ id, label, found: await countBefore(gate, criterion), authorized });
  }
  return found;
}

function namedPersons(gate: Gate, ids: readonly string[]) {
  return gate.all<{ person_id: string; person_source_value: string }>(
    `SELECT person_id, person_source_value FROM person WHERE list_contains($1::BIGINT[], person_id) ORDER BY person_id`,
    [ids],
  );
}
