import { Button, Group, Stack, Tabs, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { RecordView } from '../../../../src/server/contract/index.ts';
import type { InstrumentForm } from './field-form.ts';
import { FieldInput } from './field-input.tsx';
import type { Value } from './input-props.ts';
import { type FormContext, RecordForm } from './record-form.tsx';

interface Props {
  readonly form: InstrumentForm;
  readonly records: readonly RecordView[];
  readonly context: FormContext;
  readonly onComplete: (record: RecordView) => void;
  readonly onRemove: (record: RecordView) => void;
}

/** An instrument: its one record, or its rows, one at a time. */
export function InstrumentSection({ form, records, context, onComplete, onRemove }: Props) {
  const [shown, setShown] = useState<string | null>(null);
  const rows = form.key === undefined ? records : records.filter(({ row }) => row !== '');
  const current = rows.find(({ row }) => row === shown) ?? rows[0];
  const key = form.fields.find(({ field }) => field === form.key);
  const add = (value: Value) => {
    if (!key) return;
    const row = String(value);
    context.entry.enter(
      { instrument: form.instrument, row, field: key.field },
      { value: value as string, evidence: [] },
    );
    setShown(row);
  };
  return (
    <Stack gap={6} component="section" aria-label={form.label}>
      <Title order={2} size="h5">
        {form.label}
      </Title>
      {form.guidance && (
        <Text size="xs" c="dimmed">
          {form.guidance}
        </Text>
      )}
      {key && (
        <>
          {current && (
            <Tabs value={current.row} onChange={setShown} variant="pills">
              <Tabs.List aria-label={`Rows of ${form.label}`}>
                {rows.map(({ row, problems, unanswered }) => (
                  <Tabs.Tab key={row} value={row} py={4}>
                    {row}
                    {problems.length + unanswered.length > 0 && <span title="Something is missing or wrong"> •</span>}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
            </Tabs>
          )}
          <AddRow form={key} taken={rows.map(({ row }) => row)} onAdd={add} />
        </>
      )}
      {current && (
        <RecordForm
          key={current.row}
          form={form}
          record={current}
          context={context}
          onComplete={() => onComplete(current)}
          onRemove={key && (() => onRemove(current))}
        />
      )}
    </Stack>
  );
}

interface AddRowProps {
  readonly form: InstrumentForm['fields'][number];
  readonly taken: readonly string[];
  readonly onAdd: (value: Value) => void;
}

/** A row begins with the value of its key, by which it is told from the others. */
function AddRow({ form, taken, onAdd }: AddRowProps) {
  const [value, setValue] = useState<Value>();
  const isTaken = value !== undefined && taken.includes(String(value));
  const id = `add-row-${form.field}`;
  return (
    <Group gap="xs" align="center">
      <Text component="label" htmlFor={id} size="xs">
        New row, {form.label}:
      </Text>
      <FieldInput
        id={id}
        form={form}
        value={value}
        onChange={setValue}
        describedBy={`${id}-hint`}
        isInvalid={isTaken}
      />
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconPlus size={12} aria-hidden />}
        // Not for want of a value: what is typed becomes one when the field is left, which is by the press of this button.
        disabled={isTaken}
        onClick={() => {
          if (value === undefined) return;
          onAdd(value);
          setValue(undefined);
        }}
      >
        Add row
      </Button>
      <Text id={`${id}-hint`} size="xs" c="dimmed">
        {isTaken ? 'This row is there already' : ''}
      </Text>
    </Group>
  );
}
