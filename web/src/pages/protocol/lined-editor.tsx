import { Input } from '@mantine/core';
import { memo, type Ref, useId, useImperativeHandle, useRef } from 'react';
import classes from './lined-editor.module.css';
import { offsetAt } from './offset-at.ts';

/** A place of the text; both count from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** What a page does with the editor. */
export interface LinedEditorHandle {
  /** Scrolls to a line, a little below the top. */
  show(line: number): void;
  /** The same, and puts the caret there. */
  goTo(place: TextPlace): void;
}

interface Props {
  readonly label: string;
  readonly description: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Lines that are marked, such as those with a mistake. */
  readonly marked: ReadonlySet<number>;
  readonly ref?: Ref<LinedEditorHandle>;
}

/** A text to be written, with the number of each line beside it. Lines are not broken. */
export function LinedEditor({ label, description, value, onChange, marked, ref }: Props) {
  const id = useId();
  const gutter = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(ref, () => {
    const show = (line: number) => {
      const { current } = area;
      if (!current) return;
      current.scrollTop = Math.max(0, (line - ABOVE) * Number.parseFloat(getComputedStyle(current).lineHeight));
    };
    return {
      show,
      goTo({ line, column }) {
        const { current } = area;
        const at = current ? offsetAt(current.value, line, column) : 0;
        current?.focus();
        current?.setSelectionRange(at, at);
        show(line);
      },
    };
  }, []);
  return (
    <Input.Wrapper id={id} label={label} description={description}>
      <div className={classes.editor}>
        <div ref={gutter} className={classes.gutter} aria-hidden data-testid="line-numbers">
          <Numbers lines={value.split('\n').length} marked={marked} />
        </div>
        <textarea
          ref={area}
          id={id}
          aria-describedby={`${id}-description`}
          className={classes.text}
          rows={22}
          wrap="off"
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          onScroll={({ currentTarget }) => {
            if (gutter.current) gutter.current.scrollTop = currentTarget.scrollTop;
          }}
        />
      </div>
    </Input.Wrapper>
  );
}

/** How many lines stay in sight above one that is shown. */
const ABOVE = 5;

const Numbers = memo(function Numbers({ lines, marked }: { readonly lines: number } & Pick<Props, 'marked'>) {
  return Array.from({ length: lines }, (_, at) => at + 1).map((line) => (
    <div key={line} data-marked={marked.has(line) || undefined}>
      {line}
    </div>
  ));
});
