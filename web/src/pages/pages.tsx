/** Every page that there is. A page is a folder here whose index exports `Page`, and a line below; nothing else knows it. */
import {
  IconChecks,
  IconFileText,
  IconFilter,
  IconFolders,
  IconLayoutDashboard,
  IconNotes,
  IconScale,
  IconSearch,
  IconTable,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { StudyPage, WorkspacePage } from './page-entry.ts';

/** The pages of the workspace, in the order of the navigation. */
export const workspacePages: readonly WorkspacePage[] = [
  {
    path: '',
    name: 'Studies',
    icon: IconFolders,
    load: () => import('./studies/index.tsx'),
  },
];

/** The pages of a study, in the order of the navigation, which is that of the work. */
export const studyPages: readonly StudyPage[] = [
  {
    path: '',
    name: 'Overview',
    icon: IconLayoutDashboard,
    needs: 'study.view',
    load: () => import('./overview/index.tsx'),
  },
  {
    path: 'protocol',
    name: 'Protocol',
    icon: IconFileText,
    needs: 'protocol.view',
    load: () => import('./protocol/index.tsx'),
  },
  {
    path: 'search',
    name: 'Search',
    icon: IconSearch,
    needs: 'search.notes',
    load: () => import('./search/index.tsx'),
  },
  {
    path: 'cohort',
    name: 'Cohort',
    icon: IconUsersGroup,
    needs: 'cohort.view',
    load: () => import('./cohort/index.tsx'),
  },
  {
    path: 'screening',
    name: 'Screening',
    icon: IconFilter,
    needs: 'chart.view',
    load: () => import('./screening/index.tsx'),
  },
  {
    path: 'screening/:subject',
    name: 'Screening',
    needs: 'chart.view',
    load: () => import('./screening/chart/index.tsx'),
  },
  {
    path: 'abstraction',
    name: 'Abstraction',
    icon: IconNotes,
    needs: 'chart.view',
    load: () => import('./abstraction/index.tsx'),
  },
  {
    path: 'abstraction/:subject',
    name: 'Abstraction',
    needs: 'chart.view',
    load: () => import('./abstraction/chart/index.tsx'),
  },
  {
    path: 'adjudication',
    name: 'Adjudication',
    icon: IconScale,
    needs: 'review.adjudicate',
    load: () => import('./adjudication/index.tsx'),
  },
  {
    path: 'adjudication/:subject',
    name: 'Adjudication',
    needs: 'review.adjudicate',
    load: () => import('./adjudication/chart/index.tsx'),
  },
  {
    path: 'agreement',
    name: 'Agreement',
    icon: IconChecks,
    needs: 'agreement.view',
    load: () => import('./agreement/index.tsx'),
  },
  {
    path: 'results',
    name: 'Results',
    icon: IconTable,
    needs: 'results.view',
    load: () => import('./results/index.tsx'),
  },
  {
    path: 'charts/:subject',
    name: 'Chart',
    needs: 'chart.view',
    load: () => import('./chart/index.tsx'),
  },
];
