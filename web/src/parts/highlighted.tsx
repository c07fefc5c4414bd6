import { Tooltip } from '@mantine/core';
import { memo, useMemo } from 'react';
import { type HighlightRange, type Segment, segmentsOf } from './highlight-segments.ts';
import classes from './highlighted.module.css';

/** How many colours there are; a term set beyond them takes the first again. */
export const HIGHLIGHT_COLOURS = 8;

interface HighlightedProps {
  /** Of a note: shown as the text that it is, whatever stands in it. */
  readonly text: string;
  readonly ranges: readonly HighlightRange[];
  /** The range that is looked at now, by its id; it gets a frame. */
  readonly current?: string | undefined;
  readonly onOpen?: (range: HighlightRange) => void;
}

/**
 * A text with parts of it marked, coloured by term set, negated ones struck through with what negates them in a tooltip. Holds
 * no character that is not of the text, so that a selection in it has the offsets of the text (`selectedRange`).
 */
export const Highlighted = memo(function Highlighted({ text, ranges, current, onOpen }: HighlightedProps) {
  const segments = useMemo(() => segmentsOf(text.length, ranges), [text, ranges]);
  return segments.map((segment) =>
    segment.ranges.length === 0 ? (
      text.slice(segment.start, segment.end)
    ) : (
      <Marked
        key={segment.start}
        segment={segment}
        text={text.slice(segment.start, segment.end)}
        isCurrent={current !== undefined && segment.ranges.some(({ id }) => id === current)}
        onOpen={onOpen}
      />
    ),
  );
});

interface MarkedProps {
  readonly segment: Segment;
  readonly text: string;
  readonly isCurrent: boolean;
  readonly onOpen: HighlightedProps['onOpen'];
}

function Marked({ segment: { ranges }, text, isCurrent, onOpen }: MarkedProps) {
  const [first] = ranges;
  if (!first) return text;
  const said = descriptionOf(ranges);
  const coloured = ranges.find(({ kind }) => kind === undefined);
  const has = (kind: HighlightRange['kind']): true | undefined => ranges.some((one) => one.kind === kind) || undefined;
  const mark = (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the page go from mark to mark; a stop at each would be hundreds
    <mark
      className={classes.mark}
      data-colour={coloured && coloured.set % HIGHLIGHT_COLOURS}
      data-copied={has('copied')}
      data-found={has('found')}
      data-evidence={has('evidence')}
      data-negated={ranges.some(({ negatedBy }) => negatedBy !== undefined) || undefined}
      data-current={isCurrent || undefined}
      data-range={first.id}
      aria-description={said || undefined}
      onClick={onOpen && (() => onOpen(first))}
    >
      {text}
    </mark>
  );
  return said ? <Tooltip label={said}>{mark}</Tooltip> : mark;
}

function descriptionOf(ranges: readonly HighlightRange[]): string {
  const said = ranges.map(({ name, negatedBy }) =>
    [name, negatedBy !== undefined && `negated by “${negatedBy}”`].filter(Boolean).join(', '),
  );
  return [...new Set(said.filter(Boolean))].join('; ');
}
