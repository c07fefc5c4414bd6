import { Button, Code, Drawer, Group, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { contract, type RouteOutput } from '../../../../src/server/contract/index.ts';
import { call, queryKeyOf } from '../../api/index.ts';
import { EmptyState, ErrorState, Loading } from '../../parts/index.ts';
import classes from './trace-drawer.module.css';
import { TracedSubject } from './traced-subject.tsx';

type Cell = RouteOutput<typeof contract.traceCell>;

/** Who stands behind a number, and one click further the sentences. */
export function TraceDrawer({
  study,
  cell,
  onClose,
}: {
  readonly study: string;
  readonly cell: string | undefined;
  readonly onClose: () => void;
}) {
  return (
    <Drawer
      opened={cell !== undefined}
      onClose={onClose}
      position="right"
      size={620}
      title="Behind the number"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {cell !== undefined && <Behind key={cell} study={study} cell={cell} />}
    </Drawer>
  );
}

function Behind({ study, cell }: { readonly study: string; readonly cell: string }) {
  const [subject, setSubject] = useState<string>();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [...queryKeyOf(contract.traceCell, { params: { study }, query: { cell } }), 'pages'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      call(contract.traceCell, { params: { study }, query: { cell, ...(pageParam && { cursor: pageParam }) }, signal }),
    getNextPageParam: ({ subjects }) => subjects.next ?? undefined,
  });
  const [head] = data?.pages ?? [];
  if (!head) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading what="Tracing" />;
  const subjects = data?.pages.flatMap((page) => page.subjects.items) ?? [];
  return (
    <Stack>
      <CellHead cell={head} />
      {subject === undefined ? (
        <>
          <SubjectList subjects={subjects} onOpen={setSubject} />
          {subjects.length === 0 && <EmptyState title="Nobody stands behind it" />}
          {hasNextPage && (
            <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              Show more
            </Button>
          )}
        </>
      ) : (
        <>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconChevronLeft size={16} aria-hidden />}
            onClick={() => setSubject(undefined)}
            style={{ alignSelf: 'flex-start' }}
          >
            Back to the list
          </Button>
          <TracedSubject study={study} cell={cell} subject={subject} />
        </>
      )}
    </Stack>
  );
}

function CellHead({ cell: { table, row, column, text, decidedBy } }: { readonly cell: Cell }) {
  return (
    <div>
      <Text c="dimmed">{table}</Text>
      <Title order={2}>
        {row} · {column}: {text}
      </Title>
      {decidedBy.map((expression) => (
        <Text key={expression} size="sm">
          where <Code>{expression}</Code>
        </Text>
      ))}
    </div>
  );
}

function SubjectList({
  subjects,
  onOpen,
}: {
  readonly subjects: Cell['subjects']['items'];
  readonly onOpen: (subject: string) => void;
}) {
  return (
    <ul className={classes.subjects} aria-label="Subjects behind the number">
      {subjects.map(({ subject, response, values }) => (
        <li key={subject}>
          <UnstyledButton className={classes.subject} onClick={() => onOpen(subject)}>
            <Group gap="sm" wrap="nowrap" align="flex-start">
              <Text fw={600} miw={48}>
                {subject}
              </Text>
              <div className={classes.values}>
                {response && <Text size="sm">{response}</Text>}
                {values.slice(0, SHOWN).map(({ instrument, row, field, label, value, isMissing }) => (
                  <Text key={`${instrument}/${row}/${field}`} size="sm" {...(isMissing && { fs: 'italic' })}>
                    {label}
                    {row && ` [${row}]`}: {value}
                  </Text>
                ))}
                {values.length > SHOWN && (
                  <Text size="sm" c="dimmed">
                    and {values.length - SHOWN} more
                  </Text>
                )}
              </div>
              <IconChevronRight size={16} aria-hidden />
            </Group>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}

/** How many values of a subject the list tells; the others are one click away. */
const SHOWN = 4;
