import { Select } from '@mantine/core';
import { useNavigate, useParams } from 'react-router';
import { contract } from '../../../src/server/contract/index.ts';
import { useRoute } from '../api/index.ts';
import { useMay } from '../session/session.ts';

/** The study that is open, and the way to another; nothing where there is no study. */
export function StudySwitcher() {
  const { study } = useParams();
  const navigate = useNavigate();
  const may = useMay();
  const { data } = useRoute(contract.studies);
  if (!data || data.items.length === 0 || (study !== undefined && !may.knowsStudy(study))) return null;
  return (
    <Select
      aria-label="Study"
      placeholder="Choose a study"
      size="sm"
      w={360}
      allowDeselect={false}
      checkIconPosition="right"
      data={data.items.map((one) => ({ value: one.study, label: one.title }))}
      value={study ?? null}
      onChange={(chosen) => {
        if (chosen && chosen !== study) void navigate(`/studies/${chosen}`);
      }}
    />
  );
}
