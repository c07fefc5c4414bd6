/** Any criterion on any persons: the SQL against a reading of the rules one person at a time. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Criterion } from '../../protocol/index.ts';
import { hospital } from '../hospital.test-support.ts';
import { anyCriterion, anyPerson, anyProtocol } from './any-criterion.test-support.ts';
import { clinics } from './clinics.test-support.ts';
import { keepCodedRows } from './coded-rows.ts';
import { compileCriterion, type Side } from './criterion-sql.ts';
import { naive } from './naive-criterion.test-support.ts';

test('[R4][R5][R6][R7][R8][R9][R10][R11][R80][R81][R82][R83][R84][R85][R86][R87][R88][R117] any criterion finds whom the rules, read naively, find', async () => {
  const crowds = fc.sample(fc.array(anyPerson, { minLength: 150, maxLength: 150 }), { numRuns: 2, seed: 7 });
  for (const crowd of crowds) {
    const persons = crowd.map((one, at) => ({ ...one, id: `p${at}` }));
    using place = await hospital(persons, clinics);
    using gate = await place.gate(anyProtocol);
    const sqlOf = (criterion: Criterion, side: Side) => compileCriterion(gate, criterion, side);
    await fc.assert(
      fc.asyncProperty(anyCriterion(false), async (criterion) => {
        const found = persons.filter((one) => naive(anyProtocol, one, criterion));
        const behind = found.filter(({ isUnknown, consents }) => !isUnknown && consents?.length === 0);
        const { sql, parameters } = await sqlOf(criterion, 'authorized');
        const rows = await gate.all<{ name: string }>(
          `SELECT person_source_value AS name FROM (${sql}) JOIN person USING (person_id)`,
          parameters,
        );
        expect(rows.map(({ name }) => name).sort()).toEqual(behind.map(({ id }) => `Patient/${id}`).sort());
        const before = await sqlOf(criterion, 'main');
        expect(await gate.countBefore(before.sql, before.parameters)).toBe(found.length);
      }),
      { numRuns: 150 },
    );
  }
});

test('[R155] criteria that are asked of kept codings and rows find whom they find in the records', async () => {
  const [crowd = []] = fc.sample(fc.array(anyPerson, { minLength: 150, maxLength: 150 }), { numRuns: 1, seed: 11 });
  const persons = crowd.map((one, at) => ({ ...one, id: `p${at}` }));
  using place = await hospital(persons, clinics);
  using gate = await place.gate(anyProtocol);
  await fc.assert(
    fc.asyncProperty(anyCriterion(false), anyCriterion(false), async (first, second) => {
      const coded = await keepCodedRows(gate, [first, second], [first]);
      const counts = [];
      for (const criterion of [first, second]) {
        const { sql, parameters } = await compileCriterion(gate, criterion, 'main', { coded });
        counts.push(await gate.countBefore(sql, parameters));
      }
      expect(counts).toEqual(
        [first, second].map((criterion) => persons.filter((one) => naive(anyProtocol, one, criterion)).length),
      );
    }),
    { numRuns: 60 },
  );
});
