import { FormSide } from '../../reading/form-side.tsx';
import { ReadingPage } from '../../reading/reading-page.tsx';

/** A chart and its form. */
export function Page() {
  return (
    <ReadingPage stage="abstraction" title="Abstraction">
      {(chart) => <FormSide chart={chart} stage="abstraction" />}
    </ReadingPage>
  );
}
