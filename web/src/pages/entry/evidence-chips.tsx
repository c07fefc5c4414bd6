import { ActionIcon, Group, Text, UnstyledButton } from '@mantine/core';
import { IconQuote, IconTable, IconX } from '@tabler/icons-react';
import type { EvidenceView } from '../../../../src/server/contract/index.ts';
import { evidenceKey } from './answers.ts';
import styles from './entry.module.css';

interface Props {
  readonly evidence: readonly EvidenceView[];
  /** Shows the place in the chart. */
  readonly onJump: (one: EvidenceView) => void;
  /** Absent where it cannot be taken away. */
  readonly onRemove?: ((one: EvidenceView) => void) | undefined;
}

/** What an answer rests on: each opens the chart at its place. */
export function EvidenceChips({ evidence, onJump, onRemove }: Props) {
  if (evidence.length === 0) return null;
  return (
    <Group gap={4} role="list" aria-label="Evidence">
      {evidence.map((one) => {
        const text = 'record' in one ? one.record : one.quote.replaceAll(/\s+/g, ' ');
        return (
          <Group key={evidenceKey(one)} className={styles.chip} gap={2} wrap="nowrap" role="listitem">
            <UnstyledButton className={styles.quote} onClick={() => onJump(one)} title={`Show in the chart: ${text}`}>
              {'record' in one ? <IconTable size={13} aria-hidden /> : <IconQuote size={13} aria-hidden />}
              <Text size="xs" span truncate>
                {text}
              </Text>
            </UnstyledButton>
            {onRemove && (
              <ActionIcon
                size={24}
                variant="subtle"
                color="gray"
                aria-label={`Take away: ${text}`}
                onClick={() => onRemove(one)}
              >
                <IconX size={13} />
              </ActionIcon>
            )}
          </Group>
        );
      })}
    </Group>
  );
}
