import { expect, test } from 'vitest';
import type { ChartTimeline } from '../../../../src/server/contract/index.ts';
import { dayNumberOf } from './time-scale.ts';
import { lanesOf } from './timeline-lanes.ts';

const at = (date: string, first: string, last = first) => ({ date, first, last });
const timeline: ChartTimeline = {
  first: '2015-01-01',
  last: '2016-01-01',
  from: '2015-01-01',
  to: '2016-01-01',
  indexDates: [],
  treatments: [
    {
      id: 'a',
      label: 'Drug A',
      episodes: [
        {
          start: at('2015-03', '2015-03-01', '2015-03-31'),
          stop: at('2015-05-02', '2015-05-02'),
          ongoing: true,
          isSure: true,
        },
      ],
    },
    { id: 'b', label: 'Drug B', episodes: [] },
  ],
  lanes: [
    {
      lane: 'note',
      total: 2,
      undated: 1,
      items: [{ source: 'Note/1', at: at('2015-06-01T10:00:00Z', '2015-06-01'), until: null, text: null }],
      bins: null,
    },
    {
      lane: 'measurement',
      total: 900,
      undated: 0,
      items: [],
      bins: [{ from: '2015-01-01', to: '2015-01-31', items: 900 }],
    },
    { lane: 'observation', total: 0, undated: 0, items: [], bins: null },
  ],
};

test('lanes that have something, treatments first; partial dates are vague and as wide as they may be', () => {
  const lanes = lanesOf(timeline);
  expect(lanes.map(({ name, total }) => [name, total])).toEqual([
    ['Drug A', undefined],
    ['Notes', 2],
    ['Measurements', 900],
  ]);
  expect(lanes[0]?.marks).toEqual([
    {
      from: dayNumberOf('2015-03-01'),
      to: dayNumberOf('2015-05-02'),
      text: '2015-03 to 2015-05-02, ongoing',
      isVague: true,
    },
  ]);
  expect(lanes[1]?.marks).toMatchObject([
    { text: '2015-06-01: Notes', source: 'Note/1', isNote: true, isVague: false },
  ]);
  expect(lanes[2]?.marks).toMatchObject([{ bin: 900, text: '900 from 2015-01-01 to 2015-01-31' }]);
});
