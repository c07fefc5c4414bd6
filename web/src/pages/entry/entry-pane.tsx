import { ActionIcon, Alert, Button, Group, ScrollArea, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconQuote } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { contract, type EvidenceView, type FormStage, type RecordView } from '../../../../src/server/contract/index.ts';
import { ApiProblem, call, useChange, useRoute } from '../../api/index.ts';
import { ErrorState, Loading, Saving, useConfirm, useKeys } from '../../parts/index.ts';
import type { ChartBeside } from '../reading/chart-beside.ts';
import { type FieldPlace, hasOpenChanges } from './change-queue.ts';
import { CitedNotes } from './cited-notes.tsx';
import { CompletionProblem } from './completion-problem.tsx';
import { fieldAt, firstUnanswered } from './form-order.ts';
import { InstrumentSection } from './instrument-section.tsx';
import { LeavingGuard } from './leaving-guard.tsx';
import { Proposals } from './proposals.tsx';
import { addEvidence, type FormContext, inputId } from './record-form.tsx';
import { savingOf } from './saving-of.ts';
import { useAnswerKeys } from './use-answer-keys.ts';
import { useCoverage } from './use-coverage.ts';
import { useEntry } from './use-entry.ts';
import { VerdictSoFar } from './verdict-so-far.tsx';

interface Props {
  readonly chart: ChartBeside;
  readonly stage: FormStage;
  /** The chart is done at this stage. */
  readonly onDone: () => void;
  /** What stands above the questions. */
  readonly children?: ReactNode;
}

/** The form of a chart: everything entered is saved as it is entered, and counts once it is completed. */
export function EntryPane({ chart, stage, onDone, children }: Props) {
  const { study, subject, chosen, choose, jump } = chart;
  const entry = useEntry({ study, subject, stage });
  const form = useRoute(contract.reviewForm, { params: { study } }, { staleTime: Number.POSITIVE_INFINITY });
  const complete = useChange(contract.completeRecords, { touches: ['reviewQueue', 'study'] });
  const confirm = useConfirm();
  const coverage = useCoverage(study, subject);
  const [chosenField, setChosenField] = useState<FieldPlace>();
  const [pending, setPending] = useState<ReadonlyMap<string, readonly EvidenceView[]>>(new Map());
  const [problem, setProblem] = useState<ApiProblem>();
  const state = entry.queue.state();

  const instruments = (form.data?.instruments ?? []).filter((one) => one.stage === stage);
  const records = entry.chart?.records ?? [];
  const focused = chosenField ?? firstUnanswered(instruments, records);
  const focusedForm = focused && fieldAt(instruments, focused);

  const context: FormContext = {
    entry,
    focused,
    onFocus: (place) => {
      if (chosenField && inputId(chosenField) === inputId(place)) return;
      setChosenField(place);
      const [first] = entry.field(place).answer?.evidence ?? [];
      if (first) jump(first);
    },
    onHold: setChosenField,
    pending,
    onPending: (place, evidence) => setPending((known) => new Map(known).set(inputId(place), evidence)),
    onJump: jump,
    coverage,
  };
  const cited = focused
    ? [...(entry.field(focused).answer?.evidence ?? []), ...(pending.get(inputId(focused)) ?? [])]
    : [];
  const cite = (evidence = chart.chosenNow()) => {
    if (focused && evidence) addEvidence(context, focused, evidence);
  };
  useAnswerKeys(context, focusedForm);
  useKeys('Form', [
    { keys: ['e', 'Alt+e'], label: 'Cite what is chosen as evidence of the field', do: () => cite() },
    { keys: ['u', 'Alt+u'], label: 'Take back the last change', do: () => entry.undo?.() },
    { keys: ['f', 'Alt+f'], label: 'Next field', do: () => step(1) },
    { keys: ['Shift+f', 'Alt+Shift+f'], label: 'Field before', do: () => step(-1) },
    { keys: ['Mod+Enter'], label: 'Complete the chart', do: () => void finish() },
  ]);
  if (!entry.chart || !form.data) {
    const error = entry.error ?? form.error;
    return error ? <ErrorState error={error} onRetry={entry.reload} /> : <Loading what="Loading the form" />;
  }
  const { problems, excludedBy } = entry.chart;
  const words = records.flatMap((record) => record.words.flatMap(({ answer }) => answer?.evidence ?? []));

  return (
    <CitedNotes {...{ study, subject }} evidence={[...words, ...[...pending.values()].flat()]}>
      <Stack gap={6} h="100%" pl="sm">
        <LeavingGuard state={state} />
        <Group justify="space-between" wrap="nowrap">
          <Saving state={savingOf(state)} />
          <Group gap="xs" wrap="nowrap">
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconQuote size={14} aria-hidden />}
              onMouseDown={keepSelection}
              onClick={() => cite()}
              disabled={!chosen || !focused}
            >
              Cite
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
              disabled={hasOpenChanges(state)}
            >
              Complete
            </Button>
          </Group>
        </Group>
        {entry.isChangedElsewhere && (
          <Text size="xs" role="status">
            Another tab of this browser changed the chart; here it is as it stands now.
          </Text>
        )}
        {problem && (
          <CompletionProblem
            problem={problem}
            ofChart={problems}
            instruments={instruments}
            records={records}
            onClose={() => setProblem(undefined)}
          />
        )}
        <ScrollArea flex={1} mih={0} type="auto" offsetScrollbars="y">
          <Stack gap="lg">
            {children}
            <VerdictSoFar {...{ stage, records, excludedBy }} form={form.data} />
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
        <Proposals
          {...{ study, subject, cited, chosen }}
          place={focused}
          form={focusedForm}
          onCite={cite}
          onChoose={choose}
        />
      </Stack>
    </CitedNotes>
  );

  /** Goes to another field that is asked, in the order of the page. */
  function step(by: number): void {
    const inputs = [...document.querySelectorAll<HTMLElement>('[id^="field-"]')];
    const at = focused ? inputs.findIndex(({ id }) => id === inputId(focused)) : -1;
    // The first field has the keys before anybody went to it.
    const next = inputs[Math.max(0, Math.min(inputs.length - 1, at + by))];
    const target = next?.matches('input, textarea, select') ? next : next?.querySelector<HTMLElement>('input');
    next?.scrollIntoView({ block: 'nearest' });
    (target ?? next)?.focus();
  }

  async function finish(record?: RecordView): Promise<void> {
    setProblem(undefined);
    if (hasOpenChanges(entry.queue.state())) return;
    const one = record && { record: { instrument: record.instrument, row: record.row } };
    try {
      entry.accept(await complete.mutateAsync({ params: { study, subject }, body: { stage, ...one } }));
      if (!record) onDone();
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
      isDangerous: true,
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

/** Pressing the button must not take the selection away. */
function keepSelection(event: { preventDefault(): void }): void {
  event.preventDefault();
}
