import { Button, Group, Text } from '@mantine/core';
import { IconPlayerTrackNext } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { contract, type ReviewStage } from '../../../../src/server/contract/index.ts';
import { ApiProblem, useChange } from '../../api/index.ts';
import { useKeys } from '../../parts/index.ts';
import { useMay } from '../../session/session.ts';

const NEXT = {
  screening: contract.nextScreening,
  abstraction: contract.nextAbstraction,
  adjudication: contract.nextAdjudication,
} as const;

interface Of {
  readonly study: string;
  readonly stage: ReviewStage;
  /** The chart that is open, which is passed over. */
  readonly subject?: string;
}

/** Takes the next chart of a stage and opens it. */
export function useNextChart({ study, stage, subject }: Of) {
  const navigate = useNavigate();
  const may = useMay();
  // The three are alike but for who may call them.
  const route = NEXT[stage] as typeof contract.nextScreening;
  const { mutateAsync, isPending, error, data } = useChange(route, { touches: ['reviewQueue', 'study'] });
  const take = async (): Promise<void> => {
    const body = subject === undefined ? {} : { except: [subject] };
    try {
      const next = await mutateAsync({ params: { study }, body });
      if (next.subject !== null) await navigate(`/studies/${study}/${stage}/${next.subject}`);
    } catch (failed) {
      if (!(failed instanceof ApiProblem)) throw failed;
    }
  };
  return {
    take,
    isPending,
    error,
    isEmpty: data?.subject === null,
    isReader: may.inStudy(study, NEXT[stage].access.study),
  };
}

/** The way to the next chart, without going back to the list. */
export function NextChart({ next }: { readonly next: ReturnType<typeof useNextChart> }) {
  const { take, isPending, error, isEmpty, isReader } = next;
  useKeys('Charts', isReader ? [{ keys: ['Shift+n'], label: 'Take the next chart', do: () => void take() }] : []);
  if (!isReader) return null;
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm" role="status" c={error ? 'var(--mantine-color-error)' : 'dimmed'}>
        {error?.message ?? (isEmpty && 'Nothing else waits for you')}
      </Text>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlayerTrackNext size={14} aria-hidden />}
        loading={isPending}
        onClick={() => void take()}
      >
        Next chart
      </Button>
    </Group>
  );
}
