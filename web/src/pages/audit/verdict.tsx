import { Alert, Button, Group, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import type { contract, RouteOutput } from '../../../../src/server/contract/index.ts';

interface VerdictProps {
  readonly verdict: RouteOutput<typeof contract.verifyStudyAudit>;
  readonly onHold: (head: string) => void;
}

/** Whether the chain of a trail holds, and its head, to be kept elsewhere; held against one that was kept, if there is one. */
export function Verdict({ verdict, onHold }: VerdictProps) {
  const [kept, setKept] = useState('');
  const { ok, rows, firstBroken, head } = verdict;
  return (
    <Alert role="status" mb="sm" color={ok ? 'green' : 'red'} title={ok ? 'The chain holds.' : 'The chain is broken.'}>
      {ok ? (
        <Text style={{ overflowWrap: 'anywhere' }}>
          {rows} rows are as they were written. Keep the head elsewhere, since it shows later whether rows were cut off:
          {head}
        </Text>
      ) : (
        <Text>
          Row {firstBroken} is not as it was written, or is gone. Keep the files as they are, and compare them with a
          backup.
        </Text>
      )}
      <form
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          onHold(kept.trim());
        }}
      >
        <Group mt="xs" align="flex-end">
          <TextInput
            label="A head that you kept"
            style={{ flex: 1 }}
            required
            pattern="\s*\d+:[0-9a-f]{64}\s*"
            value={kept}
            onChange={(event) => setKept(event.currentTarget.value)}
          />
          <Button type="submit" variant="default">
            Hold against it
          </Button>
        </Group>
      </form>
    </Alert>
  );
}
