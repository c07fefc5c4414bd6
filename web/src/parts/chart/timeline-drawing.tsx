import { scaleUtc } from 'd3-scale';
import { memo, useEffect, useRef } from 'react';
import type { WrittenDate } from '../../../../src/server/contract/index.ts';
import classes from './chart-pane.module.css';
import { type DayWindow, dayNumberOf, positionOf } from './time-scale.ts';
import type { Lane, LaneMark } from './timeline-lanes.ts';
import type { ActiveMark } from './timeline-steps.ts';

interface TimelineDrawingProps {
  readonly width: number;
  readonly window: DayWindow;
  readonly lanes: readonly Lane[];
  readonly indexDates: readonly WrittenDate[];
  readonly active: ActiveMark | undefined;
  readonly openSource: string | undefined;
  readonly onOpen: (mark: LaneMark) => void;
  /** The wheel with Ctrl, or two fingers: so many times as long, around a day. */
  readonly onZoom: (factor: number, day: number) => void;
}

const NAMES = 150;
const LANE = 18;
const AXIS = 20;
const DAY_MS = 86_400_000;
/** A mark of a day is at least so wide that it can be hit. */
const LEAST = 5;

/** The lanes, one below the other, below their axis. */
export function TimelineDrawing(props: TimelineDrawingProps) {
  const { width, window, lanes, indexDates, active, openSource, onOpen, onZoom } = props;
  const svg = useRef<SVGSVGElement>(null);
  const room = Math.max(50, width - NAMES);
  const height = AXIS + lanes.length * LANE;
  const at = (day: number): number => NAMES + positionOf(day, window, room);
  const scale = scaleUtc([window.from * DAY_MS, window.to * DAY_MS], [NAMES, NAMES + room]);
  const ticks = scale.ticks(Math.max(2, Math.floor(room / 90)));
  const name = scale.tickFormat();

  // React listens to the wheel passively, where the page's own zoom cannot be kept from it.
  useEffect(() => {
    const element = svg.current;
    const listen = (event: WheelEvent): void => {
      if (!event.ctrlKey || !element) return;
      event.preventDefault();
      const x = event.clientX - element.getBoundingClientRect().left - NAMES;
      onZoom(event.deltaY > 0 ? 1.25 : 0.8, window.from + (x / room) * (window.to - window.from));
    };
    element?.addEventListener('wheel', listen, { passive: false });
    return () => element?.removeEventListener('wheel', listen);
  }, [onZoom, room, window]);

  return (
    <svg ref={svg} width={width} height={height} aria-hidden="true" className={classes.svg}>
      {ticks.map((tick) => (
        <g key={tick.getTime()} className={classes.tick}>
          <line x1={scale(tick)} x2={scale(tick)} y1={AXIS - 4} y2={height} />
          <text x={scale(tick) + 3} y={12}>
            {name(tick)}
          </text>
        </g>
      ))}
      {lanes.map((lane, row) => (
        <g key={lane.id} transform={`translate(0 ${AXIS + row * LANE})`}>
          <text className={classes.laneName} x={0} y={13}>
            {short(lane.name)}
            {lane.total !== undefined && <tspan className={classes.laneTotal}>{` ${lane.total}`}</tspan>}
          </text>
          <line className={classes.laneLine} x1={NAMES} x2={width} y1={LANE - 0.5} y2={LANE - 0.5} />
          <Marks
            lane={lane}
            window={window}
            room={room}
            active={active?.lane === row ? active.mark : undefined}
            openSource={openSource}
            onOpen={onOpen}
          />
        </g>
      ))}
      {indexDates.map(({ date, first, last }) => {
        const [from, to] = [at(dayNumberOf(first)), at(dayNumberOf(last) + 1)];
        if (to < NAMES || from > width) return null;
        return (
          <g key={date} className={classes.index}>
            <rect x={Math.max(NAMES, from)} y={0} width={Math.max(1.5, to - Math.max(NAMES, from))} height={height} />
            <text x={Math.max(NAMES, from) + 4} y={height - 4}>
              index
            </text>
          </g>
        );
      })}
    </svg>
  );
}

interface MarksProps extends Pick<TimelineDrawingProps, 'window' | 'openSource' | 'onOpen'> {
  readonly lane: Lane;
  readonly room: number;
  readonly active: number | undefined;
}

const Marks = memo(function Marks({ lane, window, room, active, openSource, onOpen }: MarksProps) {
  const most = Math.max(1, ...lane.marks.map(({ bin }) => bin ?? 0));
  return lane.marks.map((mark, at) => {
    const from = Math.max(0, positionOf(mark.from, window, room));
    const to = Math.min(room, positionOf(mark.to + 1, window, room));
    if (to < 0 || from > room) return null;
    const width = Math.max(LEAST, to - from);
    const height = mark.bin === undefined ? 10 : 3 + 11 * Math.sqrt(mark.bin / most);
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: the drawing has the focus and the keys
      <rect
        // biome-ignore lint/suspicious/noArrayIndexKey: two rows may be one source of one day
        key={at}
        x={NAMES + Math.min(from, room - LEAST)}
        y={mark.bin === undefined ? 4 : 16 - height}
        width={width}
        height={height}
        rx={mark.bin === undefined ? 2 : 0}
        className={classes.markOfLane}
        data-lane={lane.id.split(' ')[0]}
        data-vague={mark.isVague || undefined}
        data-active={at === active || undefined}
        data-open={(mark.source !== undefined && mark.source === openSource) || undefined}
        onClick={() => onOpen(mark)}
      >
        <title>{mark.text}</title>
      </rect>
    );
  });
});

function short(name: string): string {
  return name.length > 20 ? `${name.slice(0, 19)}…` : name;
}
