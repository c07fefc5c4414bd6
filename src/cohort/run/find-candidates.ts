/** The protocol's arms and its exclusions by rule, asked of the records. Nothing is kept: `identify.ts` does that. */
import { type Progress, together } from '../../base/index.ts';
import { asksIndex, resolved } from '../../protocol/index.ts';
import { keepCodedRows, keepCodingsOf } from '../criteria/coded-rows.ts';
import { compileCriterion, compileHolders } from '../criteria/criterion-sql.ts';
import type { Gate } from '../gate/gate.ts';
import { countAtGate, type GateCounts, gateKinds } from '../gate/gate-counts.ts';
import { type CaseEvent, type IndexRow, indexRows, indexTable, judgedByCases } from './index-events.ts';

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
  /** Where the protocol has an index event. */
  readonly events?: readonly CaseEvent[];
}

/** What the arms found. `identified` counts persons before the gate; `persons` are by person id. */
export interface Found {
  readonly identified: number;
  readonly gate: GateCounts;
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
  const searched = arms.map(({ criterion }) => criterion);
  const ruling = rules.map(({ criterion }) => criterion);
  const coded = await keepCodedRows(gate, [...searched, ...ruling], searched);
  let done = 0;
  const byArm = await together(
    searched.map(async (criterion) => {
      const { sql, parameters } = await compileCriterion(gate, criterion, 'main', { coded });
      const found = await gate.tableBefore(sql, parameters);
      progress.advance(++done);
      return found;
    }),
  );
  const anyArm = await gate.tableBefore(armsOfPersons(byArm));
  const indexEvents = await indexTable(gate, anyArm);
  const given = { coded: await keepCodingsOf(gate, anyArm, ruling, coded), indexEvents };
  const holding = await compileHolders(gate, ruling, 'found', given);
  const asPersons = `SELECT person_id, person_source_value, found_by FROM found.${anyArm} JOIN found.person USING (person_id) ORDER BY person_id`;
  await gate.narrowTo(anyArm, [holding.sql, asPersons]);
  // What is quick to find is read here while the engine asks the rules.
  const [authorized, counts, byArmBefore, held] = await together([
    gate.all<AuthorizedRow>(asPersons),
    countAtGate(gate, anyArm),
    countByArm(gate, anyArm),
    gate.all<{ criterion: number; holder: string }>(holding.sql, holding.parameters),
  ]);
  const byPlace = Map.groupBy(held, (row) => row.criterion);
  const byRule = rules.map(({ id, criterion }, at): Holders => {
    const holders = new Set(byPlace.get(at)?.map(({ holder }) => holder));
    const ofEvents = asksIndex(resolved(gate.protocol, criterion));
    return ofEvents ? { id, persons: NOBODY, events: holders } : { id, persons: holders, events: NOBODY };
  });
  progress.advance(done + rules.length);
  const judged = judging(gate, byRule, indexEvents === undefined ? undefined : await indexRows(gate, indexEvents));
  const persons = authorized.map(({ found_by, ...person }) => ({
    ...person,
    foundBy: found_by.split(' ').map(Number),
  }));
  return {
    identified: gateKinds.reduce((sum, kind) => sum + counts[kind], 0),
    gate: counts,
    arms: armsFound(gate, byArmBefore, persons),
    persons: persons.map(({ person_id, person_source_value, foundBy }) => ({
      personId: person_id,
      person: person_source_value,
      arms: arms.flatMap(({ id }, at) => (foundBy.includes(at) ? [id] : [])),
      ...judged(person_id),
    })),
  };
}

/** Each person whom an arm found, once, with the places of those arms in the protocol: as text, which is read sooner than a list. */
function armsOfPersons(byArm: readonly string[]): string {
  const found = byArm.map((table, at) => `SELECT person_id, '${at}' AS arm FROM main.${table}`).join(' UNION ALL ');
  return `SELECT person_id, string_agg(arm, ' ') AS found_by FROM (${found}) GROUP BY person_id`;
}

/** An exclusion, and the persons or, where it names the index event, the index events that it holds for. */
interface Holders {
  readonly id: string;
  readonly persons: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
}

const NOBODY: ReadonlySet<string> = new Set();

/** What holds for a person, and for each of its index events where the protocol has one. */
function judging({ protocol }: Gate, byRule: readonly Holders[], events: readonly IndexRow[] | undefined) {
  const byPerson = Map.groupBy(events ?? [], (row) => row.person_id);
  const held = (of: 'persons' | 'events', holder: string): string[] =>
    byRule.flatMap((rule) => (rule[of].has(holder) ? [rule.id] : []));
  return (personId: string): Pick<FoundPerson, 'rules' | 'events'> => {
    const ofPerson = held('persons', personId);
    if (events === undefined) return { rules: ofPerson };
    const ofEvent = (event: string): readonly string[] => held('events', event);
    return judgedByCases(protocol, byPerson.get(personId) ?? [], { ofPerson, ofEvent });
  };
}

interface AuthorizedRow {
  readonly person_id: string;
  readonly person_source_value: string;
  /** Places of arms: `0 2`. */
  readonly found_by: string;
}

/** How many persons each arm found before the gate, by its place. */
function countByArm(gate: Gate, anyArm: string): Promise<ReadonlyMap<string, number>> {
  return gate.countKindsBefore(`SELECT unnest(string_split(found_by, ' ')) AS kind FROM main.${anyArm}`);
}

function armsFound(
  { protocol }: Gate,
  found: ReadonlyMap<string, number>,
  persons: readonly { readonly foundBy: readonly number[] }[],
): ArmFound[] {
  return protocol.arms.map(({ id, label }, at) => ({
    id,
    label,
    found: found.get(String(at)) ?? 0,
    authorized: persons.filter((one) => one.foundBy.includes(at)).length,
  }));
}
