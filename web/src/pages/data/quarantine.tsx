import { Button, Code, Group, Modal, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useCallback, useState } from 'react';
import { contract, type ImportView, type RouteOutput } from '../../../../src/server/contract/index.ts';
import { useChange, usePages } from '../../api/index.ts';
import { type Column, DataTable, ErrorState, Loading } from '../../parts/index.ts';
import { useMay } from '../../session/session.ts';

type Line = RouteOutput<typeof contract.quarantine>['items'][number];

const columns: readonly Column<Line>[] = [
  { id: 'place', header: 'Where', value: ({ file, line }) => `${file}:${line}`, isSortable: false, width: '26%' },
  { id: 'type', header: 'Kind', value: ({ type }) => type, isSortable: false, width: '15%' },
  { id: 'reason', header: 'Why', value: ({ reason }) => reason, isSortable: false, width: '18%' },
  {
    id: 'words',
    header: 'In words',
    value: ({ words, element }) => (element === null ? words : `${words} (${element})`),
    isSortable: false,
  },
];

/** The lines of an import that could not be read: where and why. What one says is shown on request. */
export function Quarantine({ report: { id, reasons } }: { readonly report: ImportView }) {
  const [reason, setReason] = useState('');
  const [open, setOpen] = useState<Line>();
  const query = reason === '' ? {} : { reason };
  const { items, error, isPending, hasNextPage, fetchNextPage } = usePages(contract.quarantine, {
    params: { import: id },
    query,
  });
  const onEnd = useCallback(() => {
    if (hasNextPage) void fetchNextPage();
  }, [hasNextPage, fetchNextPage]);
  return (
    <section aria-labelledby="quarantine">
      <Group justify="space-between" mb="xs" align="flex-end">
        <Title order={3} id="quarantine">
          Lines in quarantine
        </Title>
        <NativeSelect
          label="Why"
          data={[{ value: '', label: 'Every reason' }, ...reasons.map((one) => one.reason)]}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </Group>
      {error && <ErrorState error={error} />}
      {isPending && <Loading what="Loading the lines" />}
      {items.length > 0 && (
        <DataTable
          label="Lines in quarantine"
          rows={items}
          columns={columns}
          rowId={({ at }) => String(at)}
          onOpen={setOpen}
          openId={open && String(open.at)}
          onEnd={onEnd}
          maxHeight="320px"
        />
      )}
      <Modal
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        title={open && `${open.file}:${open.line}`}
        size="xl"
        zIndex={280}
      >
        {open && <LineOfFile key={open.at} id={id} line={open} />}
      </Modal>
    </section>
  );
}

function LineOfFile({ id, line: { at, words } }: { readonly id: string; readonly line: Line }) {
  const mayOpen = useMay().inWorkspace('data.manage');
  const show = useChange(contract.openQuarantined, { touches: ['workspaceAudit'] });
  return (
    <Stack>
      <Text>{words}</Text>
      {!show.data && mayOpen && (
        <>
          <Text>
            What the line says may name a patient. It is read from the file in the inbox, and the audit trail will have
            that you looked.
          </Text>
          <Group>
            <Button loading={show.isPending} onClick={() => show.mutate({ params: { import: id }, body: { at } })}>
              Show the line
            </Button>
          </Group>
        </>
      )}
      {show.error && <ErrorState error={show.error} />}
      {show.data && (
        <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
          {show.data.text}
        </Code>
      )}
      {show.data && !show.data.isWhole && <Text c="dimmed">The line is longer; this is its beginning.</Text>}
    </Stack>
  );
}
