/** Which code, drug name or note query found whom, and whom nothing else would have found. Rules R135 to R137 of SPEC.md. */
import type { Progress } from '../../base/index.ts';
import { type Criterion, isEvent, partsOf, resolved } from '../../protocol/index.ts';
import { writtenCode } from '../../vocabulary/index.ts';
import { type CriterionQuery, compileCriterion } from '../criteria/criterion-sql.ts';
import type { Leaf } from '../criteria/leaves.ts';
import type { Gate } from '../gate/gate.ts';
import type { FoundPerson } from './find-candidates.ts';
import { type EventQuery, type EventRows, eventQuery, eventRows, type LeafRows } from './leaf-rows.ts';

/** A leaf of an arm. `found`: those of the arm who have a row of it; `only`: those of them whom no arm would find without it. */
export interface FoundLeaf extends Leaf {
  readonly arm: string;
  /** Person ids in a search, subjects in a run. In order. */
  readonly found: readonly string[];
  readonly only: readonly string[];
  /** The codes on the rows that a code finds: itself, those below it, those it is mapped to. None of a leaf without code. */
  readonly codes: readonly { readonly code: string; readonly found: readonly string[] }[];
}

/** The leaves with other persons in their lists: fewer, or by another name. */
export function onPersons(
  leaves: readonly FoundLeaf[],
  change: (persons: readonly string[]) => readonly string[],
): FoundLeaf[] {
  return leaves.map((leaf) => ({
    ...leaf,
    found: change(leaf.found),
    only: change(leaf.only),
    codes: leaf.codes.flatMap(({ code, found }) => {
      const those = change(found);
      return those.length > 0 ? [{ code, found: those }] : [];
    }),
  }));
}

/** Takes the arms apart for those whom they found. Errors as `compileCriterion`. */
export async function findLeaves(
  gate: Gate,
  persons: readonly FoundPerson[],
  progress: Progress,
): Promise<readonly FoundLeaf[]> {
  const arms = gate.protocol.arms.map(({ id, criterion }) => ({ id, criterion: resolved(gate.protocol, criterion) }));
  progress.step('Counting by code and query', arms.length);
  const queries: Queries = { events: new Map(), others: new Map() };
  for (const { criterion } of arms) await compileParts(gate, criterion, queries);
  const ids = persons.map(({ personId }) => personId);
  await gate.narrowTo(
    await gate.tableBefore('SELECT unnest($1::BIGINT[]) AS person_id', [ids]),
    [...queries.events.values(), ...queries.others.values()].map(({ sql }) => sql),
  );
  const asked: AskedArm[] = [];
  for (const { id, criterion } of arms) {
    const events: EventRows[] = [];
    asked.push({ id, events, meets: await meetsOf(gate, criterion, queries, events) });
    progress.advance(asked.length);
  }
  return asked.flatMap((arm) => leavesOfArm(arm, asked, persons));
}

/** The parts of arms that are asked by themselves: events that may find somebody, and what only narrows. */
interface Queries {
  readonly events: Map<Criterion, EventQuery>;
  readonly others: Map<Criterion, CriterionQuery>;
}

async function compileParts(gate: Gate, criterion: Criterion, { events, others }: Queries): Promise<void> {
  if (isEvent(criterion)) {
    const query = await eventQuery(gate, criterion);
    if (query) events.set(criterion, query);
  } else if (isPutTogether(criterion)) {
    for (const part of partsOf(criterion)) await compileParts(gate, part, { events, others });
  } else others.set(criterion, await compileCriterion(gate, criterion, 'found'));
}

/** Age, sex and what must not be there find nobody: they hold or they do not, whatever the leaves. */
function isPutTogether(
  criterion: Criterion,
): criterion is Extract<Criterion, { all: unknown } | { any: unknown } | { of: unknown }> {
  return 'all' in criterion || 'any' in criterion || 'of' in criterion;
}

/** Whether a person meets a criterion, also without what one leaf finds. */
type Meets = (personId: string, without?: string) => boolean;

interface AskedArm {
  readonly id: string;
  /** Every event of it that finds somebody. */
  readonly events: readonly EventRows[];
  readonly meets: Meets;
}

function leavesOfArm(arm: AskedArm, arms: readonly AskedArm[], persons: readonly FoundPerson[]): FoundLeaf[] {
  const own = persons.filter((person) => person.arms.includes(arm.id)).map(({ personId }) => personId);
  const leaves = new Map(arm.events.flatMap((event) => event.leaves.map((leaf) => [leaf.id, leaf])));
  const foundBy = personsByLeaf(arm.events);
  const codes = Map.groupBy(
    arm.events.flatMap((event) => event.codes),
    (one) => one.leaf,
  );
  return [...leaves.values()].map(({ id, kind, label }) => {
    const found = own.filter((personId) => foundBy.get(id)?.has(personId));
    const byCode = Map.groupBy(codes.get(id) ?? [], (one) => codeText(one));
    return {
      arm: arm.id,
      id,
      kind,
      label,
      found,
      only: found.filter((personId) => !arms.some(({ meets }) => meets(personId, id))),
      codes: [...byCode].sort().flatMap(([code, list]) => {
        const having = new Set(list.map((one) => one.personId));
        const those = found.filter((personId) => having.has(personId));
        return those.length > 0 ? [{ code, found: those }] : [];
      }),
    };
  });
}

function codeText({ vocabulary, code }: EventRows['codes'][number]): string {
  return `${vocabulary} ${writtenCode(vocabulary, code)}`;
}

function personsByLeaf(events: readonly EventRows[]): ReadonlyMap<string, ReadonlySet<string>> {
  const byLeaf = new Map<string, Set<string>>();
  for (const { byPerson } of events) {
    for (const [personId, groups] of byPerson) {
      for (const leaf of groups.flatMap((group) => group.leaves)) {
        const known = byLeaf.get(leaf);
        if (known) known.add(personId);
        else byLeaf.set(leaf, new Set([personId]));
      }
    }
  }
  return byLeaf;
}

/** Builds the test of a criterion whose parts are compiled; puts the events that find somebody into `events`. */
async function meetsOf(gate: Gate, criterion: Criterion, queries: Queries, events: EventRows[]): Promise<Meets> {
  if (isEvent(criterion)) {
    const query = queries.events.get(criterion);
    if (!query) return () => false;
    const rows = await eventRows(gate, query);
    events.push(rows);
    const { atLeast, onDays = 0 } = criterion;
    return (personId, without) => isEnough(rows.byPerson.get(personId) ?? [], without, atLeast, onDays);
  }
  if (isPutTogether(criterion)) {
    const parts = partsOf(criterion);
    const least = 'all' in criterion ? parts.length : 'any' in criterion ? 1 : criterion.atLeast;
    const tests: Meets[] = [];
    for (const part of parts) tests.push(await meetsOf(gate, part, queries, events));
    return (personId, without) => tests.filter((meets) => meets(personId, without)).length >= least;
  }
  const { sql = '', parameters } = queries.others.get(criterion) ?? {};
  const rows = await gate.all<{ person_id: string }>(sql, parameters);
  const holders = new Set(rows.map((row) => row.person_id));
  return (personId) => holders.has(personId);
}

function isEnough(groups: readonly LeafRows[], without: string | undefined, atLeast: number, onDays: number): boolean {
  const left = groups.filter(({ leaves }) => leaves.some((leaf) => leaf !== without));
  const rows = left.reduce((sum, group) => sum + group.rows, 0);
  const days = new Set(left.flatMap(({ day }) => day ?? []));
  return rows >= atLeast && days.size >= onDays;
}
