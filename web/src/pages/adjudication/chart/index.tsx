import { ReadingPage } from '../../reading/reading-page.tsx';
import { Differences } from './differences.tsx';

/** A chart and what those who abstracted it entered differently. */
export function Page() {
  return (
    <ReadingPage stage="adjudication" title="Adjudication">
      {(chart) => <Differences chart={chart} />}
    </ReadingPage>
  );
}
