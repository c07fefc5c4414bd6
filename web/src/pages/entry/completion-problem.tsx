import { Alert, Anchor, Group, List } from '@mantine/core';
import type { RecordView } from '../../../../src/server/contract/index.ts';
import type { ApiProblem } from '../../api/index.ts';
import type { FieldPlace } from './change-queue.ts';
import styles from './entry.module.css';
import type { InstrumentForm } from './field-form.ts';
import { fieldAt } from './form-order.ts';
import { inputId } from './record-form.tsx';

interface Props {
  readonly problem: ApiProblem;
  readonly instruments: readonly InstrumentForm[];
  readonly records: readonly RecordView[];
  /** What is wrong with the chart as a whole. */
  readonly ofChart: RecordView['problems'];
  readonly onClose: () => void;
}

/** Why a record cannot be completed, until it can: each field that lacks an answer, or has a wrong one, is a link to its question. */
export function CompletionProblem({ problem, instruments, records, ofChart, onClose }: Props) {
  const wrong = records.flatMap(({ instrument, row, unanswered, problems }) => {
    const fields = new Set([...unanswered, ...problems.map(({ field }) => field)]);
    return [...fields].filter((field) => field !== '').map((field) => ({ instrument, row, field }));
  });
  const isWrong = wrong.length + ofChart.length > 0 || records.some(({ problems }) => problems.length > 0);
  if (problem.code === 'review.incomplete' && !isWrong) return null;
  return (
    <Alert color="red" title={problem.message} withCloseButton closeButtonLabel="Close" onClose={onClose} role="alert">
      {problem.tip}
      {wrong.length === 0 && problem.problems && (
        <List size="sm">
          {problem.problems.map(({ code, message, tip }) => (
            <List.Item key={`${code}${message}`}>
              {message} {tip}
            </List.Item>
          ))}
        </List>
      )}
      {wrong.length > 0 && (
        <Group component="ul" gap="2px 12px" mt={4} p={0} className={styles.links} aria-label="Fields to look at">
          {wrong.map((place) => (
            <li key={inputId(place)}>
              <Anchor component="button" size="sm" onClick={() => goTo(place)}>
                {place.row !== '' && `${place.row}: `}
                {fieldAt(instruments, place)?.label ?? place.field}
              </Anchor>
            </li>
          ))}
        </Group>
      )}
    </Alert>
  );
}

function goTo(place: FieldPlace): void {
  const input = document.getElementById(inputId(place));
  input?.scrollIntoView({ block: 'center' });
  (input?.querySelector<HTMLElement>('input') ?? input)?.focus();
}
