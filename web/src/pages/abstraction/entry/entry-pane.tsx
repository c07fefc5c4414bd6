import { ActionIcon, Alert, Anchor, Button, Group, List, ScrollArea, Stack } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import {
  contract,
  type EvidenceView,
  type FormStage,
  type RecordView,
} from '../../../../../src/server/contract/index.ts';
import { ApiProblem, call, useChange, useRoute } from '../../../api/index.ts';
import { ErrorState, Loading, Saving, useConfirm, useKeys } from '../../../parts/index.ts';
import type { Coverage } from './answers.ts';
import type { FieldPlace } from './change-queue.ts';
import { InstrumentSection } from './instrument-section.tsx';
import { addEvidence, type FormContext, inputId } from './record-form.tsx';
import { savingOf } from './saving-of.ts';
import { useEntry } from './use-entry.ts';

interface Props {
  readonly study: string;
  readonly subject: string;
  readonly stage: FormStage;
  /** What is selected in the chart, if anything is. */
  readonly selection: EvidenceView | undefined;
  readonly onJump: (one: EvidenceView) => void;
  /** Which field is in focus, whose sentences the chart proposes. */
  readonly onField: (place: FieldPlace) => void;
  /** What was read of the chart so far. */
  readonly coverage: (place: FieldPlace) => Promise<Coverage>;
  /** The chart is done at this stage. */
  readonly onDone: () => void;
  /** What stands below the title, such as keys for decisions. */
  readonly children?: (context: FormContext, records: readonly RecordView[]) => ReactNode;
}

/** The form of a chart: everything entered is saved as it is entered, and counts once it is completed. */
export function EntryPane(props: Props) {
  const { study, subject, stage, selection } = props;
  const entry = useEntry({ study, subject, stage });
  const form = useRoute(contract.reviewForm, { params: { study } });
  const complete = useChange(contract.completeRecords, { touches: ['reviewQueue', 'study'] });
  const confirm = useConfirm();
  const [focused, setFocused] = useState<FieldPlace>();
  const [pending, setPending] = useState<ReadonlyMap<string, readonly EvidenceView[]>>(new Map());
  const [problem, setProblem] = useState<ApiProblem>();
  const state = entry.queue.state();

  const context: FormContext = {
    entry,
    focused,
    onFocus: (place) => {
      if (focused && inputId(focused) === inputId(place)) return;
      setFocused(place);
      props.onField(place);
    },
    pending,
    onPending: (place, evidence) => setPending((known) => new Map(known).set(inputId(place), evidence)),
    onJump: props.onJump,
    coverage: props.coverage,
  };
  const cite = () => {
    if (focused && selection) addEvidence(context, focused, selection);
  };
  useKeys('Form', [
    { keys: ['e'], label: 'Take the selected sentence as evidence of the field', do: cite },
    { keys: ['u', 'Ctrl+z'], label: 'Take back the last change', do: () => entry.undo?.() },
    { keys: ['n'], label: 'Next field', do: () => step(1) },
    { keys: ['p'], label: 'Previous field', do: () => step(-1) },
    { keys: ['Ctrl+Enter'], label: 'Complete the chart', do: () => void finish() },
  ]);
  if (!entry.chart || !form.data) {
    const error = entry.error ?? form.error;
    return error ? <ErrorState error={error} onRetry={entry.reload} /> : <Loading what="Loading the form" />;
  }
  const { records, problems } = entry.chart;
  const instruments = form.data.instruments.filter((one) => one.stage === stage);

  return (
    <Stack gap="xs" h="100%">
      <Group justify="space-between" wrap="nowrap">
        <Saving state={savingOf(state)} />
        <Group gap="xs" wrap="nowrap">
          <Button
            size="compact-sm"
            variant="default"
            onMouseDown={keepSelection}
            onClick={cite}
            disabled={!selection || !focused}
          >
            Cite selection
          </Button>
          <ActionIcon
            variant="default"
            aria-label="Take back the last change"
            disabled={!entry.undo}
            onClick={entry.undo}
          >
            <IconArrowBackUp size={16} />
          </ActionIcon>
          <Button
            size="compact-sm"
            onClick={() => void finish()}
            loading={complete.isPending}
            disabled={state.unsaved > 0}
          >
            Complete chart
          </Button>
        </Group>
      </Group>
      {problem && (
        <Alert color="red" title={problem.message} withCloseButton onClose={() => setProblem(undefined)}>
          {problem.problems && (
            <List size="sm">
              {problem.problems.map((one) => (
                <List.Item key={`${one.code}${one.message}`}>
                  {one.message} {one.tip}
                </List.Item>
              ))}
            </List>
          )}
          <Unanswered records={records} />
        </Alert>
      )}
      <ScrollArea flex={1} type="auto" offsetScrollbars>
        <Stack gap="lg">
          {props.children?.(context, records)}
          {instruments.map((instrument) => (
            <InstrumentSection
              key={instrument.instrument}
              form={instrument}
              records={records.filter((record) => record.instrument === instrument.instrument)}
              context={context}
              onComplete={(record) => void finish(record)}
              onRemove={(record) => void remove(record)}
            />
          ))}
          {problems.map(({ code, message, tip }) => (
            <Alert key={code} color="yellow" title={message}>
              {tip}
            </Alert>
          ))}
        </Stack>
      </ScrollArea>
    </Stack>
  );

  /** Goes to another field that is asked, in the order of the page. */
  function step(by: number): void {
    const inputs = [...document.querySelectorAll<HTMLElement>('[id^="field-"]')];
    const at = focused ? inputs.findIndex(({ id }) => id === inputId(focused)) : -1;
    const next = inputs[Math.max(0, Math.min(inputs.length - 1, at + by))];
    const target = next?.matches('input, textarea, select') ? next : next?.querySelector<HTMLElement>('input');
    (target ?? next)?.focus();
  }

  async function finish(record?: RecordView): Promise<void> {
    setProblem(undefined);
    const one = record && { record: { instrument: record.instrument, row: record.row } };
    try {
      entry.accept(await complete.mutateAsync({ params: { study, subject }, body: { stage, ...one } }));
      if (!record) props.onDone();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
    }
  }

  async function remove({ instrument, row, words }: RecordView): Promise<void> {
    const isSure = await confirm({
      title: 'Remove the row?',
      text: 'What you entered in it is withdrawn.',
      action: 'Remove',
    });
    if (!isSure) return;
    const seen = Object.fromEntries(
      words.map(({ field }) => [field, entry.queue.revision({ instrument, row, field })]),
    );
    const body = { changeId: crypto.randomUUID(), instrument, row, seen };
    try {
      entry.accept(await call(contract.removeRow, { params: { study, subject }, body }));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
    }
  }
}

/** The fields without an answer, each a link to its question. */
function Unanswered({ records }: { readonly records: readonly RecordView[] }) {
  const lacking = records.flatMap(({ instrument, row, unanswered }) =>
    unanswered.map((field) => ({ instrument, row, field })),
  );
  if (lacking.length === 0) return null;
  return (
    <Group gap="xs" mt="xs">
      Unanswered:
      {lacking.map((place) => (
        <Anchor key={inputId(place)} component="button" size="sm" onClick={() => goTo(place)}>
          {place.row === '' ? place.field : `${place.row}: ${place.field}`}
        </Anchor>
      ))}
    </Group>
  );
}

function goTo(place: FieldPlace): void {
  const input = document.getElementById(inputId(place));
  input?.scrollIntoView({ block: 'center' });
  (input?.querySelector<HTMLElement>('input') ?? input)?.focus();
}

/** Pressing the button must not take the selection away. */
function keepSelection(event: { preventDefault(): void }): void {
  event.preventDefault();
}
