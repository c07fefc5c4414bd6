import { Alert, Badge, Button, Code, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { contract, type ReleaseProof, type RouteOutput } from '../../../../src/server/contract/index.ts';
import { call, saveFile, useJob, useRoute } from '../../api/index.ts';
import { dateTimeOf, EmptyState, ErrorState, JobProgress, Loading } from '../../parts/index.ts';
import { useMay } from '../../session/session.ts';
import classes from './results.module.css';

type Release = RouteOutput<typeof contract.releases>['items'][number];

/** What was released, and making the next one. */
export function Releases({ study, isLocked }: { readonly study: string; readonly isLocked: boolean }) {
  const { data, error, refetch } = useRoute(contract.releases, { params: { study } });
  const may = useMay();
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading what="Looking" />;
  return (
    <Stack>
      {may.inStudy(study, 'release.make') && <MakeRelease study={study} isLocked={isLocked} />}
      {data.items.length === 0 && <EmptyState title="Nothing was released yet" />}
      {data.items.map((release) => (
        <ReleaseCard
          key={release.id}
          study={study}
          release={release}
          mayTake={may.inStudy(study, 'release.download')}
        />
      ))}
    </Stack>
  );
}

function MakeRelease({ study, isLocked }: { readonly study: string; readonly isLocked: boolean }) {
  const [reason, setReason] = useState('');
  const work = useJob<typeof contract.makeRelease, unknown>(contract.makeRelease, { isChange: true });
  const body = reason.trim() === '' ? {} : { acceptChanges: reason };
  return (
    <Stack gap="xs" maw={640}>
      <Text>
        A release locks the review as it is and holds tables, figures, text, the data set without what tells who
        somebody is, and the script of its statistics.
      </Text>
      <TextInput
        label="Why numbers of the text may be others than those approved"
        description="Only if they moved; the reason is kept"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group>
        <Button loading={work.isRunning} disabled={!isLocked} onClick={() => work.begin({ params: { study }, body })}>
          Release
        </Button>
        {!isLocked && <Text c="dimmed">The review is not finished.</Text>}
      </Group>
      {work.error && <ErrorState error={work.error} />}
      {work.isRunning && <JobProgress job={work.job} what="Releasing" />}
    </Stack>
  );
}

function ReleaseCard({
  study,
  release,
  mayTake,
}: {
  readonly study: string;
  readonly release: Release;
  readonly mayTake: boolean;
}) {
  const { id, at, by, protocolVersion, snapshot, lock, isThere, isCurrent, files, seal } = release;
  const work = useJob<typeof contract.verifyRelease, ReleaseProof>(contract.verifyRelease);
  const params = { study, release: id };
  const [failed, setFailed] = useState<unknown>();
  const save = async (): Promise<void> => {
    setFailed(undefined);
    try {
      saveFile(await call(contract.releaseBundle, { params }));
    } catch (error) {
      setFailed(error);
    }
  };
  return (
    <section className={classes.card} aria-label={`Release ${id}`}>
      <Group justify="space-between" align="flex-start">
        <div>
          <Group gap="xs">
            <Text fw={600}>{id}</Text>
            <Badge variant="light" color={isCurrent ? 'green' : 'gray'} tt="none">
              {isCurrent ? 'Says what the results say' : 'The results say something else now'}
            </Badge>
          </Group>
          <Text size="sm" c="dimmed">
            {dateTimeOf(at)}, {by} · protocol {protocolVersion} · records {snapshot.slice(0, 12)} · lock{' '}
            {lock.slice(0, 12)}
            {isThere && ` · ${files} files`}
          </Text>
          {seal && (
            <Text size="sm">
              Seal <Code>{seal}</Code>
            </Text>
          )}
        </div>
        {isThere && mayTake && (
          <Group gap="xs">
            <Button variant="default" loading={work.isRunning} onClick={() => work.begin({ params })}>
              Verify
            </Button>
            <Button onClick={() => void save()}>Download</Button>
          </Group>
        )}
      </Group>
      {!isThere && <Text mt="xs">Its folder was removed. Releasing the same again brings it back.</Text>}
      {failed !== undefined && <ErrorState error={failed} />}
      {work.error && <ErrorState error={work.error} />}
      {work.isRunning && <JobProgress job={work.job} what="Verifying" />}
      {work.result && <Proof proof={work.result} />}
    </section>
  );
}

function Proof({ proof: { ok, isAsReleased, checked, notes, problems } }: { readonly proof: ReleaseProof }) {
  return (
    <Alert
      mt="sm"
      color={ok ? 'green' : 'red'}
      title={ok ? 'It is whole, and it follows from its data' : 'It is not what was released'}
    >
      <ul>
        {!isAsReleased && <li>The audit trail tells of another manifest.</li>}
        {problems.map(({ place, message }) => (
          <li key={place + message}>
            {place}: {message}
          </li>
        ))}
        {[...checked, ...notes].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Alert>
  );
}
