/**
 * What happened when, on one axis with the index date. With the keyboard: arrows go from mark to mark and from lane to lane,
 * Enter opens, + and - go closer and farther, Shift and an arrow moves the stretch, 0 shows all.
 */
import { ActionIcon, Group, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight, IconMinus, IconPlus, IconZoomReset } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { ErrorState } from '../error-state.tsx';
import { useKeys } from '../keys.tsx';
import classes from './chart-pane.module.css';
import type { ChartParams } from './chart-pane.tsx';
import { type DayWindow, dayOf, panned, zoomed } from './time-scale.ts';
import { TimelineDrawing } from './timeline-drawing.tsx';
import { type LaneMark, lanesOf } from './timeline-lanes.ts';
import { type ActiveMark, stepOf, toLane, toMark } from './timeline-steps.ts';
import { useTimeline } from './use-timeline.ts';

interface TimelineProps {
  readonly params: ChartParams;
  /** What is open, by its source. */
  readonly openSource: string | undefined;
  readonly onNote: (source: string) => void;
  readonly onRow: (source: string) => void;
  /** Told of the stretch that is shown, where it is closer than all. */
  readonly onStretch: (stretch: { readonly from: string; readonly to: string } | undefined) => void;
}

export function Timeline({ params, openSource, onNote, onRow, onStretch }: TimelineProps) {
  const { data, error, whole, window, setWindow, refetch } = useTimeline(params);
  const [isShown, setIsShown] = useState(true);
  const [active, setActive] = useState<ActiveMark>();
  const { ref, width } = useElementSize();
  const drawing = useRef<HTMLDivElement>(null);
  const lanes = useMemo(() => (data ? lanesOf(data) : []), [data]);
  useKeys('Timeline', [{ keys: ['t'], label: 'To the timeline', do: () => drawing.current?.focus() }]);

  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!whole || !window) {
    return (
      <Text size="sm" c="dimmed" className={classes.timeline}>
        {data ? 'Nothing in the chart has a date.' : 'Loading the timeline …'}
      </Text>
    );
  }
  const look = (next: DayWindow | undefined): void => {
    const isWhole = next === undefined || (next.from === whole.from && next.to === whole.to);
    setWindow(isWhole ? undefined : next);
    onStretch(isWhole ? undefined : { from: dayOf(next.from), to: dayOf(next.to) });
    setActive(undefined);
  };
  const open = (mark: LaneMark | undefined): void => {
    if (mark?.bin !== undefined) look(zoomed({ from: mark.from, to: mark.to }, whole, 1));
    else if (mark?.source !== undefined) (mark.isNote ? onNote : onRow)(mark.source);
  };
  const markAt = active && lanes[active.lane]?.marks[active.mark];
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = stepOf(event);
    if (!step) return;
    event.preventDefault();
    const day = markAt?.from ?? window.from;
    if (step.kind === 'mark') setActive(toMark(lanes, active, step.by, day));
    else if (step.kind === 'lane') setActive(toLane(lanes, active, step.by, day));
    else if (step.kind === 'zoom') look(zoomed(window, whole, step.factor, markAt?.from));
    else if (step.kind === 'pan') look(panned(window, whole, step.share));
    else if (step.kind === 'all') look(undefined);
    else open(markAt);
  };
  const undated = lanes.reduce((sum, lane) => sum + lane.undated, 0);
  return (
    <div className={classes.timeline}>
      <Group gap={4} wrap="nowrap">
        <ActionIcon onClick={() => setIsShown(!isShown)} aria-expanded={isShown} aria-label="Timeline">
          {isShown ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
        </ActionIcon>
        <Text size="sm" className={classes.timelineText} role="status">
          {markAt
            ? markAt.text
            : `${dayOf(window.from)} to ${dayOf(window.to)}${undated > 0 ? ` · ${undated} without a date` : ''}`}
        </Text>
        <ActionIcon onClick={() => look(zoomed(window, whole, 0.5))} aria-label="Closer">
          <IconPlus size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon onClick={() => look(zoomed(window, whole, 2))} aria-label="Farther">
          <IconMinus size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon onClick={() => look(undefined)} aria-label="All">
          <IconZoomReset size={16} aria-hidden />
        </ActionIcon>
      </Group>
      <div ref={ref} hidden={!isShown}>
        <div
          ref={drawing}
          className={classes.drawing}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it has keys of its own, as its description says
          tabIndex={0}
          role="application"
          aria-label="Timeline. Arrows: from mark to mark and lane to lane. Enter: open. Plus, minus: closer, farther. Shift and arrow: move. 0: all."
          onKeyDown={onKeyDown}
        >
          {width > 0 && (
            <TimelineDrawing
              width={width}
              window={window}
              lanes={lanes}
              indexDates={data?.indexDates ?? []}
              active={active}
              openSource={openSource}
              onOpen={open}
              onZoom={(factor, day) => look(zoomed(window, whole, factor, day))}
            />
          )}
        </div>
      </div>
    </div>
  );
}
