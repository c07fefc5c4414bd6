import { useParams } from 'react-router';
import { ChartPane } from '../../parts/chart/index.ts';
import { PageTitle } from '../../parts/index.ts';
import classes from './chart.module.css';

/** A chart to read, and nothing to enter: for owners, monitors, and whoever follows a link to a subject. */
export function Page() {
  const { study = '', subject = '' } = useParams();
  return (
    <div className={classes.page}>
      <PageTitle title="Chart" />
      <ChartPane study={study} subject={subject} />
    </div>
  );
}
