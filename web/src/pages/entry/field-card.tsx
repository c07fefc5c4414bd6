import { Button, Group, Kbd, Menu, Stack, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useId } from 'react';
import type { z } from 'zod';
import type { AnswerView, EvidenceView, fieldProblem } from '../../../../src/server/contract/index.ts';
import { missingKey } from './answer-keys.ts';
import {
  answerText,
  type Coverage,
  evidenceKey,
  givenValue,
  type MissingKind,
  missingLabels,
  missingOf,
  saidMissing,
  withEvidence,
  withValue,
} from './answers.ts';
import type { FieldState } from './change-queue.ts';
import styles from './entry.module.css';
import { EvidenceChips } from './evidence-chips.tsx';
import type { FieldForm } from './field-form.ts';
import { FieldInput } from './field-input.tsx';

interface Props {
  readonly form: FieldForm;
  /** The id of its input in the page. */
  readonly inputId: string;
  readonly state: FieldState;
  readonly problems: readonly z.infer<typeof fieldProblem>[];
  readonly isFocused: boolean;
  /** Evidence that was chosen before there was a value to hold it. */
  readonly pending: readonly EvidenceView[];
  readonly onEnter: (answer: AnswerView | null) => void;
  readonly onPending: (evidence: readonly EvidenceView[]) => void;
  readonly onFocus: () => void;
  readonly onJump: (one: EvidenceView) => void;
  /** What was read so far: kept with "not documented". */
  readonly coverage: () => Promise<Coverage>;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
}

/** One question: its input, how it may be missing, what it rests on, what is wrong with it. */
export function FieldCard(props: Props) {
  const { form, inputId, state, problems, isFocused, pending, onEnter, onPending, onFocus, onJump } = props;
  const hintId = useId();
  const { answer } = state;
  const missing = missingOf(answer);
  const evidence = [...(answer?.evidence ?? []), ...pending];
  const isInvalid = problems.length > 0 || state.kind === 'refused' || state.kind === 'conflict';
  const take = (next: AnswerView | null) => {
    onEnter(next);
    if (next) onPending([]);
  };
  const remove = (one: EvidenceView) => {
    const others = (list: readonly EvidenceView[]) => list.filter((other) => evidenceKey(other) !== evidenceKey(one));
    if (answer?.evidence.some((other) => evidenceKey(other) === evidenceKey(one)))
      onEnter(withEvidence(answer, others(answer.evidence)));
    else onPending(others(pending));
  };
  const say = async (kind: MissingKind) => take(await saidMissing(answer, kind, props.coverage, pending));
  return (
    <Stack
      gap={4}
      className={styles.field}
      data-field={form.field}
      data-focused={isFocused || undefined}
      data-problem={isInvalid || undefined}
      onFocusCapture={onFocus}
    >
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text component="label" htmlFor={inputId} size="sm" fw={600}>
          {form.label}
          {form.required && <span aria-hidden> *</span>}
        </Text>
        {/* Here, and not below the input: what is below must not move while somebody leaves this field by a click on it. */}
        {pending.length > 0 && !answer && (
          <Text size="xs" c="dimmed" ta="right" flex="1 1 0" miw={0} truncate>
            The evidence is kept with the value that you give.
          </Text>
        )}
        <MissingMenu
          label={form.label}
          kinds={form.missing}
          chosen={missing}
          onChoose={(kind) => void say(kind)}
          onWithdraw={answer ? () => take(null) : undefined}
        />
      </Group>
      {form.guidance && (
        <Text size="xs" c="dimmed">
          {form.guidance}
        </Text>
      )}
      <FieldInput
        id={inputId}
        form={form}
        value={givenValue(answer)}
        onChange={(value) => take(withValue(answer, value, pending))}
        describedBy={hintId}
        isInvalid={isInvalid}
      />
      <EvidenceChips evidence={evidence} onJump={onJump} onRemove={remove} />
      <div id={hintId}>
        <Hints {...{ state, problems }} />
      </div>
      {state.kind === 'conflict' && (
        <div className={styles.conflict} role="alert">
          <Text size="sm">
            Changed elsewhere since you saw it. You entered <b>{answerText(answer, form.choices)}</b>; there stands{' '}
            <b>{answerText(state.theirs.answer, form.choices)}</b>.
          </Text>
          <Group gap="xs" mt={4}>
            <Button size="compact-xs" onClick={props.onKeepMine}>
              Keep what I entered
            </Button>
            <Button size="compact-xs" variant="default" onClick={props.onTakeTheirs}>
              Take what stands there
            </Button>
          </Group>
        </div>
      )}
    </Stack>
  );
}

function Hints({ state, problems }: Pick<Props, 'state' | 'problems'>) {
  const { answer } = state;
  const coverage = answer && 'missing' in answer ? answer.coverage : undefined;
  return (
    <>
      {coverage && (
        <Text size="xs" c="dimmed">
          Read before: {coverage.notes.length} {coverage.notes.length === 1 ? 'note' : 'notes'}
          {coverage.terms.length > 0 && `; searched: ${coverage.terms.join(', ')}`}
        </Text>
      )}
      {state.kind === 'refused' && (
        <Text size="xs" c="var(--mantine-color-error)">
          Not saved: {state.message}
        </Text>
      )}
      {problems.map(({ code, message, tip }) => (
        <Text key={`${code}${message}`} size="xs" c="var(--mantine-color-error)">
          {message} {tip}
        </Text>
      ))}
    </>
  );
}

interface MissingProps {
  readonly label: string;
  readonly kinds: readonly MissingKind[];
  readonly chosen: MissingKind | undefined;
  readonly onChoose: (kind: MissingKind) => void;
  /** Absent where nothing is said. */
  readonly onWithdraw: (() => void) | undefined;
}

/** Why there is no value: a statement, never a blank. */
function MissingMenu({ label, kinds, chosen, onChoose, onWithdraw }: MissingProps) {
  if (kinds.length === 0 && !onWithdraw) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="compact-xs"
          className={styles.missing}
          variant={chosen ? 'filled' : 'default'}
          rightSection={<IconChevronDown size={12} aria-hidden />}
        >
          {chosen ? missingLabels[chosen] : 'No value'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label={`No value: ${label}`}>
        {kinds.map((kind) => (
          <Menu.Item key={kind} onClick={() => onChoose(kind)} rightSection={<Kbd size="xs">{missingKey(kind)}</Kbd>}>
            {missingLabels[kind]}
          </Menu.Item>
        ))}
        {onWithdraw && <Menu.Item onClick={onWithdraw}>Withdraw the answer</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}
