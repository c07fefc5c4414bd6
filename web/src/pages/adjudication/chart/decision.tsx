import { Alert, Button, Group, Kbd, SimpleGrid, Stack, Text, Textarea, Title } from '@mantine/core';
import { useRef, useState } from 'react';
import {
  type AnswerView,
  contract,
  type EvidenceView,
  type RouteOutput,
} from '../../../../../src/server/contract/index.ts';
import { ApiProblem, call, queryClient, queryKeyOf } from '../../../api/index.ts';
import { dateTimeOf, ErrorState, useKeys } from '../../../parts/index.ts';
import { answerText, evidenceKey, withEvidence } from '../../entry/answers.ts';
import { CitedNotes } from '../../entry/cited-notes.tsx';
import { EvidenceChips } from '../../entry/evidence-chips.tsx';
import { FieldCard } from '../../entry/field-card.tsx';
import type { FieldForm } from '../../entry/field-form.ts';
import { useCoverage } from '../../entry/use-coverage.ts';
import type { ChartBeside } from '../../reading/chart-beside.ts';
import styles from './adjudication.module.css';
import { type AdjudicationItem, type Given, pickOf } from './ruling.ts';

type View = RouteOutput<typeof contract.adjudication>;

interface Props {
  readonly chart: ChartBeside;
  readonly item: AdjudicationItem;
  readonly title: string;
  /** Undefined where a whole instrument is meant, of which nothing can be decided. */
  readonly form: FieldForm | undefined;
  /** The field is the row itself. */
  readonly isKey: boolean;
  readonly onDecided: (view: View) => void;
}

/** One difference: the answers side by side with what they rest on, and the decision: one of them or a third, and why. */
export function Decision({ chart, item, title, form, isKey, onDecided }: Props) {
  const { study, subject, jump } = chart;
  const [answer, setAnswer] = useState<AnswerView | null>(item.ruling?.answer ?? null);
  const [pending, setPending] = useState<readonly EvidenceView[]>([]);
  const [reason, setReason] = useState(item.ruling?.reason ?? '');
  const [problem, setProblem] = useState<ApiProblem>();
  const [isSending, setIsSending] = useState(false);
  const reasonField = useRef<HTMLTextAreaElement>(null);
  const coverage = useCoverage(study, subject);
  const { instrument, row, field } = item;
  const inputId = 'ruling';

  const pick = (given: Given) => {
    const picked = pickOf(given, isKey);
    if (!picked) return;
    setAnswer(picked);
    setPending([]);
    reasonField.current?.focus();
  };
  const cite = () => {
    const selection = chart.chosenNow();
    if (!selection) return;
    const held = answer?.evidence ?? pending;
    if (held.some((one) => evidenceKey(one) === evidenceKey(selection))) return;
    if (answer) setAnswer(withEvidence(answer, [...held, selection]));
    else setPending([...held, selection]);
  };
  const decide = async () => {
    if (!answer || reason.trim() === '' || isSending) return;
    setIsSending(true);
    setProblem(undefined);
    const params = { study, subject };
    const send = () =>
      call(contract.adjudicate, {
        params,
        body: { instrument, row, field, answer, reason },
        ifMatch: item.revision,
      });
    try {
      // Who decides in a chart takes it by that.
      const { body } = await send().catch(async (error: unknown) => {
        if (!(error instanceof ApiProblem) || error.code !== 'review.not-taken') throw error;
        await call(contract.claimAdjudication, { params });
        return send();
      });
      told(params, body);
      onDecided(body);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
      // Somebody else spoke of the field, or took the whole chart: what stands there now is shown beside what was meant.
      if (error.status === 412 || error.code === 'review.no-place')
        told(params, await call(contract.adjudication, { params }));
    } finally {
      setIsSending(false);
    }
  };
  useKeys('Decision', [
    ...item.given.map((given) => ({
      keys: [given.reader.toLowerCase()],
      label: `Decide for ${given.reader}`,
      do: () => pick(given),
    })),
    { keys: ['o'], label: 'Enter another answer', do: () => third() },
    { keys: ['e', 'Alt+e'], label: 'Cite what is chosen in the chart', do: cite },
    { keys: ['r'], label: 'To the reason', do: () => reasonField.current?.focus() },
    { keys: ['Mod+Enter'], label: 'Decide', do: () => void decide() },
  ]);
  const third = () => {
    setAnswer(null);
    const input = document.getElementById(inputId);
    (input?.querySelector<HTMLElement>('input') ?? input)?.focus();
  };

  const cited = [...item.given.map((given) => given.answer), item.ruling?.answer, answer].flatMap(
    (one) => one?.evidence ?? [],
  );

  return (
    <CitedNotes {...{ study, subject }} evidence={[...cited, ...pending]}>
      <Stack gap="sm" component="section" aria-label={title}>
        <div>
          <Title order={2} size="h4">
            {title}
          </Title>
          {form?.guidance && (
            <Text size="xs" c="dimmed">
              {form.guidance}
            </Text>
          )}
        </div>
        <SimpleGrid cols={item.given.length > 2 ? 3 : 2} spacing="xs">
          {item.given.map((given) => (
            <GivenCard
              key={given.reader}
              given={given}
              form={form}
              isKey={isKey}
              onPick={pickOf(given, isKey) ? () => pick(given) : undefined}
              onJump={jump}
            />
          ))}
        </SimpleGrid>
        {item.ruling && (
          <Text size="xs" c="dimmed">
            Decided by {item.ruling.by}, {dateTimeOf(item.ruling.at)}: {answerText(item.ruling.answer, form?.choices)} (
            {item.ruling.reason})
          </Text>
        )}
        {form ? (
          <>
            <FieldCard
              form={{ ...form, label: 'Decision', guidance: undefined, required: true }}
              inputId={inputId}
              state={{ kind: 'saved', answer }}
              problems={[]}
              isFocused={false}
              pending={pending}
              onEnter={setAnswer}
              onPending={setPending}
              onFocus={() => {}}
              onJump={jump}
              coverage={() => coverage({ instrument, row, field })}
              onKeepMine={() => {}}
              onTakeTheirs={() => {}}
            />
            <Textarea
              ref={reasonField}
              label="Reason"
              required
              autosize
              minRows={2}
              maxRows={6}
              maxLength={5_000}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            {problem?.status === 412 && (
              <Alert color="yellow" role="alert" title="Somebody spoke of this field meanwhile">
                What stands there now is shown above. Your decision is still here and not stored: decide again if you
                mean it.
              </Alert>
            )}
            {problem && problem.status !== 412 && <ErrorState error={problem} />}
            <Group justify="flex-end">
              <Button loading={isSending} disabled={!answer || reason.trim() === ''} onClick={() => void decide()}>
                Decide
              </Button>
            </Group>
          </>
        ) : (
          <Text size="sm">
            No row was entered where the protocol asks for one. Whoever abstracted the chart has to enter it; there is
            nothing to decide between.
          </Text>
        )}
      </Stack>
    </CitedNotes>
  );
}

function told(params: { readonly study: string; readonly subject: string }, view: View): void {
  queryClient.setQueryData(queryKeyOf(contract.adjudication, { params }), view);
  void queryClient.invalidateQueries({
    predicate: ({ queryKey }) => queryKey[1] === 'reviewQueue' || queryKey[1] === 'study',
  });
}

interface GivenProps {
  readonly given: Given;
  readonly form: FieldForm | undefined;
  readonly isKey: boolean;
  readonly onPick: (() => void) | undefined;
  readonly onJump: (evidence: EvidenceView) => void;
}

function GivenCard({ given, form, isKey, onPick, onJump }: GivenProps) {
  const { reader, name, answer } = given;
  return (
    <div className={styles.given}>
      <Text size="xs" c="dimmed">
        Reader {reader}
        {name !== null && `, ${name}`}
      </Text>
      <Text fw={600} className={styles.answer}>
        {answer === null ? (isKey ? 'No such row' : 'No answer') : answerText(answer, form?.choices)}
        {answer !== null && 'value' in answer && form?.unit !== undefined && ` ${form.unit}`}
      </Text>
      {answer?.comment !== undefined && (
        <Text size="xs" fs="italic">
          {answer.comment}
        </Text>
      )}
      {answer !== null && 'coverage' in answer && answer.coverage && (
        <Text size="xs" c="dimmed">
          Read: {answer.coverage.notes.length} notes
          {answer.coverage.terms.length > 0 && `; searched: ${answer.coverage.terms.join(', ')}`}
        </Text>
      )}
      <EvidenceChips evidence={answer?.evidence ?? []} onJump={onJump} />
      {onPick && (
        <Button
          size="compact-xs"
          variant="default"
          mt={4}
          onClick={onPick}
          rightSection={<Kbd size="xs">{reader.toLowerCase()}</Kbd>}
        >
          {answer === null ? `Remove the row, as ${reader}` : `Decide for ${reader}`}
        </Button>
      )}
    </div>
  );
}
