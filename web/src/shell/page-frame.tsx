import { type ComponentType, Suspense } from 'react';
import { useParams } from 'react-router';
import type { StudyPage, WorkspacePage } from '../pages/page-entry.ts';
import { Loading } from '../parts/loading.tsx';
import { useTitle } from '../parts/page-title.tsx';
import { useMay } from '../session/session.ts';
import { Forbidden } from './forbidden.tsx';
import { NotFound } from './not-found.tsx';

/** A page of the workspace, for those who may. */
export function WorkspacePageFrame({
  page,
  Content,
}: {
  readonly page: WorkspacePage;
  readonly Content: ComponentType;
}) {
  useTitle(page.name);
  const may = useMay();
  if (page.needs && !may.inWorkspace(page.needs)) return <Forbidden />;
  return <Loaded Content={Content} />;
}

/** A page of a study, for those who may. A study in which somebody has no role looks as if it were not there. */
export function StudyPageFrame({ page, Content }: { readonly page: StudyPage; readonly Content: ComponentType }) {
  useTitle(page.name);
  const may = useMay();
  const { study = '' } = useParams();
  if (!may.knowsStudy(study)) return <NotFound />;
  if (!may.inStudy(study, page.needs)) return <Forbidden />;
  return <Loaded key={study} Content={Content} />;
}

function Loaded({ Content }: { readonly Content: ComponentType }) {
  return (
    <Suspense fallback={<Loading />}>
      <Content />
    </Suspense>
  );
}
