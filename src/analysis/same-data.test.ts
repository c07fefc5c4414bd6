import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sameData } from './same-data.ts';

const leaf = fc.constantFrom<unknown>(undefined, null, true, 0, -0, Number.NaN, '', 'a');
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('value'), { maxLength: 2 }), tie('object')),
  object: fc.dictionary(fc.constantFrom('0', '1', 'constructor'), tie('value'), { maxKeys: 2, noNullPrototype: true }),
}));

test('[R60] plain data is the same where it is deeply equal', () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(sameData(a, b)).toBe(isDeepStrictEqual(a, b));
      expect(sameData(a, structuredClone(a))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
