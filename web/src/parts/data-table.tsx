/**
 * A table of any length: sorted by its heads, drawn only where it is looked at. With `onOpen` it is a grid: arrows, Page Up and
 * Down, Home and End go from row to row, Enter or a click opens one.
 */
import { type ColumnDef, type SortingState, useTable } from '@tanstack/react-table';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { Fragment, type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import classes from './data-table.module.css';
import { type Column, compareValues, features } from './data-table-columns.ts';
import { SortHead } from './sort-head.tsx';

interface DataTableProps<Row> {
  /** What the table is of, for those who do not see it. */
  readonly label: string;
  readonly rows: readonly Row[];
  /** The same list from one rendering to the next, or the table is sorted anew each time. */
  readonly columns: readonly Column<Row>[];
  readonly rowId: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  /** The row that is open, by its id. */
  readonly openId?: string | undefined;
  readonly initialSort?: { readonly id: string; readonly desc: boolean };
  /** Of CSS; beyond it the table scrolls. Default: what the window leaves below a page's head. */
  readonly maxHeight?: string;
  /** The end of the rows comes into sight: more may be asked for. */
  readonly onEnd?: () => void;
}

const ROW_HEIGHT = 34;

export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, rows, columns, rowId, onOpen, openId, initialSort, maxHeight = 'calc(100dvh - 160px)', onEnd } = props;
  const [sorting, setSorting] = useState<SortingState>(initialSort ? [initialSort] : []);
  const [active, setActive] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const movesFocus = useRef(false);

  const definitions = useMemo(() => columns.map((column) => definitionOf(column)), [columns]);
  const table = useTable({
    features,
    data: rows,
    columns: definitions,
    getRowId: (row) => rowId(row),
    state: { sorting },
    onSortingChange: setSorting,
    enableSortingRemoval: false,
  });
  const sorted = table.getRowModel().rows;
  const last = sorted.length - 1;
  const virtualizer = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => sorted[index]?.id ?? index,
    overscan: 8,
    scrollPaddingStart: ROW_HEIGHT,
    // The row that has the focus stays, however far one scrolls: the focus would be lost with it.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), Math.min(active, last)])]
        .filter((at) => at >= 0)
        .sort((a, b) => a - b),
  });
  const shown = virtualizer.getVirtualItems();

  const isAtEnd = (virtualizer.range?.endIndex ?? -1) >= last;
  useEffect(() => {
    if (isAtEnd) onEnd?.();
  }, [isAtEnd, onEnd]);
  useEffect(() => {
    if (!movesFocus.current) return;
    movesFocus.current = false;
    scroller.current?.querySelector<HTMLElement>(`tr[data-index="${active}"]`)?.focus({ preventScroll: true });
  }, [active]);

  const onKeyDown = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    const row = sorted[active];
    if (event.key === 'Enter' && row && !isOnControl(event)) return onOpen?.(row.original);
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: last,
    };
    const to = steps[event.key];
    if (to === undefined || isOnControl(event)) return;
    event.preventDefault();
    const next = Math.min(Math.max(to, 0), last);
    if (next === active) return;
    movesFocus.current = true;
    setActive(next);
    virtualizer.scrollToIndex(next);
  };

  return (
    <div
      ref={scroller}
      className={classes.scroller}
      style={{ maxHeight }}
      {...(!onOpen && { tabIndex: 0, role: 'region', 'aria-label': label })}
    >
      <table
        className={classes.table}
        aria-label={label}
        aria-rowcount={sorted.length + 1}
        {...(onOpen && { role: 'grid' })}
      >
        <colgroup>
          {columns.map(({ id, width }) => (
            <col key={id} style={{ width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <SortHead
                key={column.id}
                column={column}
                sorted={sorting.find(({ id }) => id === column.id)}
                onSort={(desc) => setSorting([{ id: column.id, desc }])}
              />
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={onOpen && onKeyDown}>
          {shown.map(({ index, start, key }, at) => {
            const row = sorted[index];
            if (!row) return null;
            return (
              <Fragment key={key}>
                <Gap height={start - (shown[at - 1]?.end ?? 0)} />
                <tr
                  ref={virtualizer.measureElement}
                  data-index={index}
                  aria-rowindex={index + 2}
                  className={classes.row}
                  {...(onOpen && {
                    tabIndex: index === Math.min(active, last) ? 0 : -1,
                    'aria-selected': row.id === openId,
                    onFocus: () => setActive(index),
                    onClick: (event: MouseEvent) => !isOnControl(event) && onOpen(row.original),
                    'data-opens': true,
                  })}
                >
                  {columns.map(({ id, cell, value, align }) => (
                    <td key={id} align={align}>
                      {cell ? cell(row.original) : value(row.original)}
                    </td>
                  ))}
                </tr>
              </Fragment>
            );
          })}
          <Gap height={virtualizer.getTotalSize() - (shown.at(-1)?.end ?? 0)} />
        </tbody>
      </table>
    </div>
  );
}

/** Stands for rows that are not drawn. */
function Gap({ height }: { readonly height: number }) {
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without tabindex takes no focus
  return height > 0 ? <tr aria-hidden="true" className={classes.gap} style={{ height }} /> : null;
}

function definitionOf<Row extends object>({
  id,
  value,
  isSortable = true,
}: Column<Row>): ColumnDef<typeof features, Row> {
  return {
    id,
    accessorFn: (row: Row) => value(row) ?? undefined,
    enableSorting: isSortable,
    sortUndefined: 'last',
    sortFn: (a, b, of) => compareValues(a.getValue(of), b.getValue(of)),
  };
}

/** Whether a press or click is meant for something in the row, and not for the row. */
function isOnControl({ target }: { readonly target: EventTarget }): boolean {
  return target instanceof Element && target.closest('a, button, input, select, textarea, label') !== null;
}
