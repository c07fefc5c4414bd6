import { Badge, Box, Button, Code, Collapse, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { type CriteriaView, contract, type ExplainedCriteria } from '../../../../src/server/contract/index.ts';
import { useJob, useRoute } from '../../api/index.ts';
import { ErrorState } from '../../parts/error-state.tsx';
import { JobProgress } from '../../parts/job-progress.tsx';
import { Loading } from '../../parts/loading.tsx';

const KINDS: Readonly<Record<CriteriaView['criteria'][number]['kind'], string>> = {
  index: 'Index event',
  arm: 'Arm',
  exclusion: 'Exclusion by rule',
  reviewers: 'Exclusion by reviewers',
};

/** Index event, arms and exclusions in plain English; counted part by part where somebody asks for it. */
export function Criteria({ study }: { readonly study: string }) {
  const { data, error, refetch } = useRoute(contract.criteria, { params: { study } });
  const counts = useJob<typeof contract.explainCohort, ExplainedCriteria>(contract.explainCohort);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="Reading the protocol" />;
  const counted = new Map(counts.result?.criteria.map((one) => [one.id, one]));
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text c="dimmed">As version {data.version} of the protocol has them.</Text>
        <Button variant="default" loading={counts.isRunning} onClick={() => counts.begin({ params: { study } })}>
          Count each part
        </Button>
      </Group>
      {counts.isRunning && <JobProgress job={counts.job} what="Counting for how many each part holds" />}
      {counts.error && <ErrorState error={counts.error} />}
      {data.criteria.map((one) => (
        <Criterion key={`${one.kind} ${one.id}`} criterion={one} counted={counted.get(one.id)} />
      ))}
    </Stack>
  );
}

interface CriterionProps {
  readonly criterion: CriteriaView['criteria'][number];
  readonly counted: ExplainedCriteria['criteria'][number] | undefined;
}

function Criterion({ criterion, counted }: CriterionProps) {
  const { label, kind, lines } = criterion;
  const [isSqlOpen, setIsSqlOpen] = useState(false);
  return (
    <Paper withBorder p="sm" component="section" aria-label={label}>
      <Group gap="xs" mb={4}>
        <Title order={2}>{label}</Title>
        <Badge variant="light" color="gray" tt="none">
          {KINDS[kind]}
        </Badge>
      </Group>
      {counted
        ? counted.lines.map(({ depth, text, persons, soFar }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a criterion are never reordered
            <Group key={at} justify="space-between" wrap="nowrap" pl={`${depth * 1.25}rem`}>
              <Text>{text}</Text>
              <Text style={{ flexShrink: 0 }}>
                {persons} persons
                {soFar !== null && (kind === 'index' ? `, ${soFar} events` : `, ${soFar} so far`)}
              </Text>
            </Group>
          ))
        : lines.map(({ depth, text }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a criterion are never reordered
            <Box key={at} pl={`${depth * 1.25}rem`}>
              {text}
            </Box>
          ))}
      {counted && (
        <>
          <Button
            size="compact-sm"
            variant="subtle"
            mt={4}
            aria-expanded={isSqlOpen}
            onClick={() => setIsSqlOpen(!isSqlOpen)}
          >
            {isSqlOpen ? 'Hide the query' : 'Show the query'}
          </Button>
          <Collapse expanded={isSqlOpen}>
            <Code block tabIndex={0}>
              {counted.sql}
            </Code>
          </Collapse>
        </>
      )}
    </Paper>
  );
}
