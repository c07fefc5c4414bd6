/** Which parts of a criterion hold for a person, and the rows that it rests on. Rules R149 and R150 of SPEC.md. */
import { asksIndex, type Criterion, type EventCriterion, isEvent, partsOf, resolved } from '../../protocol/index.ts';
import { compileCriterion } from '../criteria/criterion-sql.ts';
import { criterionText } from '../criteria/criterion-text.ts';
import type { Gate } from '../gate/gate.ts';
import { indexTable } from '../run/index-events.ts';
import { type Events, eventRows } from './event-rows.ts';

/** A part of a criterion, as it is for one person. */
export interface HeldPart {
  readonly text: string;
  readonly holds: boolean;
  /** Of an event: those of the person that it means, also where they are too few. */
  readonly events?: Events;
  readonly parts: readonly HeldPart[];
}

/** What a criterion comes to for each of these persons, who are behind the gate; by person id. Errors as `compileCriterion`. */
export async function heldParts(
  gate: Gate,
  criterion: Criterion,
  persons: readonly string[],
): Promise<ReadonlyMap<string, HeldPart>> {
  const text = criterionText(gate.protocol, criterion);
  if (asksIndex(resolved(gate.protocol, criterion))) return ofSomeCase(gate, criterion, text, persons);
  if (isEvent(criterion)) return eventParts(gate, criterion, text, persons);
  const named = 'criterion' in criterion ? gate.protocol.criteria[criterion.criterion] : undefined;
  const parts: ReadonlyMap<string, HeldPart>[] = [];
  for (const part of named ? [named] : partsOf(criterion)) parts.push(await heldParts(gate, part, persons));
  const holding = parts.length === 0 ? await whomHoldsFor(gate, criterion, persons) : undefined;
  return new Map(
    persons.map((person) => {
      const own = parts.flatMap((part) => part.get(person) ?? []);
      const holds = holding ? holding.has(person) : together(criterion, own);
      return [person, { text, holds, parts: own }];
    }),
  );
}

/** A criterion about the index event holds for single events of a person: it is told whether for any, and not part by part. */
async function ofSomeCase(
  gate: Gate,
  criterion: Criterion,
  text: string,
  persons: readonly string[],
): Promise<ReadonlyMap<string, HeldPart>> {
  const holding = await whomHoldsFor(gate, criterion, persons, await indexTable(gate));
  return new Map(persons.map((person) => [person, { text, holds: holding.has(person), parts: [] }]));
}

/** As the SQL of rules R11 and R80 puts parts together; a criterion that names another is the other. */
function together(criterion: Criterion, parts: readonly HeldPart[]): boolean {
  const held = parts.filter(({ holds }) => holds).length;
  if ('any' in criterion) return held > 0;
  if ('none' in criterion) return held === 0;
  return held >= ('of' in criterion ? criterion.atLeast : parts.length);
}

async function eventParts(
  gate: Gate,
  event: EventCriterion,
  text: string,
  persons: readonly string[],
): Promise<ReadonlyMap<string, HeldPart>> {
  const rows = await eventRows(gate, event, persons);
  const oneIsEnough = event.atLeast === 1 && event.onDays === undefined;
  const holding = oneIsEnough ? rows : await whomHoldsFor(gate, event, persons);
  return new Map(
    persons.map((person) => {
      const events = rows.get(person) ?? { n: 0, rows: [] };
      return [person, { text, holds: holding.has(person), events, parts: [] }];
    }),
  );
}

async function whomHoldsFor(
  gate: Gate,
  criterion: Criterion,
  persons: readonly string[],
  indexEvents?: string,
): Promise<{ has(person: string): boolean }> {
  const { sql, parameters } = await compileCriterion(gate, criterion, 'authorized', { indexEvents });
  const rows = await gate.all<{ person_id: string }>(
    `SELECT person_id FROM (${sql}) WHERE list_contains($persons::BIGINT[], person_id)`,
    { ...parameters, persons },
  );
  return new Set(rows.map(({ person_id }) => person_id));
}
