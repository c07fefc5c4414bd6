import { ActionIcon, Group, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { type Icon, IconQuote, IconTable, IconX } from '@tabler/icons-react';
import { contract, type EvidenceView } from '../../../../src/server/contract/index.ts';
import { useRoute } from '../../api/index.ts';
import { evidenceKey } from './answers.ts';
import { useCited } from './cited-notes.tsx';
import styles from './entry.module.css';

interface Props {
  readonly evidence: readonly EvidenceView[];
  /** Shows the place in the chart. */
  readonly onJump: (one: EvidenceView) => void;
  /** Absent where it cannot be taken away. */
  readonly onRemove?: ((one: EvidenceView) => void) | undefined;
}

/** What an answer rests on: each says of which note it is, and opens the chart at its place. */
export function EvidenceChips({ evidence, onJump, onRemove }: Props) {
  if (evidence.length === 0) return null;
  return (
    <Group gap={4} role="list" aria-label="Evidence">
      {evidence.map((one) => {
        const of = { onJump: () => onJump(one), onRemove: onRemove && (() => onRemove(one)) };
        return 'record' in one ? (
          <RecordChip key={evidenceKey(one)} record={one.record} {...of} />
        ) : (
          <NoteChip key={evidenceKey(one)} {...one} {...of} />
        );
      })}
    </Group>
  );
}

interface ChipOf {
  readonly onJump: () => void;
  readonly onRemove: (() => void) | undefined;
}

function NoteChip({ note, quote, ...of }: ChipOf & { readonly note: string; readonly quote: string }) {
  const known = useCited().notes.get(note);
  const from = known && [known.at?.date.slice(0, 10) ?? 'undated', known.title ?? known.type ?? 'Note'].join(', ');
  const whole = [from, known?.specialty].filter(Boolean).join(', ');
  return <Chip {...of} Sign={IconQuote} text={quote.replaceAll(/\s+/g, ' ')} from={from} whole={whole} />;
}

function RecordChip({ record, ...of }: ChipOf & { readonly record: string }) {
  const { params } = useCited();
  const { data } = useRoute(
    contract.chartRow,
    { params, body: { source: record } },
    { staleTime: Number.POSITIVE_INFINITY },
  );
  const from = data && [data.date?.slice(0, 10) ?? 'undated', data.kind.replaceAll('_', ' ')].join(', ');
  return <Chip {...of} Sign={IconTable} text={data?.text ?? record} from={from} whole={`${from ?? ''} (${record})`} />;
}

interface ChipProps extends ChipOf {
  readonly Sign: Icon;
  /** The sentence, or what the row says. */
  readonly text: string;
  /** When and what it is of; undefined while that is not known. */
  readonly from: string | undefined;
  /** The same in full. */
  readonly whole: string;
}

/** Its line is there before it is known, so that nothing below moves under a click. */
const NOT_YET = '\u00a0';

function Chip({ Sign, text, from, whole, onJump, onRemove }: ChipProps) {
  return (
    <Group className={styles.chip} gap={2} wrap="nowrap" role="listitem">
      <Tooltip multiline maw={420} label={[text, whole].filter(Boolean).join(' — ')}>
        <UnstyledButton className={styles.quote} onClick={onJump}>
          <Sign size={13} aria-hidden />
          <span className={styles.cited}>
            <Text size="xs" span truncate>
              {text}
            </Text>{' '}
            <Text size="xs" span truncate c="dimmed">
              {from ?? NOT_YET}
            </Text>
          </span>
        </UnstyledButton>
      </Tooltip>
      {onRemove && (
        <ActionIcon size={24} variant="subtle" color="gray" aria-label={`Take away: ${text}`} onClick={onRemove}>
          <IconX size={13} />
        </ActionIcon>
      )}
    </Group>
  );
}
