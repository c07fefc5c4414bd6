import { useParams } from 'react-router';
import { ChartPane } from '../../parts/chart/index.ts';
import { PageTitle } from '../../parts/index.ts';

/** A chart to read, and nothing to enter: for owners, monitors, and whoever follows a link to a subject. */
export function Page() {
  const { study = '', subject = '' } = useParams();
  return (
    <>
      <PageTitle title="Chart" />
      <ChartPane study={study} subject={subject} />
    </>
  );
}
