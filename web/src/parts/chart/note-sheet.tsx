import { NativeSelect, Text, Title } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ChartNote } from '../../../../src/server/contract/index.ts';
import { Highlighted } from '../highlighted.tsx';
import { useKeys } from '../keys.tsx';
import classes from './chart-pane.module.css';
import { type Marked, mentionText, noteRanges } from './note-ranges.ts';
import type { NoteReaderProps } from './note-reader.tsx';
import { addSentence, stepSentence } from './sentence-steps.ts';
import { scrollToText } from './text-range.ts';
import { useChosen } from './use-chosen.ts';
import { useTold } from './use-told.ts';

interface NoteSheetProps extends NoteReaderProps {
  readonly note: ChartNote;
  /** Absent while they are not known. */
  readonly copies: Marked['copies'] | undefined;
}

const NONE: Marked['copies'] = [];

/** The text of a note with all that is marked in it, to be read, searched and cited from. */
export function NoteSheet({ head, place, found, onSelect, note, copies = NONE }: NoteSheetProps) {
  const { text, sentences, sections, found: mentions } = note;
  const { termSets } = head;
  const scroller = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const [chosen, choose] = useChosen(sheet);
  const [mention, setMention] = useState<number>();

  const evidence = useMemo(
    () =>
      place.isEvidence && place.start !== undefined && place.end !== undefined
        ? { start: place.start, end: place.end }
        : undefined,
    [place],
  );
  const ranges = useMemo(
    () => noteRanges({ mentions, copies, found, evidence, termSets }),
    [mentions, copies, found, evidence, termSets],
  );
  const show = (start: number, end: number): void => {
    if (scroller.current && sheet.current) scrollToText(scroller.current, sheet.current, start, end);
  };
  useEffect(() => {
    setMention(undefined);
    if (place.start !== undefined && scroller.current && sheet.current)
      scrollToText(scroller.current, sheet.current, place.start, place.end ?? place.start + 1);
  }, [place]);
  useTold(onSelect, chosen && `${chosen.start} ${chosen.end}`, () => {
    const { start, end } = chosen ?? { start: 0, end: 0 };
    return { note: note.source, start, end, quote: text.slice(start, end) };
  });

  const chooseSentence = (next: { readonly start: number; readonly end: number } | undefined): void => {
    if (!next) return;
    choose(next);
    show(next.start, next.end);
  };
  const stepMention = (by: 1 | -1): void => {
    if (mentions.length === 0) return;
    const next = ((mention ?? (by > 0 ? -1 : 0)) + by + mentions.length) % mentions.length;
    setMention(next);
    const at = mentions[next];
    if (at) show(at.start, at.end);
  };
  const from = mention === undefined ? place.start : mentions[mention]?.start;
  useKeys('Note', [
    {
      keys: ['.', 'Alt+.'],
      label: 'Choose the next sentence',
      do: () => chooseSentence(stepSentence(text, sentences, chosen, 1, from)),
    },
    {
      keys: [',', 'Alt+,'],
      label: 'Choose the sentence before',
      do: () => chooseSentence(stepSentence(text, sentences, chosen, -1)),
    },
    {
      keys: ['>', 'Alt+Shift+ArrowRight'],
      label: 'Choose one sentence more',
      do: () => chosen && chooseSentence(addSentence(text, sentences, chosen)),
    },
    { keys: ['m'], label: 'Next word of a term set', do: () => stepMention(1) },
    { keys: ['Shift+m'], label: 'Word of a term set before', do: () => stepMention(-1) },
  ]);

  const hit = found.findIndex(({ start, end }) => start === place.start && end === place.end);
  const current = mention !== undefined ? `mention:${mention}` : hit >= 0 ? `found:${hit}` : undefined;
  const told = mention === undefined ? undefined : mentions[mention];
  return (
    <article className={classes.note} aria-label="Note">
      <header className={classes.noteHead}>
        <Title order={2} size="h3">
          {note.title ?? note.type ?? 'Note'}
        </Title>
        <Text size="sm" c="dimmed" title={note.author ?? undefined}>
          {[note.at?.date.slice(0, 10) ?? 'no date', note.specialty].filter(Boolean).join(' · ')}
        </Text>
        {sections.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label="Go to a section"
            value=""
            onChange={(event) => {
              const section = sections[Number(event.currentTarget.value)];
              if (section) show(section.start, section.start + 1);
            }}
            data={[
              { value: '', label: 'Go to a section' },
              ...sections.map(({ start, end, kind }, at) => ({
                value: String(at),
                label: headingOf(text.slice(start, end), kind),
              })),
            ]}
          />
        )}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keys scroll it */}
      <section ref={scroller} className={classes.noteScroller} tabIndex={0} aria-label="Text of the note">
        <div ref={sheet} className={classes.text} data-testid="note-text">
          <Highlighted text={text} ranges={ranges} current={current} />
        </div>
      </section>
      <footer className={classes.noteFoot} aria-live="polite">
        {told ? mentionText(text, told, termSets) : chosen ? chosenText(chosen, text) : ''}
      </footer>
    </article>
  );
}

/** A section by its kind; one whose heading is not known by what it begins with. */
function headingOf(section: string, kind: string): string {
  const words =
    kind === 'other' || kind === 'preamble' ? section.trim().slice(0, 30).split('\n')[0] : kind.replaceAll('-', ' ');
  return words || kind;
}

function chosenText({ start, end }: { readonly start: number; readonly end: number }, text: string): string {
  const quote = text.slice(start, end);
  return `Chosen: “${quote.length > 90 ? `${quote.slice(0, 60)} … ${quote.slice(-24)}` : quote}”`;
}
