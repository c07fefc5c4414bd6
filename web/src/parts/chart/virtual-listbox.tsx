/** A list of any length of which one thing is open: drawn only where it is looked at, with arrows, Home, End, and Enter to open. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import classes from './chart-pane.module.css';

interface VirtualListboxProps<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly idOf: (item: Item) => string;
  /** In pixels, the same for all. */
  readonly itemHeight: number;
  readonly openId: string | undefined;
  readonly onOpen: (item: Item) => void;
  /** The end comes into sight: more may be asked for. */
  readonly onEnd: () => void;
  readonly children: (item: Item) => ReactNode;
}

export function VirtualListbox<Item>(props: VirtualListboxProps<Item>) {
  const { label, items, idOf, itemHeight, openId, onOpen, onEnd, children } = props;
  const [active, setActive] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => itemHeight,
    overscan: 6,
  });
  const last = items.length - 1;
  const isAtEnd = (virtualizer.range?.endIndex ?? -1) >= last;
  useEffect(() => {
    if (isAtEnd) onEnd();
  }, [isAtEnd, onEnd]);
  // What is opened from elsewhere comes into sight.
  const openAt = openId === undefined ? -1 : items.findIndex((item) => idOf(item) === openId);
  useEffect(() => {
    if (openAt < 0) return;
    setActive(openAt);
    virtualizer.scrollToIndex(openAt);
  }, [openAt, virtualizer]);

  const onKeyDown = (event: KeyboardEvent) => {
    const item = items[active];
    if ((event.key === 'Enter' || event.key === ' ') && item !== undefined) {
      event.preventDefault();
      return onOpen(item);
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / itemHeight) - 1);
    const to = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(to, 0), last);
    setActive(next);
    virtualizer.scrollToIndex(next);
  };

  const shown = virtualizer.getVirtualItems();
  const isActiveShown = shown.some(({ index }) => index === active);
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={isActiveShown ? `${id}-${active}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }} role="presentation">
        {shown.map(({ index, start }) => {
          const item = items[index];
          if (item === undefined) return null;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the focus and the keys, not its options
            // biome-ignore lint/a11y/useFocusableInteractive: the same
            <div
              key={idOf(item)}
              id={`${id}-${index}`}
              role="option"
              aria-selected={idOf(item) === openId}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              data-active={index === active || undefined}
              className={classes.option}
              style={{ height: itemHeight, transform: `translateY(${start}px)` }}
              onClick={() => {
                setActive(index);
                onOpen(item);
              }}
            >
              {children(item)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
