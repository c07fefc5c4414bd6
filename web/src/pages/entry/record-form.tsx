import { Button, Group, Stack, Text } from '@mantine/core';
import type { EvidenceView, RecordView } from '../../../../src/server/contract/index.ts';
import { answerText, type Coverage, evidenceKey, withEvidence } from './answers.ts';
import type { FieldPlace } from './change-queue.ts';
import { FieldCard } from './field-card.tsx';
import type { InstrumentForm } from './field-form.ts';
import type { Entry } from './use-entry.ts';

/** What the fields of all records share. */
export interface FormContext {
  readonly entry: Entry;
  readonly focused: FieldPlace | undefined;
  readonly onFocus: (place: FieldPlace) => void;
  /** Keeps the keys with a field that was answered by one. */
  readonly onHold: (place: FieldPlace) => void;
  /** Evidence that was chosen before its field had a value, by {@link inputId}. */
  readonly pending: ReadonlyMap<string, readonly EvidenceView[]>;
  readonly onPending: (place: FieldPlace, evidence: readonly EvidenceView[]) => void;
  readonly onJump: (one: EvidenceView) => void;
  readonly coverage: (place: FieldPlace) => Promise<Coverage>;
}

interface Props {
  readonly form: InstrumentForm;
  readonly record: RecordView;
  readonly context: FormContext;
  readonly onComplete: () => void;
  readonly onRemove?: (() => void) | undefined;
}

const STATES = {
  empty: 'Nothing entered',
  draft: 'Not completed',
  complete: 'Completed',
  changed: 'Changed since it was completed',
} as const;

/** One record: the fields that are asked, in the order of the protocol. What a field needs to be asked the server says. */
export function RecordForm({ form, record, context, onComplete, onRemove }: Props) {
  const { instrument, row } = record;
  const { entry } = context;
  const isAsked = new Set(record.visible);
  const whole = record.problems.filter(({ field }) => field === '');
  return (
    <Stack gap={6} component="section" aria-label={row === '' ? form.label : `${form.label}: ${row}`}>
      {form.fields
        .filter(({ field }) => isAsked.has(field))
        .map((field) => {
          const place = { instrument, row, field: field.field };
          if (field.type === 'computed') {
            return <Computed key={field.field} form={field} value={record.computed[field.field]} />;
          }
          // The key of a row is the row itself: another one is another row.
          if (field.field === form.key) return null;
          return <PlacedField key={field.field} {...{ form: field, place, record, context }} />;
        })}
      {form.fields
        .filter(({ field }) => !isAsked.has(field) && entry.field({ instrument, row, field }).answer !== null)
        .map((field) => (
          <Text key={field.field} size="xs" c="dimmed" px={10}>
            Not asked any more: {field.label}{' '}
            {answerText(entry.field({ instrument, row, field: field.field }).answer, field.choices)}. It does not count.
          </Text>
        ))}
      {whole.map(({ code, message, tip }) => (
        <Text key={code} size="xs" c="var(--mantine-color-error)">
          {message} {tip}
        </Text>
      ))}
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          {STATES[record.state]}
          {record.unanswered.length > 0 && ` · ${record.unanswered.length} unanswered`}
        </Text>
        <Group gap="xs">
          {onRemove && (
            <Button size="compact-xs" variant="subtle" color="red" onClick={onRemove}>
              Remove row
            </Button>
          )}
          {record.state !== 'complete' && record.state !== 'empty' && (
            <Button size="compact-xs" variant="light" onClick={onComplete}>
              Complete this record
            </Button>
          )}
        </Group>
      </Group>
    </Stack>
  );
}

function PlacedField({
  form,
  place,
  record,
  context,
}: {
  readonly form: InstrumentForm['fields'][number];
  readonly place: FieldPlace;
  readonly record: RecordView;
  readonly context: FormContext;
}) {
  const { entry, focused, pending } = context;
  const id = inputId(place);
  const state = entry.field(place);
  // What is wrong with an answer is said once there is one; what is unanswered is counted below.
  const problems = state.answer === null ? [] : record.problems.filter(({ field }) => field === place.field);
  return (
    <FieldCard
      form={form}
      inputId={id}
      state={state}
      problems={problems}
      isFocused={focused !== undefined && inputId(focused) === id}
      pending={pending.get(id) ?? []}
      onEnter={(answer) => entry.enter(place, answer)}
      onPending={(evidence) => context.onPending(place, evidence)}
      onFocus={() => context.onFocus(place)}
      onJump={context.onJump}
      coverage={() => context.coverage(place)}
      onKeepMine={() => entry.queue.keepMine(place)}
      onTakeTheirs={() => entry.queue.takeTheirs(place)}
    />
  );
}

function Computed({ form, value }: { readonly form: InstrumentForm['fields'][number]; readonly value: unknown }) {
  const { field, label, unit } = form;
  const text =
    value === undefined ? 'not known yet' : typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value);
  return (
    <Group gap="xs" px={10} py={4} data-field={field}>
      <Text size="sm" fw={600}>
        {label}
      </Text>
      <Text size="sm">
        {text} {value !== undefined && unit}
      </Text>
      <Text size="xs" c="dimmed">
        worked out
      </Text>
    </Group>
  );
}

/** The id of the input of a field in the page. */
export function inputId({ instrument, row, field }: FieldPlace): string {
  return `field-${instrument}-${encodeURIComponent(row)}-${field}`;
}

/** Adds a place of the chart to what a field rests on; it waits for the value where there is none. */
export function addEvidence({ entry, pending, onPending }: FormContext, place: FieldPlace, one: EvidenceView): void {
  const { answer } = entry.field(place);
  const held = answer ? answer.evidence : (pending.get(inputId(place)) ?? []);
  if (held.some((other) => evidenceKey(other) === evidenceKey(one))) return;
  const evidence = [...held, one];
  if (answer) entry.enter(place, withEvidence(answer, evidence));
  else onPending(place, evidence);
}
