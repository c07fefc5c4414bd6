import { Badge, Button, SegmentedControl } from '@mantine/core';
import { IconPlayerTrackNext } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { z } from 'zod';
import { type ChartState, contract, type queueItem, type ReviewStage } from '../../../../src/server/contract/index.ts';
import { usePages, useRoute } from '../../api/index.ts';
import { type Column, DataTable, EmptyState, ErrorState, Loading, PageTitle, useKeys } from '../../parts/index.ts';
import { useNextChart } from '../reading/next-chart.tsx';

type QueueItem = z.infer<typeof queueItem>;

interface Stage {
  readonly title: string;
  /** What there is to do, where nothing waits. */
  readonly empty: string;
}

const STAGES: Readonly<Record<ReviewStage, Stage>> = {
  screening: {
    title: 'Screening',
    empty: 'Charts come here once the candidates are identified; those that a rule leaves out are not read.',
  },
  abstraction: {
    title: 'Abstraction',
    empty: 'Charts come here once their screening is settled and nothing leaves them out.',
  },
  adjudication: {
    title: 'Adjudication',
    empty: 'Charts come here when those who abstracted them have entered something different.',
  },
};

const STATES: Readonly<Record<ChartState, string>> = {
  mine: 'Begun by me',
  waiting: 'Waiting',
  'in-progress': 'Read by others',
  done: 'Done',
  closed: 'Closed',
};

const COLUMNS: readonly Column<QueueItem>[] = [
  { id: 'subject', header: 'Subject', value: ({ subject }) => subject, width: '120px' },
  {
    id: 'state',
    header: 'State',
    value: ({ state }) => STATES[state],
    cell: ({ state }) => (
      <Badge variant={state === 'mine' ? 'filled' : 'light'} color={state === 'closed' ? 'gray' : 'blue'} tt="none">
        {STATES[state]}
      </Badge>
    ),
  },
  {
    id: 'readers',
    header: 'Read by',
    value: ({ readers }) => readers?.map(({ reviewer, state }) => `${reviewer} (${state})`).join(', '),
  },
];

/** The charts of a stage: take the next one, or open one. */
export function QueuePage({ stage }: { readonly stage: ReviewStage }) {
  const { study = '' } = useParams();
  const { title, empty } = STAGES[stage];
  const navigate = useNavigate();
  const [shown, setShown] = useState<ChartState | 'all'>('all');
  const query = shown === 'all' ? {} : { state: shown };
  const list = usePages(contract.reviewQueue, { params: { study, stage }, query });
  const counts = useRoute(contract.reviewQueue, { params: { study, stage }, query: { limit: 1 } });
  const next = useNextChart({ study, stage });
  const open = (subject: string) => void navigate(`/studies/${study}/${stage}/${subject}`);
  useKeys(
    title,
    next.isReader ? [{ keys: ['Enter', 'Shift+n'], label: 'Take the next chart', do: () => void next.take() }] : [],
  );
  if (list.error) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <Loading what="Loading the charts" />;
  const of = counts.data?.counts;
  return (
    <>
      <PageTitle
        title={title}
        actions={
          next.isReader && (
            <Button
              leftSection={<IconPlayerTrackNext size={16} aria-hidden />}
              onClick={() => void next.take()}
              loading={next.isPending}
            >
              Next chart
            </Button>
          )
        }
      >
        {next.isEmpty && `Nothing waits for you. ${empty}`}
      </PageTitle>
      {next.error && <ErrorState error={next.error} onRetry={() => void next.take()} />}
      <SegmentedControl
        mb="sm"
        aria-label="Which charts are shown"
        value={shown}
        onChange={(value) => setShown(value as ChartState | 'all')}
        data={[
          { value: 'all', label: 'All' },
          ...(Object.keys(STATES) as ChartState[])
            .filter((state) => (of?.[state] ?? 0) > 0)
            .map((state) => ({ value: state, label: `${STATES[state]} (${of?.[state] ?? 0})` })),
        ]}
      />
      {list.items.length === 0 ? (
        <EmptyState title="No charts">{empty}</EmptyState>
      ) : (
        <DataTable
          label={`Charts: ${title}`}
          rows={list.items}
          columns={list.items.some(({ readers }) => readers) ? COLUMNS : COLUMNS.filter(({ id }) => id !== 'readers')}
          rowId={({ subject }) => subject}
          onOpen={({ subject }) => open(subject)}
          onEnd={() => void (list.hasNextPage && !list.isFetchingNextPage && list.fetchNextPage())}
        />
      )}
    </>
  );
}
