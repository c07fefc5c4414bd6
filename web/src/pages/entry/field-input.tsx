import { Checkbox, Group, Kbd, Radio, SegmentedControl, Select } from '@mantine/core';
import { choiceKey } from './answer-keys.ts';
import styles from './entry.module.css';
import type { FieldForm } from './field-form.ts';
import type { InputProps, Value } from './input-props.ts';
import { type Parsed, parseDateInput, parseNumber } from './parse-input.ts';
import { Typed } from './typed-input.tsx';

/** The input of a field by its type. Text is given on when the field is left, or Enter pressed; choices at once. */
export function FieldInput(props: InputProps) {
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
      const chosen = typeof value === 'string' ? value : null;
      // All choices in sight, so that one key or click is enough.
      if (choices.length <= 9) {
        return (
          <Radio.Group value={chosen} onChange={onChange} aria-label={form.label} {...aria}>
            <Boxes id={id} choices={choices} Box={Radio} />
          </Radio.Group>
        );
      }
      return (
        <Select
          id={id}
          {...aria}
          data={choices.map(({ code, label }) => ({ value: code, label }))}
          value={chosen}
          onChange={(code) => onChange(code ?? undefined)}
          clearable
          searchable
          size="xs"
        />
      );
    }
    case 'choices': {
      const chosen = Array.isArray(value) ? [...(value as readonly string[])] : [];
      const give = (codes: string[]) => onChange(codes.length > 0 ? codes : undefined);
      return (
        <Checkbox.Group value={chosen} onChange={give} aria-label={form.label} {...aria}>
          <Boxes id={id} choices={form.choices ?? []} Box={Checkbox} />
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

interface BoxesProps {
  readonly id: string;
  readonly choices: NonNullable<FieldForm['choices']>;
  readonly Box: typeof Radio | typeof Checkbox;
}

/** The choices of a group, each with its key. */
function Boxes({ id, choices, Box }: BoxesProps) {
  return (
    <Group gap="6px 12px" id={id} tabIndex={-1}>
      {choices.map(({ code, label, guidance }, at) => (
        <Box
          key={code}
          size="sm"
          value={code}
          label={<Keyed label={label} keyName={choiceKey(at)} />}
          title={guidance}
        />
      ))}
    </Group>
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
