import type { IconProps } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { StudyPermission, WorkspacePermission } from '../../../src/server/contract/index.ts';

interface Entry {
  /** Its heading, its name in the navigation and in the title of the browser's tab. */
  readonly name: string;
  /** In the navigation; absent for a page that one comes to from another. */
  readonly icon?: ComponentType<IconProps>;
  /** Its module, which exports `Page`; loaded when it is first opened. */
  readonly load: () => Promise<{ readonly Page: ComponentType }>;
}

/** A page of the workspace. */
export interface WorkspacePage extends Entry {
  /** Below `/`, such as `data`. */
  readonly path: string;
  /** Who finds it; absent: whoever is signed in. */
  readonly needs?: WorkspacePermission;
}

/** A page of a study. */
export interface StudyPage extends Entry {
  /** Below `/studies/STUDY`, such as `charts/:subject`. Never with a query, a note's text or a name in it. */
  readonly path: string;
  /** Who finds it. */
  readonly needs: StudyPermission;
}
