import { Button, Drawer, Group, Stack } from '@mantine/core';
import { useCallback, useState } from 'react';
import { contract, type ImportView } from '../../../../src/server/contract/index.ts';
import { usePages } from '../../api/index.ts';
import { type Column, DataTable, dateTimeOf, EmptyState, ErrorState, Loading } from '../../parts/index.ts';
import { useMay } from '../../session/session.ts';
import { Account } from './account.tsx';
import { ImportFiles } from './import-files.tsx';
import { Quarantine } from './quarantine.tsx';
import { countText } from './size-text.ts';

const columns: readonly Column<ImportView>[] = [
  { id: 'at', header: 'When', value: ({ at }) => at, cell: ({ at }) => dateTimeOf(at), width: '150px' },
  { id: 'kind', header: 'Kind', value: ({ kind }) => kind, width: '90px' },
  { id: 'files', header: 'Files', value: ({ files }) => filesText(files) },
  {
    id: 'lines',
    header: 'Lines',
    value: ({ lines }) => lines,
    cell: (one) => countText(one.lines),
    align: 'right',
    width: '100px',
  },
  {
    id: 'stored',
    header: 'Stored',
    value: ({ stored }) => stored,
    cell: (one) => countText(one.stored),
    align: 'right',
    width: '100px',
  },
  {
    id: 'quarantined',
    header: 'In quarantine',
    value: ({ quarantined }) => quarantined,
    cell: (one) => countText(one.quarantined),
    align: 'right',
    width: '130px',
  },
  {
    id: 'snapshot',
    header: 'Snapshot',
    value: ({ snapshot, changed }) => (changed ? snapshot : `${snapshot} (nothing new)`),
    width: '210px',
  },
];

/** What was imported, and importing more. */
export function Imports() {
  const { items, error, isPending, hasNextPage, fetchNextPage, refetch } = usePages(contract.imports);
  const mayImport = useMay().inWorkspace('data.manage');
  const [openId, setOpenId] = useState<string>();
  const [isImporting, setIsImporting] = useState(false);
  const onEnd = useCallback(() => {
    if (hasNextPage) void fetchNextPage();
  }, [hasNextPage, fetchNextPage]);
  const open = items.find(({ id }) => id === openId);
  return (
    <Stack>
      {mayImport && !isImporting && (
        <Group>
          <Button onClick={() => setIsImporting(true)}>Import files</Button>
        </Group>
      )}
      {isImporting && <ImportFiles onClose={() => setIsImporting(false)} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading what="Loading the imports" />}
      {!isPending && !error && items.length === 0 && (
        <EmptyState title="Nothing was imported yet">
          Put a FHIR export, an OMOP CDM or tables with their mapping into the folder inbox/ of the workspace, then
          import them here. The command line imports from anywhere.
        </EmptyState>
      )}
      {items.length > 0 && (
        <DataTable
          label="Imports"
          rows={items}
          columns={columns}
          rowId={({ id }) => id}
          openId={openId}
          onOpen={({ id }) => setOpenId(id)}
          onEnd={onEnd}
          maxHeight="calc(100dvh - 280px)"
        />
      )}
      <Drawer
        opened={open !== undefined}
        onClose={() => setOpenId(undefined)}
        position="right"
        size="75%"
        title={open && `Import of ${dateTimeOf(open.at)}`}
      >
        {open && (
          <Stack>
            <Account report={open} />
            {open.quarantined > 0 && <Quarantine report={open} />}
          </Stack>
        )}
      </Drawer>
    </Stack>
  );
}

const SHOWN = 3;

function filesText(files: ImportView['files']): string {
  const more = files.length > SHOWN ? ` and ${files.length - SHOWN} more` : '';
  const names = files.slice(0, SHOWN).map(({ name }) => name);
  return `${names.join(', ')}${more}`;
}
