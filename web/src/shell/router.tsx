/** Which address shows what. */
import { lazy } from 'react';
import { createBrowserRouter, Outlet } from 'react-router';
import type { StudyPage, WorkspacePage } from '../pages/page-entry.ts';
import { studyPages, workspacePages } from '../pages/pages.tsx';
import { Gate } from '../session/gate.tsx';
import { LinkPage } from '../session/link-page.tsx';
import { NotFound } from './not-found.tsx';
import { PageError } from './page-error.tsx';
import { StudyPageFrame, WorkspacePageFrame } from './page-frame.tsx';
import { Shell } from './shell.tsx';

/** The router of the app. */
export function createRouter() {
  return createBrowserRouter([
    { path: '/link', element: <LinkPage />, errorElement: <PageError /> },
    {
      path: '/',
      element: (
        <Gate>
          <Shell>
            <Outlet />
          </Shell>
        </Gate>
      ),
      errorElement: <PageError />,
      children: [
        ...workspacePages.map((page) => ({
          path: page.path,
          element: <WorkspacePageFrame page={page} Content={contentOf(page)} />,
          errorElement: <PageError />,
        })),
        ...studyPages.map((page) => ({
          path: page.path === '' ? 'studies/:study' : `studies/:study/${page.path}`,
          element: <StudyPageFrame page={page} Content={contentOf(page)} />,
          errorElement: <PageError />,
        })),
        { path: '*', element: <NotFound /> },
      ],
    },
  ]);
}

function contentOf(page: StudyPage | WorkspacePage) {
  return lazy(async () => ({ default: (await page.load()).Page }));
}
