/** A list of any length whose items are as high as they are; only those in sight are drawn. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';

interface VirtualListProps<Item> {
  /** What the list is of, for those who do not see it. */
  readonly label: string;
  readonly items: readonly Item[];
  readonly itemId: (item: Item) => string;
  readonly render: (item: Item) => ReactNode;
  /** About how high an item is, in pixels. */
  readonly estimate: number;
  /** Of CSS; beyond it the list scrolls. */
  readonly maxHeight: string;
  /** The end of the items comes into sight: more may be asked for. */
  readonly onEnd?: () => void;
}

export function VirtualList<Item>(props: VirtualListProps<Item>) {
  const { label, items, itemId, render, estimate, maxHeight, onEnd } = props;
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimate,
    getItemKey: (at) => {
      const item = items[at];
      return item === undefined ? at : itemId(item);
    },
    overscan: 6,
  });
  const isAtEnd = (virtualizer.range?.endIndex ?? -1) >= items.length - 1;
  useEffect(() => {
    if (isAtEnd) onEnd?.();
  }, [isAtEnd, onEnd]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section ref={scroller} aria-label={label} tabIndex={0} style={{ maxHeight, overflowY: 'auto' }}>
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index];
          return (
            <div
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              style={{ position: 'absolute', insetInline: 0, transform: `translateY(${start}px)` }}
            >
              {item !== undefined && render(item)}
            </div>
          );
        })}
      </div>
    </section>
  );
}
