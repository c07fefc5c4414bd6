import { useLocation, useParams } from 'react-router';
import { ChartPane, type ChartPlace } from '../../parts/chart/index.ts';
import { PageTitle } from '../../parts/index.ts';
import classes from './chart.module.css';

/**
 * A chart to read, and nothing to enter: for owners, monitors, and whoever follows a link to a subject. A link from another page
 * may say which sentence or row is meant; an address has no room for it, so it goes with the state of the link:
 * `<Link to={`/studies/${study}/charts/${subject}`} state={{ place: { note, start, end } }}>`.
 */
export function Page() {
  const { study = '', subject = '' } = useParams();
  const { state } = useLocation();
  const { place } = (state ?? {}) as { readonly place?: ChartPlace };
  return (
    <div className={classes.page}>
      <PageTitle title="Chart" />
      <ChartPane study={study} subject={subject} at={place} />
    </div>
  );
}
