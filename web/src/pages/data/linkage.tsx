import { Checkbox, Drawer, Group, Stack, Text } from '@mantine/core';
import { useCallback, useState } from 'react';
import { contract, type RouteOutput } from '../../../../src/server/contract/index.ts';
import { usePages } from '../../api/index.ts';
import { type Column, DataTable, EmptyState, ErrorState, Loading } from '../../parts/index.ts';
import { LinkageRow } from './linkage-row.tsx';

type Row = RouteOutput<typeof contract.openLinkage>['items'][number];

const columns: readonly Column<Row>[] = [
  { id: 'row', header: 'Row', value: ({ row }) => row, width: '20%' },
  { id: 'place', header: 'Where', value: ({ file, line }) => `${file}:${line}`, width: '20%' },
  { id: 'reason', header: 'Why not linked', value: ({ reason }) => reason, width: '18%' },
  {
    id: 'candidates',
    header: 'May be',
    value: ({ candidates }) =>
      candidates.map(({ person, score }) => `${person} (${score.toFixed(1)})`).join(', ') || 'nobody is proposed',
  },
];

/** Rows of tables whose person is not certain, for the steward to decide. */
export function Linkage() {
  const [isAll, setIsAll] = useState(false);
  const [open, setOpen] = useState<Row>();
  const query = isAll ? { all: 'true' } : {};
  const { items, error, isPending, hasNextPage, fetchNextPage, refetch } = usePages(contract.openLinkage, { query });
  const onEnd = useCallback(() => {
    if (hasNextPage) void fetchNextPage();
  }, [hasNextPage, fetchNextPage]);
  return (
    <Stack>
      <Group justify="space-between">
        <Text c="dimmed">Names are shown when you open a row; the audit trail has who looked.</Text>
        <Checkbox
          label="Also rows for which nobody is proposed"
          checked={isAll}
          onChange={({ currentTarget }) => setIsAll(currentTarget.checked)}
        />
      </Group>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading what="Loading the rows" />}
      {!isPending && !error && items.length === 0 && (
        <EmptyState title="No row waits for a decision">
          After an import of a table, rows whose person is not certain are here.
        </EmptyState>
      )}
      {items.length > 0 && (
        <DataTable
          label="Rows without a certain person"
          rows={items}
          columns={columns}
          rowId={({ row }) => row}
          openId={open?.row}
          onOpen={setOpen}
          onEnd={onEnd}
          maxHeight="calc(100dvh - 260px)"
        />
      )}
      <Drawer
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        position="right"
        size="75%"
        title={open && `${open.file}:${open.line}`}
      >
        {open && <LinkageRow key={open.row} row={open.row} onDecided={() => setOpen(undefined)} />}
      </Drawer>
    </Stack>
  );
}
