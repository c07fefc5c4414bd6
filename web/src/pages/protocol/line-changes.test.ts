import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineChanges } from './line-changes.ts';

const text = (...lines: readonly string[]) => `${lines.join('\n')}\n`;

describe('what differs between two texts', () => {
  test('is told with three lines around it, and how many are left out', () => {
    const lines = Array.from({ length: 12 }, (_, at) => `line ${at + 1}`);
    const changed = lines.with(5, 'another');
    expect(lineChanges(text(...lines), text(...changed))).toEqual([
      { kind: 'gap', number: 1, lines: 2 },
      ...[3, 4, 5].map((number) => ({ kind: 'same', number, text: `line ${number}` })),
      { kind: 'removed', number: 6, text: 'line 6' },
      { kind: 'added', number: 6, text: 'another' },
      ...[7, 8, 9].map((number) => ({ kind: 'same', number, text: `line ${number}` })),
      { kind: 'gap', number: 10, lines: 3 },
    ]);
  });

  test('is nothing of equal texts, and of others every line of both', () => {
    const line = fc.constantFrom('a', 'b', 'c', '');
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), fc.array(line, { minLength: 1 }), (before, after) => {
        const changes = lineChanges(text(...before), text(...after));
        if (before.join('\n') === after.join('\n')) {
          expect(changes).toEqual([]);
          return;
        }
        const count = (...kinds: readonly string[]) =>
          changes.reduce((sum, one) => sum + (one.kind === 'gap' ? one.lines : kinds.includes(one.kind) ? 1 : 0), 0);
        expect(count('same', 'removed')).toBe(before.length);
        expect(count('same', 'added')).toBe(after.length);
      }),
    );
  });
});
