import { ActionIcon, Badge, Group, Loader, ScrollArea, Text, UnstyledButton } from '@mantine/core';
import { IconQuote } from '@tabler/icons-react';
import { useMemo, useRef } from 'react';
import { type ChartHead, contract, type EvidenceView, type Proposal } from '../../../../src/server/contract/index.ts';
import { useRoute } from '../../api/index.ts';
import { mentionRanges, useChartHead } from '../../parts/chart/index.ts';
import { ErrorState, Highlighted, useKeys } from '../../parts/index.ts';
import { evidenceKey } from './answers.ts';
import type { FieldPlace } from './change-queue.ts';
import styles from './entry.module.css';
import type { FieldForm } from './field-form.ts';

interface Props {
  readonly study: string;
  readonly subject: string;
  /** The field in focus; undefined: none is. */
  readonly place: FieldPlace | undefined;
  readonly form: FieldForm | undefined;
  readonly cited: readonly EvidenceView[];
  /** What is chosen to be cited, here or in the chart. */
  readonly chosen: EvidenceView | undefined;
  readonly onCite: (evidence: EvidenceView) => void;
  /** Shows a sentence in the chart; the key that cites then cites it. */
  readonly onChoose: (evidence: EvidenceView) => void;
}

const SHOWN = 20;
const NO_SETS: ChartHead['termSets'] = [];

/** What is asked for the sentences of a field. */
export function proposalsInput(
  chart: { readonly study: string; readonly subject: string },
  place: FieldPlace | undefined,
) {
  return {
    params: { ...chart, instrument: place?.instrument ?? '', field: place?.field ?? '' },
    query: { limit: SHOWN },
  };
}

/** Sentences of the chart with the words of the field in focus. They are there to be read: no value is taken from them. */
export function Proposals({ study, subject, place, form, cited, chosen, onCite, onChoose }: Props) {
  const isAsked = place !== undefined && form?.hasTerms === true;
  const { data, error, isPending } = useRoute(contract.chartProposals, proposalsInput({ study, subject }, place), {
    enabled: isAsked,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const { termSets = NO_SETS } = useChartHead(useMemo(() => ({ study, subject }), [study, subject])).data ?? {};
  const sentences = isAsked ? (data?.items ?? []) : [];
  const list = useRef<HTMLOListElement>(null);
  const at = sentences.findIndex((one) => chosen !== undefined && evidenceKey(evidenceOf(one)) === evidenceKey(chosen));
  const step = (by: number) => {
    const next = Math.max(0, at + by);
    const sentence = sentences[next];
    if (!sentence) return;
    onChoose(evidenceOf(sentence));
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  useKeys('Sentences of the field', [
    { keys: ['s'], label: 'Show the next sentence in the chart', do: () => step(1) },
    { keys: ['Shift+s'], label: 'Show the sentence before', do: () => step(-1) },
  ]);
  return (
    <section className={styles.proposals} aria-label="Sentences of the field">
      <Group gap="xs" mb={2} wrap="nowrap">
        <Text size="xs" fw={600} truncate>
          {form ? `Sentences: ${form.label}` : 'Sentences'}
        </Text>
        {isAsked && isPending && <Loader size={12} />}
        {isAsked && data && (
          <Text size="xs" c="dimmed" className={styles.whole}>
            {data.notes === 1 ? '1 note' : `${data.notes} notes`}
            {data.next !== null && `, the first ${SHOWN} shown`}
          </Text>
        )}
      </Group>
      {error && <ErrorState error={error} />}
      {!isAsked && (
        <Text size="xs" c="dimmed">
          {form ? 'The protocol names no words to look for.' : 'Go to a field to see the sentences with its words.'}
        </Text>
      )}
      {isAsked && data && sentences.length === 0 && (
        <Text size="xs" c="dimmed">
          No note has a word that the protocol names for this field.
        </Text>
      )}
      <ScrollArea flex={1} type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': 'Sentences' }}>
        <ol className={styles.sentences} ref={list}>
          {sentences.map((sentence, index) => {
            const evidence = evidenceOf(sentence);
            return (
              <Sentence
                key={evidenceKey(evidence)}
                sentence={sentence}
                termSets={termSets}
                isChosen={index === at}
                isCited={cited.some((one) => evidenceKey(one) === evidenceKey(evidence))}
                onCite={() => onCite(evidence)}
                onChoose={() => onChoose(evidence)}
              />
            );
          })}
        </ol>
      </ScrollArea>
    </section>
  );
}

interface SentenceProps {
  readonly sentence: Proposal;
  readonly termSets: ChartHead['termSets'];
  readonly isChosen: boolean;
  readonly isCited: boolean;
  readonly onCite: () => void;
  readonly onChoose: () => void;
}

function Sentence({ sentence, termSets, isChosen, isCited, onCite, onChoose }: SentenceProps) {
  const { quote, start, mentions, at } = sentence;
  const ranges = useMemo(() => mentionRanges(mentions, termSets, start), [mentions, termSets, start]);
  const said = new Set(mentions.map(({ assertion }) => assertion).filter((assertion) => assertion !== 'affirmed'));
  return (
    <li className={styles.sentence} data-cited={isCited || undefined} data-chosen={isChosen || undefined}>
      <UnstyledButton className={styles.jump} onClick={onChoose} title="Show in the chart">
        <Text size="xs" span c="dimmed">
          {at?.date.slice(0, 10) ?? 'undated'}{' '}
        </Text>
        <Text size="xs" span>
          <Highlighted text={quote} ranges={ranges} />
        </Text>
        {[...said].map((assertion) => (
          <Badge key={assertion} size="xs" variant="light" color="gray" tt="none" ml={4}>
            {assertion.replaceAll('-', ' ')}
          </Badge>
        ))}
      </UnstyledButton>
      <ActionIcon size={24} onClick={onCite} disabled={isCited} aria-label="Take this sentence as evidence">
        <IconQuote size={14} />
      </ActionIcon>
    </li>
  );
}

function evidenceOf({ note, start, end, quote }: Proposal): EvidenceView {
  return { note, start, end, quote };
}
