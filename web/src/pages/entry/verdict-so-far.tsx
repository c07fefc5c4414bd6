import { List, Text } from '@mantine/core';
import type { contract, FormStage, RecordView, RouteOutput } from '../../../../src/server/contract/index.ts';

interface Props {
  readonly stage: FormStage;
  readonly form: RouteOutput<typeof contract.reviewForm>;
  readonly records: readonly RecordView[];
  /** The exclusions that hold by the answers as they stand. */
  readonly excludedBy: readonly string[];
}

/** For what the answers of a stage leave a patient out, and what they come to so far. */
export function VerdictSoFar({ stage, form, records, excludedBy }: Props) {
  const asked = new Set(form.instruments.filter((one) => one.stage === stage).map(({ instrument }) => instrument));
  const exclusions = form.exclusions.filter(({ instrument }) => asked.has(instrument));
  if (exclusions.length === 0) return null;
  const held = exclusions.filter(({ id }) => excludedBy.includes(id));
  const unanswered = records.reduce((n, one) => n + one.unanswered.length, 0);
  const open = unanswered > 0 || stage === 'abstraction' ? 'nothing leaves the patient out' : 'eligible';
  const verdict = held.length > 0 ? `excluded by “${held.map(({ label }) => label).join('”, “')}”` : open;
  return (
    <section aria-label="What leaves a patient out">
      {/* One line, however long: what is below must not move while somebody clicks on it. */}
      <Text size="xs" role="status" truncate title={verdict}>
        So far{unanswered > 0 && `, ${unanswered} unanswered`}:{' '}
        <Text span inherit fw={600} {...(held.length > 0 && { c: 'var(--mantine-color-error)' })}>
          {verdict}
        </Text>
      </Text>
      <Text size="xs" c="dimmed" mt={4}>
        The answers leave a patient out for:
      </Text>
      <List size="xs" c="dimmed">
        {exclusions.map(({ id, label }) => (
          <List.Item key={id}>{label}</List.Item>
        ))}
      </List>
    </section>
  );
}
