import { List, Text } from '@mantine/core';
import { contract } from '../../../../../src/server/contract/index.ts';
import { useRoute } from '../../../api/index.ts';
import { FormSide } from '../../reading/form-side.tsx';
import { ReadingPage } from '../../reading/reading-page.tsx';

/** A chart and the questions that decide whether it stays in the study. */
export function Page() {
  return (
    <ReadingPage stage="screening" title="Screening">
      {(chart) => (
        <FormSide chart={chart} stage="screening">
          <Exclusions study={chart.study} />
        </FormSide>
      )}
    </ReadingPage>
  );
}

/** What the answers decide. */
function Exclusions({ study }: { readonly study: string }) {
  const { data } = useRoute(contract.reviewForm, { params: { study } }, { staleTime: Number.POSITIVE_INFINITY });
  const [first] = data?.exclusions ?? [];
  if (!first) return null;
  return (
    <section aria-label="What leaves a patient out">
      <Text size="xs" fw={600}>
        The answers leave a patient out for:
      </Text>
      <List size="xs">
        {data?.exclusions.map(({ id, label }) => (
          <List.Item key={id}>{label}</List.Item>
        ))}
      </List>
    </section>
  );
}
