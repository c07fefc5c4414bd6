import { Badge, Box, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { contract, type WhyView } from '../../../../src/server/contract/index.ts';
import { useRoute } from '../../api/index.ts';
import { ErrorState } from '../../parts/error-state.tsx';
import { Loading } from '../../parts/loading.tsx';

interface WhyProps {
  readonly study: string;
  readonly subject: string;
  readonly onClose: () => void;
}

/** One person through every step: which arms found it, which exclusions hold, and what that rests on. */
export function Why({ study, subject, onClose }: WhyProps) {
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(760px, 65vw)"
      title={`Why ${subject} stands where it does`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Content study={study} subject={subject} />
    </Drawer>
  );
}

function Content({ study, subject }: Omit<WhyProps, 'onClose'>) {
  const { data, error, refetch } = useRoute(
    contract.cohortWhy,
    { params: { study, subject } },
    { staleTime: 60_000, refetchOnWindowFocus: false },
  );
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="Going through the steps" />;
  const { person, outcome, left, arms, exclusions, events } = data;
  return (
    <Stack>
      <Text>
        {person} · {outcome}
        {left !== null && `, left at ${left}`}
      </Text>
      {arms === null ? (
        <Text c="dimmed">The study is blinded to you: the arms are not shown.</Text>
      ) : (
        arms.map(({ id, label, holds, lines }) => (
          <Step
            key={id}
            title={`Arm: ${label}`}
            verdict={holds ? 'found' : 'not found'}
            isMarked={holds}
            lines={lines}
          />
        ))
      )}
      {events.length > 0 && (
        <section aria-label="Index events">
          <Title order={3}>Index events</Title>
          {events.map(({ day, left: step }) => (
            <Text key={day}>
              {day}: {step === null ? 'stays' : `left at ${step}`}
            </Text>
          ))}
        </section>
      )}
      {exclusions.map(({ id, label, holds, lines, decisions }) => (
        <Step
          key={id}
          title={`Exclusion: ${label}`}
          verdict={holds === null ? 'not known' : holds ? 'holds' : 'does not hold'}
          isMarked={holds === true}
          lines={lines}
        >
          {decisions.map(({ field, said, by, at, reason }) => (
            <Text key={`${field} ${said}`} size="sm">
              {field}: <strong>{said}</strong> ({by}
              {at.length > 0 && `, ${at.map((time) => time.slice(0, 10)).join(', ')}`}){reason !== null && ` ${reason}`}
            </Text>
          ))}
        </Step>
      ))}
    </Stack>
  );
}

interface StepProps {
  readonly title: string;
  readonly verdict: string;
  readonly isMarked: boolean;
  readonly lines: WhyView['exclusions'][number]['lines'];
  readonly children?: React.ReactNode;
}

function Step({ title, verdict, isMarked, lines, children }: StepProps) {
  return (
    <section aria-label={title}>
      <Group gap="xs">
        <Title order={3}>{title}</Title>
        <Badge variant={isMarked ? 'filled' : 'light'} color={isMarked ? 'ink' : 'gray'} tt="none">
          {verdict}
        </Badge>
      </Group>
      {lines.map(({ depth, text, holds, n, rows }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a criterion are never reordered
        <Box key={at} pl={`${depth * 1.25}rem`}>
          <Text>
            <Text span fw={600}>
              {holds ? 'yes' : 'no'}
            </Text>{' '}
            {text}
          </Text>
          {rows.map(({ source, date, text: said, codes, snippet }) => (
            <Text key={source} size="sm" c="dimmed" pl="lg" style={{ overflowWrap: 'anywhere' }}>
              {[date?.slice(0, 10) ?? 'no date', said, ...codes].filter(Boolean).join(', ')}
              {snippet !== null && `: “${snippet}”`}
            </Text>
          ))}
          {n === 0 && (
            <Text size="sm" c="dimmed" pl="lg">
              nothing in the records
            </Text>
          )}
          {n !== null && n > rows.length && rows.length > 0 && (
            <Text size="sm" c="dimmed" pl="lg">
              and {n - rows.length} more
            </Text>
          )}
        </Box>
      ))}
      {children}
    </section>
  );
}
