import { Textarea, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { InputProps, Value } from './input-props.ts';
import type { Parsed } from './parse-input.ts';

interface TypedProps extends InputProps {
  readonly parse: (text: string) => Parsed<Value>;
  readonly width?: number;
  readonly unit?: string | undefined;
  readonly placeholder?: string;
  readonly isLong?: boolean;
}

/** What is typed stays as it is typed until it is a value: a problem is shown and nothing is sent. */
export function Typed({
  id,
  value,
  onChange,
  parse,
  width,
  unit,
  placeholder,
  isLong,
  describedBy,
  isInvalid,
}: TypedProps) {
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
