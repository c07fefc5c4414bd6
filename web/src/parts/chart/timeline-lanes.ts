/** The lanes of the timeline as they are drawn: what stands where, at which day. Pure. */
import type { ChartTimeline } from '../../../../src/server/contract/index.ts';
import { laneNames } from './lane-names.ts';
import { dayNumberOf } from './time-scale.ts';

/** One thing on a lane, from a day to another. */
export interface LaneMark {
  readonly from: number;
  readonly to: number;
  /** As it is read out: `2015-03: Weight 70 kg`. */
  readonly text: string;
  /** What opens: a note or a row; with `bin` a stretch of days; nothing for an episode. */
  readonly source?: string;
  readonly isNote?: boolean;
  /** How many things it stands for. */
  readonly bin?: number;
  /** Its first and last day are not known exactly. */
  readonly isVague: boolean;
}

/** A lane with its marks in the order of their days. */
export interface Lane {
  readonly id: string;
  readonly name: string;
  /** Dated or not, in the whole chart; absent for a treatment. */
  readonly total?: number;
  readonly undated: number;
  readonly marks: readonly LaneMark[];
}

/** Lanes that have something: the treatments of the protocol, then notes and the records. */
export function lanesOf({ lanes, treatments }: ChartTimeline): readonly Lane[] {
  return [
    ...treatments
      .filter(({ episodes }) => episodes.length > 0)
      .map(({ id, label, episodes }) => ({
        id: `treatment ${id}`,
        name: label,
        undated: 0,
        marks: episodes.map(({ start, stop, ongoing, isSure }) => ({
          from: dayNumberOf(start.first),
          to: dayNumberOf(stop.last),
          text: `${start.date} to ${stop.date}${ongoing ? ', ongoing' : ''}${isSure ? '' : ', may be several'}`,
          isVague: !isSure || start.first !== start.last || stop.first !== stop.last,
        })),
      })),
    ...lanes
      .filter(({ total }) => total > 0)
      .map(({ lane, total, undated, items, bins }) => ({
        id: lane,
        name: laneNames[lane],
        total,
        undated,
        marks: bins
          ? bins.map(({ from, to, items: n }) => ({
              from: dayNumberOf(from),
              to: dayNumberOf(to),
              text: `${n} from ${from} to ${to}`,
              bin: n,
              isVague: false,
            }))
          : items.map(({ source, at, until, text }) => ({
              from: dayNumberOf(at.first),
              to: dayNumberOf(until?.last ?? at.last),
              text: `${at.date.slice(0, 10)}${until ? ` to ${until.date.slice(0, 10)}` : ''}: ${text ?? laneNames[lane]}`,
              source,
              isNote: lane === 'note',
              isVague: at.first !== at.last,
            })),
      })),
  ];
}
