import { Checkbox, Group, Kbd, Radio, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { choiceKey } from './answer-keys.ts';
import styles from './entry.module.css';
import type { FieldForm } from './field-form.ts';
import { type Parsed, parseDateInput, parseNumber } from './parse-input.ts';

export type Value = string | number | boolean | readonly string[];

interface Props {
  readonly id: string;
  readonly form: FieldForm;
  /** undefined: none. */
  readonly value: Value | undefined;
  readonly onChange: (value: Value | undefined) => void;
  readonly describedBy: string;
  readonly isInvalid: boolean;
}

/** The input of a field by its type. Text is given on when the field is left, or Enter pressed; choices at once. */
export function FieldInput(props: Props) {
  const { id, form, value, onChange, describedBy, isInvalid } = props;
  const aria = { 'aria-describedby': describedBy, 'aria-invalid': isInvalid };
  switch (form.type) {
    case 'integer':
    case 'decimal': {
      const parse = (text: string) => withinLimits(form, parseNumber(text, form.type as 'integer' | 'decimal'));
      return <Typed {...props} parse={parse} width={140} unit={form.unit} />;
    }
    case 'date':
      return <Typed {...props} parse={parseDateInput} width={170} placeholder="2012, 2012-03, 2012-03-05" />;
    case 'text':
      return <Typed {...props} parse={parseText} isLong />;
    case 'yesno':
      return (
        <Choice
          {...{ id, aria, onChange }}
          value={value}
          label={form.label}
          options={[
            { code: true, label: 'Yes', key: 'y' },
            { code: false, label: 'No', key: 'n' },
          ]}
        />
      );
    case 'choice': {
      const choices = form.choices ?? [];
      if (choices.length <= 9) return <Radios {...{ id, aria, onChange }} form={form} value={value} />;
      return (
        <Select
          id={id}
          {...aria}
          data={choices.map(({ code, label }) => ({ value: code, label }))}
          value={typeof value === 'string' ? value : null}
          onChange={(code) => onChange(code ?? undefined)}
          clearable
          searchable
          size="xs"
        />
      );
    }
    case 'choices': {
      const chosen = Array.isArray(value) ? (value as readonly string[]) : [];
      return (
        <Checkbox.Group
          value={[...chosen]}
          onChange={(codes) => onChange(codes.length > 0 ? codes : undefined)}
          aria-label={form.label}
          {...aria}
        >
          <Group gap="6px 12px" id={id} tabIndex={-1}>
            {(form.choices ?? []).map(({ code, label, guidance }, at) => (
              <Checkbox
                key={code}
                size="sm"
                value={code}
                label={<Keyed label={label} keyName={choiceKey(at)} />}
                title={guidance}
              />
            ))}
          </Group>
        </Checkbox.Group>
      );
    }
    case 'computed':
      return null;
  }
}

function withinLimits({ min, max }: FieldForm, parsed: Parsed<number>): Parsed<number> {
  if (!('value' in parsed)) return parsed;
  const isWithin = parsed.value >= (min ?? parsed.value) && parsed.value <= (max ?? parsed.value);
  return isWithin ? parsed : { problem: `It must lie between ${min ?? 'any'} and ${max ?? 'any'}` };
}

function parseText(text: string): Parsed<string> {
  return text.trim() === '' ? { empty: true } : { value: text };
}

interface TypedProps extends Props {
  readonly parse: (text: string) => Parsed<Value>;
  readonly width?: number;
  readonly unit?: string | undefined;
  readonly placeholder?: string;
  readonly isLong?: boolean;
}

/** What is typed stays as it is typed until it is a value: a problem is shown and nothing is sent. */
function Typed({ id, value, onChange, parse, width, unit, placeholder, isLong, describedBy, isInvalid }: TypedProps) {
  const written = value === undefined ? '' : String(value);
  const [text, setText] = useState(written);
  useEffect(() => setText(written), [written]);
  const parsed = parse(text);
  const problem = 'problem' in parsed && text !== written ? parsed.problem : undefined;
  const give = () => {
    if ('problem' in parsed || text === written) return;
    const next = 'value' in parsed ? parsed.value : undefined;
    setText(next === undefined ? '' : String(next));
    if (next !== value) onChange(next);
  };
  // A long text is given while it is typed, so that little is lost with the window.
  useEffect(() => {
    if (!isLong || text === written) return;
    const timer = setTimeout(give, 1_500);
    return () => clearTimeout(timer);
  });
  const common = {
    id,
    value: text,
    error: problem,
    placeholder: placeholder ?? '',
    size: 'xs' as const,
    autoComplete: 'off',
    'aria-describedby': describedBy,
    'aria-invalid': isInvalid || problem !== undefined,
    onBlur: give,
  };
  if (isLong)
    return (
      <Textarea {...common} autosize minRows={1} maxRows={8} onChange={(event) => setText(event.currentTarget.value)} />
    );
  return (
    <TextInput
      {...common}
      w={width}
      inputMode={unit === undefined ? 'text' : 'decimal'}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && give()}
      rightSection={unit && <span aria-hidden>{unit}</span>}
      rightSectionWidth={unit ? Math.max(28, unit.length * 9) : 0}
    />
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly label: string;
  readonly aria: object;
  readonly value: Value | undefined;
  readonly options: readonly { readonly code: string | boolean; readonly label: string; readonly key: string }[];
  readonly onChange: (value: Value | undefined) => void;
}

/** A few choices side by side. None is chosen until somebody chooses. */
function Choice({ id, label, aria, value, options, onChange }: ChoiceProps) {
  const at = options.findIndex(({ code }) => code === value);
  return (
    <SegmentedControl
      id={id}
      {...aria}
      aria-label={label}
      size="xs"
      value={at < 0 ? '' : String(at)}
      onChange={(index) => onChange(options[Number(index)]?.code)}
      data={options.map((option, index) => ({
        value: String(index),
        label: <Keyed label={option.label} keyName={option.key} />,
      }))}
    />
  );
}

/** All choices in sight, so that one key or click is enough. */
function Radios({
  id,
  form,
  aria,
  value,
  onChange,
}: Omit<ChoiceProps, 'options' | 'label'> & { readonly form: FieldForm }) {
  return (
    <Radio.Group
      value={typeof value === 'string' ? value : null}
      onChange={(code) => onChange(code)}
      aria-label={form.label}
      {...aria}
    >
      <Group gap="6px 12px" id={id} tabIndex={-1}>
        {(form.choices ?? []).map(({ code, label, guidance }, at) => (
          <Radio
            key={code}
            size="sm"
            value={code}
            label={<Keyed label={label} keyName={choiceKey(at)} />}
            title={guidance}
          />
        ))}
      </Group>
    </Radio.Group>
  );
}

/** A choice with the key that makes it, which is seen while the field is in focus. */
function Keyed({ label, keyName }: { readonly label: string; readonly keyName: string | undefined }) {
  return (
    <>
      {label}
      {keyName !== undefined && (
        <Kbd size="xs" className={styles.key} aria-hidden>
          {keyName}
        </Kbd>
      )}
    </>
  );
}
