import { Alert, Tabs } from '@mantine/core';
import { useLocation, useParams } from 'react-router';
import { contract } from '../../../../src/server/contract/index.ts';
import { useRoute } from '../../api/index.ts';
import { ErrorState, Loading, PageTitle, useShown } from '../../parts/index.ts';
import { useMay } from '../../session/session.ts';
import { NewVersion } from './new-version.tsx';
import { Summary } from './summary.tsx';
import { Versions } from './versions.tsx';
import { YamlLines } from './yaml-lines.tsx';

/** The protocol in force, its history, and a new version with what it would change. */
export function Page() {
  const { study = '' } = useParams();
  const draft = draftIn(useLocation().state);
  const [tab = draft === undefined ? 'read' : 'new', setTab] = useShown('show');
  const { data, error, refetch } = useRoute(contract.protocol, { params: { study } });
  const mayChange = useMay().inStudy(study, 'protocol.change');
  if (!data) {
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} />
    ) : (
      <Loading what="Loading the protocol" />
    );
  }
  const { version, sha256, yaml, summary, isRunStale } = data;
  return (
    <>
      <PageTitle title="Protocol">
        {summary.title} · version {version} · {sha256.slice(0, 12)}
      </PageTitle>
      {isRunStale && (
        <Alert color="yellow" mb="md" title="The candidates are not those of this version">
          Identify them on the page of the cohort: results are told only of candidates that the protocol in force found.
        </Alert>
      )}
      <Tabs value={tab} onChange={(next) => setTab(next ?? undefined)} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="read">To read</Tabs.Tab>
          <Tabs.Tab value="yaml">As written</Tabs.Tab>
          <Tabs.Tab value="versions">Versions</Tabs.Tab>
          {mayChange && <Tabs.Tab value="new">New version</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="read">
          <Summary summary={summary} />
        </Tabs.Panel>
        <Tabs.Panel value="yaml">
          <YamlLines label="The protocol as it is written" yaml={yaml} />
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <Versions study={study} />
        </Tabs.Panel>
        {mayChange && (
          <Tabs.Panel value="new">
            <NewVersion study={study} inForce={data} draft={draft} onRegistered={() => setTab('read')} />
          </Tabs.Panel>
        )}
      </Tabs>
    </>
  );
}

/** A draft that a page gives on the way here, such as that of the search. */
function draftIn(state: unknown): string | undefined {
  const draft = typeof state === 'object' && state !== null && 'draft' in state ? state.draft : undefined;
  return typeof draft === 'string' ? draft : undefined;
}
