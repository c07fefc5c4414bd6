import { Text } from '@mantine/core';
import type { SnapshotComparison } from '../../../../src/server/contract/index.ts';
import { Figures } from './figures.tsx';
import { countText } from './size-text.ts';

/** The tables in which something changed. */
export function Changes({
  label,
  changes,
}: {
  readonly label: string;
  readonly changes: SnapshotComparison['tables'];
}) {
  if (changes.length === 0) return <Text>No table differs.</Text>;
  return (
    <Figures
      label={label}
      heads={['Rows of', 'Added', 'Removed', 'Changed']}
      rows={changes.map(({ table, added, removed, changed }) => [table, ...[added, removed, changed].map(countText)])}
    />
  );
}
