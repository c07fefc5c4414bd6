import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSelector } from '@tabler/icons-react';
import classes from './data-table.module.css';
import type { Column } from './data-table-columns.ts';

interface SortHeadProps<Row> {
  readonly column: Column<Row>;
  readonly sorted: { readonly desc: boolean } | undefined;
  readonly onSort: (desc: boolean) => void;
}

/** The head of a column, which sorts by it, and the other way round when pressed again. */
export function SortHead<Row>({ column: { header, align, isSortable = true }, sorted, onSort }: SortHeadProps<Row>) {
  if (!isSortable)
    return (
      <th scope="col" align={align}>
        {header}
      </th>
    );
  const Icon = !sorted ? IconSelector : sorted.desc ? IconChevronDown : IconChevronUp;
  const order = sorted && (sorted.desc ? 'descending' : 'ascending');
  return (
    <th scope="col" align={align} aria-sort={order ?? 'none'}>
      <UnstyledButton className={classes.sort} onClick={() => onSort(sorted ? !sorted.desc : false)}>
        {header}
        <Icon size={14} aria-hidden />
      </UnstyledButton>
    </th>
  );
}
