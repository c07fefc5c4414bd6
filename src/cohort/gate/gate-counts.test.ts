import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currentSnapshot } from '../../records/index.ts';
import { goutProtocol, hospital, type TestPerson } from '../hospital.test-support.ts';
import { countAtGate, type GateKind, gateKinds, withLeft } from './gate-counts.ts';

const none = Object.fromEntries(gateKinds.map((kind) => [kind, 0]));
const AS_OF = '2016-06';
const withPolicy = (noneOnRecord: unknown) => goutProtocol({ authorization: { asOf: AS_OF, noneOnRecord } });
const byLetters = withPolicy({ grantedAfter: { letters: 1, days: 60 } });

type Consents = NonNullable<TestPerson['consents']>;

/** What is on record first, and what a later import says, of somebody of each kind where one letter grants. */
const kinds: Readonly<Record<GateKind, { readonly first: Consents; readonly later?: Consents }>> = {
  granted: { first: [{ decision: 'permit', date: '2012' }] },
  silent: { first: [{ decision: 'letter', date: '2012' }] },
  refused: { first: [{ decision: 'deny', date: '2012' }] },
  revoked: { first: [{ decision: 'revoke', date: '2012' }] },
  unanswered: { first: [{ decision: 'letter', date: AS_OF }] },
  later: { first: [{ decision: 'letter', date: '2012' }], later: [{ decision: 'deny', date: '2013' }] },
  noPerson: { first: [{ decision: 'permit', date: '2012' }] },
};

describe('the counts at the gate', () => {
  test('[R115] each person is of one kind, and they sum to those identified', async () => {
    const kind = fc.constantFrom(...gateKinds);
    await fc.assert(
      fc.asyncProperty(fc.array(kind, { minLength: 1, maxLength: 15 }), async (all) => {
        const persons = all.map((one, at) => ({
          id: `p${at}`,
          isUnknown: one === 'noPerson',
          conditions: [{ code: '274.0' }, { code: '274' }],
          consents: kinds[one].first,
        }));
        using place = await hospital([...persons, { id: 'not-found', consents: kinds.refused.first }]);
        const snapshot = currentSnapshot(place.workspace);
        await place.add(
          all.flatMap((one, at) => {
            const { first, later } = kinds[one];
            return later ? [{ id: `p${at}`, consents: [...first, ...later] }] : [];
          }),
        );
        using gate = await place.gate(byLetters, snapshot);
        const table = await gate.tableBefore('SELECT DISTINCT person_id FROM main.condition_occurrence');
        const counts = await countAtGate(gate, table);
        const expected = Object.fromEntries(gateKinds.map((each) => [each, all.filter((one) => one === each).length]));
        expect(counts).toEqual(expected);
        const authorized = await gate.all(`SELECT person_id FROM ${table}`);
        expect(authorized).toHaveLength(counts.granted + counts.silent);
      }),
      { numRuns: 6 },
    );
  });

  test.each([
    ['granted', { silent: 3, granted: 1 }],
    ['refused', { unanswered: 3, granted: 1 }],
    [{ grantedAfter: { letters: 1, days: 60 } }, { silent: 1, unanswered: 2, granted: 1 }],
  ])('[R115] silence is told by what the policy takes it for: %j', async (noneOnRecord, expected) => {
    using place = await hospital([
      { id: 'never-asked' },
      { id: 'asked', consents: kinds.silent.first },
      { id: 'asked-lately', consents: kinds.unanswered.first },
      { id: 'said-yes', consents: kinds.granted.first },
    ]);
    using gate = await place.gate(withPolicy(noneOnRecord));
    const table = await gate.tableBefore('SELECT person_id FROM main.person');
    expect(await countAtGate(gate, table)).toEqual({ ...none, ...expected });
  });

  test('[R115] a record that another took the place of is not authorized by newer records', async () => {
    using place = await hospital([{ id: 'p1' }, { id: 'p2' }]);
    const snapshot = currentSnapshot(place.workspace);
    await place.add([{ id: 'p1', replacedBy: 'p2' }]);
    using gate = await place.gate(withPolicy('granted'), snapshot);
    const table = await gate.tableBefore('SELECT person_id FROM main.person');
    expect(await countAtGate(gate, table)).toEqual({ ...none, silent: 1, later: 1 });
  });

  test('[R116] who is not authorized any more leaves the authorized, and the sum stays', () => {
    const counts = { ...none, granted: 5, silent: 4, refused: 2, later: 1 } as Record<GateKind, number>;
    expect(withLeft(counts, 6, 3)).toEqual({ ...counts, granted: 3, silent: 3, later: 4 });
    expect(withLeft(counts, 9, 4)).toEqual(counts);
  });
});
