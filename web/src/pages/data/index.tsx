import { Tabs } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { PageTitle } from '../../parts/index.ts';
import { Imports } from './imports.tsx';
import { Linkage } from './linkage.tsx';
import { Moves } from './moves.tsx';
import { Quality } from './quality.tsx';
import { Snapshots } from './snapshots.tsx';

const TABS = { imports: Imports, linkage: Linkage, quality: Quality, snapshots: Snapshots, studies: Moves } as const;
const NAMES: Readonly<Record<keyof typeof TABS, string>> = {
  imports: 'Imports',
  linkage: 'Linkage to confirm',
  quality: 'Quality',
  snapshots: 'Snapshots',
  studies: 'Studies',
};

/** The records of the workspace, for their steward. Which tab is open is in the address. */
export function Page() {
  const [asked, setAsked] = useSearchParams();
  const open = keys.find((key) => key === asked.get('tab')) ?? 'imports';
  return (
    <>
      <PageTitle title="Data">
        The records of this workspace: what came in, what could not be read, what changed
      </PageTitle>
      <Tabs value={open} onChange={(tab) => setAsked(tab === null ? {} : { tab })} keepMounted={false}>
        <Tabs.List mb="md">
          {keys.map((key) => (
            <Tabs.Tab key={key} value={key}>
              {NAMES[key]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {keys.map((key) => {
          const Content = TABS[key];
          return (
            <Tabs.Panel key={key} value={key}>
              <Content />
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </>
  );
}

const keys = Object.keys(TABS) as (keyof typeof TABS)[];
