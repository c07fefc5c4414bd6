import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Relation, relatedTo } from '../../protocol/index.ts';
import { type Lag, lagOfRelation, lagOfWindow, relationsOfLag, reversed, windowOfLag } from './windows.ts';

const days = fc.option(fc.integer({ min: -40, max: 40 }), { nil: undefined });
const lag = fc.record({ from: days, to: days }).filter(({ from = -99, to = 99 }) => from <= to);

/** What the relation says of an event that lies so many days after the other (R83, R84). */
function holds(relation: Relation, apart: number): boolean {
  const { word } = relatedTo(relation);
  const count = (span: string | undefined, none: number) => (span === undefined ? none : Number(span.split(' ')[0]));
  const isFar = (later: number) => later >= count(relation.atLeast, 0) && later <= count(relation.within, 999);
  if (word === 'of') return isFar(Math.abs(apart));
  const later = word === 'after' || word === 'onOrAfter' ? apart : 0 - apart;
  return isFar(later) && (later > 0 || word.startsWith('on'));
}

test('[R125] an event stands in a relation of a lag exactly where it lies in the lag', () => {
  fc.assert(
    fc.property(lag, fc.integer({ min: -50, max: 50 }), (asked, apart) => {
      const { from = -999, to = 999 } = asked;
      const relations = relationsOfLag(asked, 'index');
      expect(relations.some((relation) => holds(relation, apart))).toBe(from <= apart && apart <= to);
      expect(relations.length).toBeLessThan(3);
    }),
  );
});

test('[R131] windows and single relations are there and back the same', () => {
  fc.assert(
    fc.property(lag, (asked) => {
      const same = ({ from, to }: Lag) => ({ from, to });
      expect(lagOfWindow(windowOfLag(asked))).toEqual(same(asked));
      expect(reversed(reversed(asked))).toEqual(same(asked));
      const [relation, second] = relationsOfLag(asked, 'index');
      if (relation && !second) expect(lagOfRelation(relation)).toEqual(same(asked));
    }),
  );
});

test('[R132] relations in months, at the same time, or with a hole have no window', () => {
  const other = 'index';
  const unsaid: readonly Relation[] = [
    { within: '1 month', after: other },
    { atLeast: '1 year', before: other },
    { overlapping: other },
    { atLeast: '3 days', of: other },
  ];
  for (const relation of unsaid) expect(lagOfRelation(relation)).toEqual(expect.any(String));
  expect(lagOfRelation({ within: '2 weeks', onOrBefore: other })).toEqual({ from: -14, to: 0 });
});
