import { Badge, Stack, Text, Title } from '@mantine/core';
import { contract } from '../../../../src/server/contract/index.ts';
import { useRoute } from '../../api/index.ts';
import { ErrorState } from '../error-state.tsx';
import { Loading } from '../loading.tsx';
import classes from './chart-pane.module.css';
import type { ChartParams } from './chart-pane.tsx';
import type { ChosenEvidence } from './chart-place.ts';
import { laneNames } from './lane-names.ts';
import { useTold } from './use-told.ts';

interface RowCardProps {
  readonly params: ChartParams;
  readonly source: string;
  /** Where the page lets people cite it. */
  readonly onSelect: ((chosen: ChosenEvidence | undefined) => void) | undefined;
}

/** A row of the records, as evidence cites it: as a whole, by its source. */
export function RowCard({ params, source, onSelect }: RowCardProps) {
  const { data, error, refetch } = useRoute(contract.chartRow, { params, body: { source } });
  useTold(onSelect, data?.source, () => ({ record: source }));
  if (!data) {
    return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading what="Loading the row" />;
  }
  const { kind, date, until, text } = data;
  return (
    <Stack gap="xs" className={classes.row}>
      <Badge variant="light" color="gray" tt="none">
        {laneNames[kind]}
      </Badge>
      <Title order={2} size="h3">
        {text ?? 'Without a text'}
      </Title>
      <Text>{date === null ? 'Without a date' : until === null ? date : `${date} to ${until}`}</Text>
      <Text size="sm" c="dimmed">
        {source}
      </Text>
      {onSelect && <Text size="sm">The whole row is chosen, and can be cited as evidence.</Text>}
    </Stack>
  );
}
