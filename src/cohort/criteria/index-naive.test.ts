/** Any index event and any criterion that names it, on any persons: the SQL against a reading of the rules one case at a time. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowId } from '../../base/index.ts';
import { asksIndex, type Criterion, resolved } from '../../protocol/index.ts';
import type { Gate } from '../gate/gate.ts';
import { hospital, type TestPerson } from '../hospital.test-support.ts';
import { anyCriterion, anyIndex, anyPerson, anyProtocol } from './any-criterion.test-support.ts';
import { compileCriterion } from './criterion-sql.ts';
import { compileIndex } from './index-sql.ts';
import { naive } from './naive-criterion.test-support.ts';
import { naiveIndexEvents } from './naive-index.test-support.ts';

const aboutIndex = anyCriterion(true).filter((one) => asksIndex(resolved(anyProtocol, one)));

test('[R100][R101][R102][R103][R104][R105] any index event, and any criterion about it, hold of the cases of whom the rules say so', async () => {
  const [crowd = []] = fc.sample(fc.array(anyPerson, { minLength: 150, maxLength: 150 }), { numRuns: 1, seed: 7 });
  const persons = crowd.map((one, at) => ({ ...one, id: `p${at}` }));
  const seen = persons.filter(({ isUnknown, consents }) => !isUnknown && consents?.length === 0);
  using place = await hospital(persons);
  using gate = await place.gate(anyProtocol);
  await fc.assert(
    fc.asyncProperty(anyIndex, fc.array(aboutIndex, { minLength: 2, maxLength: 2 }), async (index, criteria) => {
      const cases = seen.flatMap((person) => {
        const idOf = (key: string): bigint => BigInt(rowOf(person, key));
        return naiveIndexEvents(anyProtocol, person, index, idOf).map((one) => ({ person, ...one }));
      });
      const { sql, parameters } = await compileIndex(gate, index, 'main');
      const table = await gate.tableBefore(sql, parameters);
      expect(await eventsIn(gate, table)).toEqual(
        inOrder(
          cases.map(({ person, event, ...states }) => ({
            row_id: rowOf(person, event.key),
            day: event.first,
            ...states,
          })),
        ),
      );
      for (const criterion of criteria) {
        const wanted = cases.filter(
          ({ person, event, taken }) => taken && naive(anyProtocol, person, criterion, event),
        );
        expect(await casesOf(gate, criterion, table)).toEqual(
          wanted.map(({ person, event }) => rowOf(person, event.key)).sort(),
        );
      }
    }),
    { numRuns: 60 },
  );
});

async function eventsIn(gate: Gate, table: string) {
  const rows = await gate.all<{ row_id: string }>(
    `SELECT row_id, strftime("first", '%Y-%m-%d') AS day, washed_out, taken, without_lookback, without_follow_up FROM ${table}`,
  );
  return inOrder(rows);
}

async function casesOf(gate: Gate, criterion: Criterion, table: string): Promise<string[]> {
  const { sql, parameters } = await compileCriterion(gate, criterion, 'authorized', { indexEvents: table });
  return (await gate.all<{ index_row: string }>(sql, parameters)).map((row) => row.index_row).sort();
}

function inOrder<Row extends { readonly row_id: string }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => (a.row_id < b.row_id ? -1 : 1));
}

const resources = {
  condition: 'Condition',
  procedure: 'Procedure',
  measurement: 'Observation',
  observation: 'AllergyIntolerance',
  visit: 'Encounter',
  note: 'DocumentReference',
} as const;
const drugs = {
  order: 'MedicationRequest',
  dispense: 'MedicationDispense',
  administration: 'MedicationAdministration',
  statement: 'MedicationStatement',
} as const;

/** The id of the row that an event of a naive reading is. */
function rowOf(person: TestPerson, key: string): string {
  const [kind = '', at = ''] = key.split(' ');
  if (kind === 'death') return rowId(`Patient/${person.id}`);
  const drug = drugs[person.drugs?.[Number(at)]?.kind ?? 'order'];
  const resource = kind === 'drug' ? drug : resources[kind as keyof typeof resources];
  return rowId(`${resource}/${person.id}-${kind}-${at}`);
}
