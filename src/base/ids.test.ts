import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noteIdOf, personIdOf, rowId } from './ids.ts';

describe('row ids', () => {
  test('are the first 63 bits of the SHA-256 of the name, for ever', () => {
    // printf 'Patient/123' | sha256sum
    expect(rowId('Patient/123')).toBe((0x2b3c36c8ed7141abn >> 1n).toString());
    expect(personIdOf('Patient/123')).toBe(rowId('Patient/123'));
    expect(noteIdOf('DocumentReference/é')).toBe(rowId('DocumentReference/é'));
  });

  test('fit a signed 64-bit column, and differ where the names do', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.string({ unit: 'binary' }).map((text) => Buffer.from(text).toString()),
          { maxLength: 20 },
        ),
        (names) => {
          const ids = names.map(rowId);
          expect(ids.every((id) => BigInt(id) >= 0n && BigInt(id) < 2n ** 63n)).toBe(true);
          expect(new Set(ids).size).toBe(names.length);
        },
      ),
    );
  });
});
