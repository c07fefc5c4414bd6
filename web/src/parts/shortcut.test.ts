import { describe, expect, test } from 'vitest';
import { countsThere, isPressed, type Press, written } from './shortcut.ts';

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  code: '',
  shiftKey: false,
  ...held,
});

describe('a press is a shortcut', () => {
  test.each([
    ['j', press('j'), true],
    ['j', press('J', { shiftKey: true }), false],
    ['j', press('J'), true],
    ['j', press('j', { ctrlKey: true }), false],
    ['Shift+j', press('J', { shiftKey: true }), true],
    ['?', press('?', { shiftKey: true }), true],
    ['?', press('?'), true],
    ['+', press('+'), true],
    ['Mod++', press('+', { ctrlKey: true }), true],
    ['Mod+Enter', press('Enter', { ctrlKey: true }), true],
    ['Mod+Enter', press('Enter', { metaKey: true }), true],
    ['Mod+Enter', press('Enter'), false],
    ['ArrowDown', press('ArrowDown', { shiftKey: true }), false],
    ['Alt+n', press('n', { altKey: true }), true],
    ['Alt+f', press('ƒ', { altKey: true, code: 'KeyF' }), true],
    ['Alt+1', press('¡', { altKey: true, code: 'Digit1' }), true],
    ['Alt+q', press('a', { altKey: true, code: 'KeyQ' }), false],
    ['f', press('ƒ', { altKey: true, code: 'KeyF' }), false],
  ])('%s %o: %s', (shortcut, pressed, is) => {
    expect(isPressed(shortcut, pressed)).toBe(is);
  });
});

test('while somebody types, only keys with Mod or Alt count, and Escape', () => {
  const typing = { isTyping: true, isOnButton: false };
  const counting = ['j', '?', 'Enter', 'Shift+j', 'ArrowDown', 'Escape', 'Mod+s', 'Alt+n'].filter((key) =>
    countsThere(key, typing),
  );
  expect(counting).toEqual(['Escape', 'Mod+s', 'Alt+n']);
});

test('Enter and the space bar belong to the button that has the focus', () => {
  const onButton = { isTyping: false, isOnButton: true };
  expect(['j', 'Enter', ' ', 'Mod+Enter'].filter((key) => countsThere(key, onButton))).toEqual(['j', 'Mod+Enter']);
});

test('shortcuts are written as they are on the keyboard', () => {
  expect(written('Mod+Enter', false)).toEqual(['Ctrl', 'Enter']);
  expect(written('Mod+ArrowDown', true)).toEqual(['⌘', '↓']);
  expect(written('+', false)).toEqual(['+']);
});
