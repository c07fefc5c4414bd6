import { Box, Text, VisuallyHidden } from '@mantine/core';
import { type ChangeEvent, type KeyboardEvent, type Ref, useId, useImperativeHandle, useRef, useState } from 'react';
import classes from './query-editor.module.css';
import { type CompletionItem, useCompletion } from './use-completion.ts';

/** What is wrong with a query, and at which character (from 1). */
export interface QueryMistake {
  readonly column: number;
  readonly message: string;
  readonly tip: string | undefined;
}

interface QueryEditorProps {
  readonly study: string;
  readonly value: string;
  readonly onChange: (query: string) => void;
  readonly onAsk: () => void;
  readonly mistake: QueryMistake | undefined;
  readonly ref?: Ref<{ focus(): void }>;
}

/** Where a query is written: completed as one types, with what is wrong marked at its character. Enter asks. */
export function QueryEditor({ study, value, onChange, onAsk, mistake, ref }: QueryEditorProps) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const { completion, ask, close } = useCompletion(study);
  const [active, setActive] = useState(-1);
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }));

  const items = completion?.items ?? [];
  const write = (event: ChangeEvent<HTMLTextAreaElement>) => {
    onChange(event.currentTarget.value);
    setActive(-1);
    ask(event.currentTarget.value, event.currentTarget.selectionStart);
  };
  const take = (item: CompletionItem) => {
    if (!completion) return;
    const before = value.slice(0, completion.from) + item.text + (/[(:]$/.test(item.text) ? '' : ' ');
    onChange(before + value.slice(completion.at).replace(/^ /, ''));
    close();
    setActive(-1);
    // React sets the text first; then the cursor goes behind what was taken.
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(before.length, before.length);
    });
  };
  const press = (event: KeyboardEvent) => {
    const taken = items[active];
    if ((event.key === 'Enter' || event.key === 'Tab') && taken) {
      event.preventDefault();
      take(taken);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      close();
      onAsk();
    } else if (event.key === 'Escape' && completion) {
      event.preventDefault();
      close();
    } else if (event.key === ' ' && event.ctrlKey && field.current) {
      event.preventDefault();
      ask(value, field.current.selectionStart);
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && completion) {
      event.preventDefault();
      const next = active + (event.key === 'ArrowDown' ? 1 : -1);
      setActive(next < -1 ? items.length - 1 : next >= items.length ? -1 : next);
    }
  };
  return (
    <Box>
      <Text component="label" htmlFor={id} fw={500}>
        Query
      </Text>
      <div className={classes.editor} data-wrong={mistake !== undefined || undefined}>
        <div className={classes.copy} aria-hidden>
          <Marked text={value} column={mistake?.column} />
        </div>
        <textarea
          ref={field}
          id={id}
          className={classes.field}
          value={value}
          onChange={write}
          onKeyDown={press}
          onBlur={close}
          maxLength={5000}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          placeholder='affirmed("night sweats") AND date:[2012 TO 2015]'
          aria-autocomplete="list"
          aria-controls={completion ? `${id}-list` : undefined}
          aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
          aria-invalid={mistake !== undefined || undefined}
          aria-describedby={mistake ? `${id}-mistake` : `${id}-help`}
        />
        {completion && (
          <div className={classes.list} id={`${id}-list`} role="listbox" aria-label="What may come here">
            {items.map((item, at) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the text field
              <div
                key={`${item.kind} ${item.text}`}
                id={`${id}-${at}`}
                role="option"
                aria-selected={at === active}
                className={classes.item}
                tabIndex={-1}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => take(item)}
              >
                <code>{item.text}</code>
                <Text span size="sm" c="dimmed" truncate>
                  {item.meaning ?? KINDS[item.kind]}
                </Text>
                <Text span size="sm">
                  {item.notes !== null && `${item.notes} notes`}
                </Text>
              </div>
            ))}
          </div>
        )}
      </div>
      <VisuallyHidden role="status">{completion && `${items.length} completions; arrow down to choose`}</VisuallyHidden>
      {mistake ? (
        <Text id={`${id}-mistake`} role="alert" c="var(--mantine-color-error)" size="sm" mt={4}>
          Character {mistake.column}: {mistake.message} {mistake.tip}
        </Text>
      ) : (
        <Text id={`${id}-help`} size="sm" c="dimmed" mt={4}>
          Enter searches, Shift Enter begins a line, Ctrl Space shows what may come. Words, “phrases”, @term-sets, AND
          OR NOT, negated(…), date:2012.
        </Text>
      )}
    </Box>
  );
}

const KINDS: Readonly<Record<CompletionItem['kind'], string>> = {
  operator: 'operator',
  function: 'function',
  filter: 'filter',
  value: 'value of the notes',
  terms: 'term set',
  word: 'word of the notes',
  suggestion: 'written like it',
};

/** The text with the character that is wrong marked; behind the end there is a blank to mark. */
function Marked({ text, column }: { readonly text: string; readonly column: number | undefined }) {
  if (column === undefined) return `${text}\n`;
  const at = Math.min(Math.max(column - 1, 0), text.length);
  return (
    <>
      {text.slice(0, at)}
      <span className={classes.wrong}>{text.slice(at, at + 1) || '\u00a0'}</span>
      {`${text.slice(at + 1)}\n`}
    </>
  );
}
