/** The audit trail of a study, or of the workspace where no study is open. */
import { useState } from 'react';
import { useParams } from 'react-router';
import { contract } from '../../../../src/server/contract/index.ts';
import { saveFile, useChange, usePages } from '../../api/index.ts';
import { Trail, type TrailFilter } from './trail.tsx';

export function Page() {
  const { study } = useParams();
  return study === undefined ? <OfWorkspace /> : <OfStudy study={study} />;
}

function OfWorkspace() {
  const [filter, setFilter] = useState<TrailFilter>({});
  const list = usePages(contract.workspaceAudit, { query: filter });
  const exporting = useChange(contract.exportWorkspaceAudit, { touches: ['workspaceAudit'] });
  const verifying = useChange(contract.verifyWorkspaceAudit, { touches: [] });
  return (
    <Trail
      title="Audit trail"
      lead="Who came in and how, accounts and roles, imports and what was looked at in the records"
      filter={filter}
      onFilter={setFilter}
      list={list}
      exporting={exporting}
      onExport={(format) => exporting.mutate({ query: { ...filter, format } }, { onSuccess: saveFile })}
      verifying={verifying}
      onVerify={(head) => verifying.mutate({ query: { head } })}
    />
  );
}

function OfStudy({ study }: { readonly study: string }) {
  const params = { study };
  const [filter, setFilter] = useState<TrailFilter>({});
  const list = usePages(contract.studyAudit, { params, query: filter });
  const exporting = useChange(contract.exportStudyAudit, { touches: ['studyAudit'] });
  const verifying = useChange(contract.verifyStudyAudit, { touches: [] });
  return (
    <Trail
      title="Audit of the study"
      lead="Every chart that was opened, every search, entry, decision and export of this study"
      filter={filter}
      onFilter={setFilter}
      list={list}
      exporting={exporting}
      onExport={(format) => exporting.mutate({ params, query: { ...filter, format } }, { onSuccess: saveFile })}
      verifying={verifying}
      onVerify={(head) => verifying.mutate({ params, query: { head } })}
    />
  );
}
