import { Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCloudOff, IconLoader2, IconPencil } from '@tabler/icons-react';
import { dateTimeOf } from './written-time.ts';

/** How what somebody entered stands. */
export type SavingState =
  | { readonly is: 'unchanged' }
  | { readonly is: 'changed' }
  | { readonly is: 'saving' }
  /** `at`: when the server had it (ISO 8601). */
  | { readonly is: 'saved'; readonly at: string }
  /** The server is not reached; what waits is kept here and sent again. */
  | { readonly is: 'offline'; readonly waiting: number }
  /** The server refused, or another changed it; the page says more. */
  | { readonly is: 'not-saved' };

/** Says, always in the same place, whether what somebody entered is kept. */
export function Saving({ state }: { readonly state: SavingState }) {
  const { Icon, text, color } = shownOf(state);
  return (
    <Group role="status" aria-live="polite" gap={6} wrap="nowrap" mih={24}>
      {Icon && <Icon size={16} aria-hidden color={color} />}
      <Text size="sm" {...(color && { c: color })}>
        {text}
      </Text>
    </Group>
  );
}

function shownOf(state: SavingState) {
  switch (state.is) {
    case 'unchanged':
      return { text: '' };
    case 'changed':
      return { Icon: IconPencil, text: 'Changed' };
    case 'saving':
      return { Icon: IconLoader2, text: 'Saving …' };
    case 'saved':
      return {
        Icon: IconCheck,
        text: `Saved ${dateTimeOf(state.at)}`,
        color: 'var(--mantine-color-green-light-color)',
      };
    case 'offline':
      return {
        Icon: IconCloudOff,
        text: `Not connected: ${state.waiting === 1 ? 'a change is' : `${state.waiting} changes are`} kept here and sent when the server answers`,
        color: 'var(--mantine-color-yellow-light-color)',
      };
    case 'not-saved':
      return { Icon: IconAlertTriangle, text: 'Not saved', color: 'var(--mantine-color-error)' };
  }
}
