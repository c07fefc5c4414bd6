import { Button, Menu, Text } from '@mantine/core';
import { useCallback } from 'react';
import type { contract, RouteOutput } from '../../../../src/server/contract/index.ts';
import { type Column, DataTable, dateTimeOf, EmptyState, ErrorState, Loading, PageTitle } from '../../parts/index.ts';
import { detailText } from './detail-text.ts';
import { FilterFields } from './filter-fields.tsx';
import { Verdict } from './verdict.tsx';

type AuditRow = RouteOutput<typeof contract.studyAudit>['items'][number];

/** Which rows; all of them where nothing is said. */
export interface TrailFilter {
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Something that was asked of the server, and how it stands. */
interface Asked {
  readonly isPending: boolean;
  readonly error: unknown;
}

interface TrailProps {
  readonly title: string;
  /** What the trail tells of. */
  readonly lead: string;
  readonly filter: TrailFilter;
  readonly onFilter: (filter: TrailFilter) => void;
  readonly list: Asked & {
    readonly items: readonly AuditRow[];
    readonly hasNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
    readonly refetch: () => Promise<unknown>;
  };
  readonly exporting: Asked;
  readonly onExport: (format: 'csv' | 'ndjson') => void;
  readonly verifying: Asked & { readonly data: RouteOutput<typeof contract.verifyStudyAudit> | undefined };
  readonly onVerify: (head?: string) => void;
}

// In the order in which it was written, newest first: another order would need all of it.
const columns: readonly Column<AuditRow>[] = [
  { id: 'seq', header: 'No.', value: ({ seq }) => seq, width: '70px', align: 'right', isSortable: false },
  {
    id: 'at',
    header: 'When',
    value: ({ at }) => at,
    cell: ({ at }) => dateTimeOf(at),
    width: '145px',
    isSortable: false,
  },
  { id: 'actor', header: 'Who', value: ({ actor }) => actor, width: '14%', isSortable: false },
  { id: 'action', header: 'Did what', value: ({ action }) => action, width: '18%', isSortable: false },
  { id: 'subject', header: 'To whom or what', value: ({ subject }) => subject, width: '18%', isSortable: false },
  {
    id: 'detail',
    header: 'Detail',
    value: ({ detail }) => detailText(detail),
    cell: ({ detail }) => (
      <Text inherit style={{ overflowWrap: 'anywhere' }}>
        {detailText(detail)}
      </Text>
    ),
    isSortable: false,
  },
];

/** An audit trail: filtered, as a file, and held against its own chain. */
export function Trail(props: TrailProps) {
  const { title, lead, filter, onFilter, list, exporting, onExport, verifying, onVerify } = props;
  const { items, error, isPending, hasNextPage, fetchNextPage, refetch } = list;
  const onEnd = useCallback(() => {
    if (hasNextPage) void fetchNextPage();
  }, [hasNextPage, fetchNextPage]);
  return (
    <>
      <PageTitle
        title={title}
        actions={
          <>
            <Button variant="default" loading={verifying.isPending} onClick={() => onVerify()}>
              Verify the chain
            </Button>
            <Menu>
              <Menu.Target>
                <Button variant="default" loading={exporting.isPending}>
                  Export
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => onExport('csv')}>CSV, for a spreadsheet</Menu.Item>
                <Menu.Item onClick={() => onExport('ndjson')}>NDJSON, for a program</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        }
      >
        {lead}
      </PageTitle>
      {verifying.data && <Verdict verdict={verifying.data} onHold={onVerify} />}
      {[verifying.error, exporting.error].map((failed) => failed && <ErrorState key={String(failed)} error={failed} />)}
      <FilterFields filter={filter} onFilter={onFilter} rows={items} />
      {Boolean(error) && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading what="Loading the trail" />}
      {!isPending && !error && items.length === 0 && (
        <EmptyState title="No row fits">
          The trail has nothing of this. A name counts whole; of an action its beginning up to a dot is enough.
        </EmptyState>
      )}
      {items.length > 0 && (
        <DataTable
          label="Audit trail, newest first"
          rows={items}
          columns={columns}
          rowId={({ seq }) => String(seq)}
          onEnd={onEnd}
          maxHeight="calc(100dvh - 250px)"
        />
      )}
    </>
  );
}
