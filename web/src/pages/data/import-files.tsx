import { Button, Card, Group, NativeSelect, Radio, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { contract, type ImportDone } from '../../../../src/server/contract/index.ts';
import { useJob, useRoute } from '../../api/index.ts';
import { EmptyState, ErrorState, Loading } from '../../parts/index.ts';
import { JobProgress } from '../../parts/job-progress.tsx';
import { Account } from './account.tsx';
import { ChooseFiles } from './choose-files.tsx';
import { Preview } from './preview.tsx';
import { countText } from './size-text.ts';

const KINDS = { fhir: 'FHIR export', omop: 'OMOP CDM', table: 'Tables with a mapping' } as const;
type Kind = keyof typeof KINDS;

/** Imports files of the inbox: what to import, a dry run with its account, then the import. */
export function ImportFiles({ onClose }: { readonly onClose: () => void }) {
  const inbox = useRoute(contract.inbox);
  const [kind, setKind] = useState<Kind>('fhir');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [mapping, setMapping] = useState('');
  const dryRun = useJob<typeof contract.importRecords, ImportDone>(contract.importRecords);
  const doing = useJob<typeof contract.importRecords, ImportDone>(contract.importRecords, { isChange: true });
  const [dryRunOf, setDryRunOf] = useState<string>();
  const order = { paths: [...chosen], ...(kind === 'table' ? { kind, mapping } : { kind }) };
  const isReady = chosen.length > 0 && (kind !== 'table' || mapping !== '');
  const isBusy = dryRun.isRunning || doing.isRunning;
  const preview = dryRunOf === JSON.stringify(order) ? dryRun.result : undefined;
  const mappings = (inbox.data?.items ?? []).filter(({ path }) => /\.ya?ml$/i.test(path)).map(({ path }) => path);
  return (
    <Card withBorder component="section" aria-label="Import files">
      <Stack>
        <Group justify="space-between">
          <Title order={2}>Import files</Title>
          <Button variant="default" onClick={onClose}>
            {doing.result ? 'Done' : 'Close'}
          </Button>
        </Group>
        {inbox.error && <ErrorState error={inbox.error} onRetry={() => void inbox.refetch()} />}
        {inbox.isPending && <Loading what="Looking into the inbox" />}
        {inbox.data?.items.length === 0 && (
          <EmptyState
            title="The inbox is empty"
            action={
              <Button variant="default" onClick={() => void inbox.refetch()}>
                Look again
              </Button>
            }
          >
            Put the files into the folder inbox/ of the workspace on the server.
          </EmptyState>
        )}
        {inbox.data && inbox.data.items.length > 0 && !doing.result && (
          <>
            <Radio.Group label="What they are" value={kind} onChange={(value) => setKind(value as Kind)}>
              <Group mt="xs">
                {(Object.keys(KINDS) as Kind[]).map((one) => (
                  <Radio key={one} value={one} label={KINDS[one]} disabled={isBusy} />
                ))}
              </Group>
            </Radio.Group>
            <ChooseFiles inbox={inbox.data} chosen={chosen} onChoose={setChosen} isBusy={isBusy} />
            {kind === 'table' && (
              <NativeSelect
                label="Mapping"
                description="The YAML file that says what the columns mean"
                data={[{ value: '', label: 'Choose a file' }, ...mappings]}
                value={mapping}
                disabled={isBusy}
                onChange={({ currentTarget }) => setMapping(currentTarget.value)}
              />
            )}
            <Group>
              <Button
                variant={preview ? 'default' : 'filled'}
                disabled={!isReady || isBusy}
                onClick={() => {
                  setDryRunOf(JSON.stringify(order));
                  dryRun.begin({ body: { ...order, dryRun: true } });
                }}
              >
                Dry run
              </Button>
              <Button
                variant={preview ? 'filled' : 'default'}
                disabled={!preview || preview.lines === 0 || isBusy}
                onClick={() => doing.begin({ body: { ...order, dryRun: false } })}
              >
                Import
              </Button>
              <Text c="dimmed">
                {preview ? 'Look at the account first.' : 'The dry run reads everything and stores nothing.'}
              </Text>
            </Group>
          </>
        )}
        {dryRun.isRunning && <JobProgress job={dryRun.job} what="Reading the files" />}
        {doing.isRunning && <JobProgress job={doing.job} what="Importing" />}
        {dryRun.error && <ErrorState error={dryRun.error} />}
        {doing.error && <ErrorState error={doing.error} />}
        {doing.result && (
          <>
            <Account report={doing.result} />
            {doing.result.notes && (
              <Text>
                {countText(doing.result.notes.notes)} notes are indexed, {countText(doing.result.notes.added)} of them
                new. Studies stay on their snapshots until they are moved.
              </Text>
            )}
          </>
        )}
        {!doing.result && !doing.isRunning && preview && (
          <>
            <Account report={preview} />
            <Preview rows={preview.preview} />
          </>
        )}
      </Stack>
    </Card>
  );
}
