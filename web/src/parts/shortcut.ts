/** Which key press a shortcut means. Pure. */

/** What of a key press tells it from another. */
export interface Press {
  readonly key: string;
  /** The key of the keyboard, as if it were an English one: `KeyF`, `Digit1`. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Where the press fell. */
export interface PlaceOfPress {
  /** In a field that takes text. */
  readonly isTyping: boolean;
  /** On something that Enter and the space bar set off. */
  readonly isOnButton: boolean;
}

/**
 * Whether a press is the shortcut: `j`, `?`, `ArrowDown`, `Shift+ArrowDown`, `Mod+Enter` (Ctrl, or Command on a Mac), `Alt+n`.
 * A single character is compared as it was typed, since on some keyboards `?` needs Shift and on others not.
 */
export function isPressed(shortcut: string, press: Press): boolean {
  const parts = shortcut.split(/\+(?=.)/);
  const key = parts.at(-1) ?? '';
  const wants = new Set(parts.slice(0, -1));
  const isCharacter = key.length === 1;
  return (
    isKey(key, press) &&
    (press.ctrlKey || press.metaKey) === wants.has('Mod') &&
    press.altKey === wants.has('Alt') &&
    ((isCharacter && !wants.has('Shift') && !/\p{L}/u.test(key)) || press.shiftKey === wants.has('Shift'))
  );
}

/** With Option a Mac types another character (`ƒ` for `f`): then the key itself tells. */
function isKey(wanted: string, { key, code, altKey }: Press): boolean {
  if (key.toLowerCase() === wanted.toLowerCase()) return true;
  return altKey && !/^[a-z\d]$/i.test(key) && code === `${/\d/.test(wanted) ? 'Digit' : 'Key'}${wanted.toUpperCase()}`;
}

/** Whether a shortcut is one character without Ctrl, Alt or Command: those can be switched off (WCAG 2.1.4). */
export function isSingleCharacter(shortcut: string): boolean {
  return shortcut.length === 1;
}

/** Whether a shortcut counts where the press fell: none but those with Mod or Alt, and Escape, while somebody types. */
export function countsThere(shortcut: string, { isTyping, isOnButton }: PlaceOfPress): boolean {
  if (/^(?:Mod|Alt)\+/.test(shortcut)) return true;
  if (isTyping) return shortcut === 'Escape';
  return !(isOnButton && /^(?:Enter| |Space)$/.test(shortcut));
}

/** How a shortcut is written for people: `Mod+Enter` as `Ctrl Enter`. */
export function written(shortcut: string, isMac: boolean): readonly string[] {
  const names: Readonly<Record<string, string>> = {
    Mod: isMac ? '⌘' : 'Ctrl',
    Alt: isMac ? '⌥' : 'Alt',
    ArrowDown: '↓',
    ArrowUp: '↑',
    ArrowLeft: '←',
    ArrowRight: '→',
    Escape: 'Esc',
    ' ': 'Space',
  };
  return shortcut.split(/\+(?=.)/).map((part) => names[part] ?? part);
}
