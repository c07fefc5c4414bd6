import { Badge, Card, Group, Stack, Text, Title } from '@mantine/core';
import { contract, type RouteOutput } from '../../../../src/server/contract/index.ts';
import { useRoute } from '../../api/index.ts';
import { dateTimeOf, EmptyState, ErrorState, Loading } from '../../parts/index.ts';
import { CompareSnapshots } from './compare-snapshots.tsx';
import { Figures } from './figures.tsx';
import { countText, sizeText } from './size-text.ts';

type Snapshot = RouteOutput<typeof contract.snapshots>['items'][number];

/** Every state that the records have been in. */
export function Snapshots() {
  const { data, error, refetch } = useRoute(contract.snapshots);
  if (!data)
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} />
    ) : (
      <Loading what="Comparing the snapshots" />
    );
  if (data.items.length === 0)
    return <EmptyState title="No snapshot yet">The first import makes the first one.</EmptyState>;
  return (
    <Stack>
      {data.items.length > 1 && <CompareSnapshots snapshots={data.items} />}
      {data.items.map((snapshot) => (
        <SnapshotCard key={snapshot.snapshot} snapshot={snapshot} />
      ))}
    </Stack>
  );
}

function SnapshotCard({ snapshot: one }: { readonly snapshot: Snapshot }) {
  const { snapshot, isCurrent, at, kind, tables, bytes, ownBytes, studies } = one;
  return (
    <Card withBorder component="article">
      <Group gap="xs" mb="xs">
        <Title order={2}>{snapshot}</Title>
        {isCurrent && (
          <Badge variant="light" c="var(--mantine-color-text)" tt="none">
            current
          </Badge>
        )}
        <Text c="dimmed">
          {kind === null ? 'import unknown' : `import ${kind}`}
          {at !== null && `, ${dateTimeOf(at)}`} · {sizeText(bytes)}, {sizeText(ownBytes)} its own · studies:{' '}
          {studies.join(', ') || 'none'}
        </Text>
      </Group>
      <Figures
        label={`Rows of snapshot ${snapshot}`}
        heads={['Table', 'Rows', 'Came', 'Went']}
        rows={tables.map(({ table, rows, added, removed }) => [
          table,
          countText(rows),
          added === 0 ? '' : `+${countText(added)}`,
          removed === 0 ? '' : `−${countText(removed)}`,
        ])}
      />
    </Card>
  );
}
