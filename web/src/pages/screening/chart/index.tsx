import { FormSide } from '../../reading/form-side.tsx';
import { ReadingPage } from '../../reading/reading-page.tsx';

/** A chart and the questions that decide whether it stays in the study. */
export function Page() {
  return (
    <ReadingPage stage="screening" title="Screening">
      {(chart) => <FormSide chart={chart} stage="screening" />}
    </ReadingPage>
  );
}
