/**
 * The keys of a page. A part of a page registers its own while it is shown:
 *
 *     useKeys('Screening', [{ keys: ['j', 'ArrowDown'], label: 'Next person', do: next }]);
 *
 * The latest that was registered comes first. `?` shows them all; there, keys of one character can be switched off (WCAG 2.1.4).
 */
import { useLocalStorage } from '@mantine/hooks';
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react';
import { KeySheet } from './key-sheet.tsx';
import { countsThere, isPressed, isSingleCharacter } from './shortcut.ts';

/** One thing that keys do. */
export interface Shortcut {
  /** Any of these sets it off; how they are written is said at `isPressed`. */
  readonly keys: readonly string[];
  /** As the sheet lists it: `Include`. */
  readonly label: string;
  readonly do: () => void;
  /** Whether it counts in a dialog too; else a dialog has the keyboard for itself. */
  readonly inDialog?: boolean;
}

/** The shortcuts of one part of a page, under its name. */
export interface ShortcutGroup {
  readonly name: string;
  readonly shortcuts: readonly Shortcut[];
}

interface Registry {
  readonly register: (group: { current: ShortcutGroup }) => () => void;
  readonly open: () => void;
}
const Registered = createContext<Registry>({ register: () => () => {}, open: () => {} });

/** Registers shortcuts while the part that calls this is shown. The list may be a new one with every rendering. */
export function useKeys(name: string, shortcuts: readonly Shortcut[]): void {
  const { register } = use(Registered);
  const group = useRef<ShortcutGroup>({ name, shortcuts });
  useEffect(() => {
    group.current = { name, shortcuts };
  });
  useEffect(() => register(group), [register]);
}

/** Opens the sheet that lists the keys. */
export function useKeySheet(): { readonly open: () => void } {
  return use(Registered);
}

/** Listens for the keys of whatever is shown below it. */
export function KeysProvider({
  isListening,
  children,
}: {
  readonly isListening: boolean;
  readonly children: ReactNode;
}) {
  const groups = useRef<{ current: ShortcutGroup }[]>([]);
  const [shown, setShown] = useState<readonly ShortcutGroup[]>();
  const [hasSingles, setHasSingles] = useLocalStorage({ key: 'chartproof-single-keys', defaultValue: true });
  const registry = useMemo<Registry>(
    () => ({
      register: (group) => {
        groups.current = [group, ...groups.current];
        return () => {
          groups.current = groups.current.filter((one) => one !== group);
        };
      },
      open: () =>
        setShown(groups.current.map(({ current }) => current).filter(({ shortcuts }) => shortcuts.length > 0)),
    }),
    [],
  );
  useEffect(() => {
    if (!isListening) return;
    const sheet: Shortcut = { keys: ['?'], label: 'Keys of this page', do: registry.open };
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const target = event.target instanceof HTMLElement ? event.target : document.body;
      const place = {
        isTyping: isTextField(target),
        isOnButton: target.closest('button, a, summary, [role=button]') !== null,
      };
      const isInDialog = target.closest('[role=dialog]') !== null;
      const shortcut = [...groups.current.flatMap(({ current }) => current.shortcuts), sheet].find(
        ({ keys, inDialog }) =>
          (!isInDialog || inDialog) &&
          keys.some(
            (key) => isPressed(key, event) && countsThere(key, place) && (hasSingles || !isSingleCharacter(key)),
          ),
      );
      if (!shortcut) return;
      event.preventDefault();
      shortcut.do();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [hasSingles, isListening, registry]);
  return (
    <Registered value={registry}>
      {children}
      <KeySheet
        groups={shown}
        onClose={() => setShown(undefined)}
        hasSingles={hasSingles}
        onHasSingles={setHasSingles}
      />
    </Registered>
  );
}

function isTextField(target: HTMLElement): boolean {
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return (
    target instanceof HTMLInputElement &&
    !['checkbox', 'radio', 'button', 'submit', 'reset', 'file'].includes(target.type)
  );
}
