import { Alert, Tabs } from '@mantine/core';
import { useParams } from 'react-router';
import { contract } from '../../../../src/server/contract/index.ts';
import { useRoute } from '../../api/index.ts';
import { ErrorState, Loading, PageTitle, useShown } from '../../parts/index.ts';
import { Account } from './account.tsx';
import { Disclosure } from './disclosure.tsx';
import { Figures } from './figures.tsx';
import { ManuscriptText } from './manuscript-text.tsx';
import { PrintedTable, type Tracing } from './printed-table.tsx';
import { Releases } from './releases.tsx';
import { Sensitivity } from './sensitivity.tsx';
import { TraceDrawer } from './trace-drawer.tsx';

/** What the study comes to: tables whose numbers lead to their sentences, figures, the text, and what leaves. */
export function Page() {
  const { study = '' } = useParams();
  const [tab = 'tables', setTab] = useShown('show');
  const [cell, setCell] = useShown('cell');
  const { data, error, refetch } = useRoute(contract.results, { params: { study } });
  if (!data) {
    return error ? (
      <>
        <PageTitle title="Results" />
        <ErrorState error={error} onRetry={() => void refetch()} />
      </>
    ) : (
      <Loading what="Counting" />
    );
  }
  const { facts, account, tables, mayTrace } = data;
  const tracing: Tracing = mayTrace ? { onTrace: setCell } : {};
  return (
    <>
      <PageTitle title="Results">
        Protocol {facts.protocolVersion} · records {facts.snapshot.slice(0, 12)} ·{' '}
        {facts.lock === null ? 'not locked' : `lock ${facts.lock.slice(0, 12)}`}
      </PageTitle>
      {facts.open > 0 && (
        <Alert color="yellow" mb="md" title="The review is not finished">
          {facts.open === 1 ? 'One answer is' : `${facts.open} answers are`} open. Every number may still change, and
          nothing can be released.
        </Alert>
      )}
      <Tabs value={tab} onChange={(next) => setTab(next ?? undefined)} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="tables">Tables</Tabs.Tab>
          <Tabs.Tab value="figures">Statistics and figures</Tabs.Tab>
          <Tabs.Tab value="sensitivity">Other definitions</Tabs.Tab>
          <Tabs.Tab value="text">Text</Tabs.Tab>
          <Tabs.Tab value="disclosure">Disclosure</Tabs.Tab>
          <Tabs.Tab value="releases">Releases</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="tables">
          <Account {...account} />
          {tables.map((table) => (
            <PrintedTable key={table.id} table={table} {...tracing} />
          ))}
        </Tabs.Panel>
        <Tabs.Panel value="figures">
          <Figures study={study} {...tracing} />
        </Tabs.Panel>
        <Tabs.Panel value="sensitivity">
          <Sensitivity study={study} />
        </Tabs.Panel>
        <Tabs.Panel value="text">
          <ManuscriptText study={study} {...tracing} />
        </Tabs.Panel>
        <Tabs.Panel value="disclosure">
          <Disclosure study={study} />
        </Tabs.Panel>
        <Tabs.Panel value="releases">
          <Releases study={study} isLocked={facts.lock !== null} />
        </Tabs.Panel>
      </Tabs>
      {mayTrace && <TraceDrawer study={study} cell={cell} onClose={() => setCell(undefined)} />}
    </>
  );
}
