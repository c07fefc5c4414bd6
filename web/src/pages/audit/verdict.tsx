import { Alert, Text } from '@mantine/core';
import type { contract, RouteOutput } from '../../../../src/server/contract/index.ts';

/** Whether the chain of a trail holds, and its head, to be kept elsewhere. */
export function Verdict({ verdict }: { readonly verdict: RouteOutput<typeof contract.verifyStudyAudit> }) {
  const { ok, rows, firstBroken, head } = verdict;
  return (
    <Alert role="status" mb="sm" color={ok ? 'green' : 'red'} title={ok ? 'The chain holds.' : 'The chain is broken.'}>
      {ok ? (
        <Text style={{ overflowWrap: 'anywhere' }}>
          {rows} rows are as they were written. Keep the head elsewhere, since it shows later whether rows were cut off:
          row {head.seq}, {head.hash}
        </Text>
      ) : (
        <Text>
          Row {firstBroken ?? head.seq} is not as it was written, or is gone. Keep the files as they are, and compare
          them with a backup.
        </Text>
      )}
    </Alert>
  );
}
