import { expect, test } from 'vitest';
import { withoutSpaces } from './selected-range.ts';

test('a selection is what stands in it without the spaces at its ends, in the offsets of the text', () => {
  expect(withoutSpaces('  two words \n', 10)).toEqual({ start: 12, end: 21 });
  expect(withoutSpaces('😀 x', 3)).toEqual({ start: 3, end: 7 });
});

test('spaces alone are no selection', () => {
  expect(withoutSpaces(' \n ', 4)).toBeUndefined();
  expect(withoutSpaces('', 4)).toBeUndefined();
});
