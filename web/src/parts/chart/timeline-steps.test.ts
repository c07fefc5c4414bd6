import { expect, test } from 'vitest';
import type { Lane } from './timeline-lanes.ts';
import { stepOf, toLane, toMark } from './timeline-steps.ts';

const lane = (...days: readonly number[]): Lane => ({
  id: 'lane',
  name: 'Lane',
  undated: 0,
  marks: days.map((day) => ({ from: day, to: day, text: `day ${day}`, isVague: false })),
});
const lanes = [lane(1, 5, 9), lane(), lane(4, 20)];
const press = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

test('presses are steps, with Ctrl, Alt and Command they are not', () => {
  expect(stepOf({ ...press, key: 'ArrowLeft' })).toEqual({ kind: 'mark', by: -1 });
  expect(stepOf({ ...press, key: 'ArrowLeft', shiftKey: true })).toEqual({ kind: 'pan', share: -0.25 });
  expect(stepOf({ ...press, key: '+', shiftKey: true })).toEqual({ kind: 'zoom', factor: 0.5 });
  expect(stepOf({ ...press, key: 'ArrowLeft', altKey: true })).toBeUndefined();
  expect(stepOf({ ...press, key: 'x' })).toBeUndefined();
});

test('from mark to mark, stopped at the ends', () => {
  expect(toMark(lanes, undefined, 1, 6)).toEqual({ lane: 0, mark: 1 });
  expect(toMark(lanes, { lane: 0, mark: 1 }, 1, 5)).toEqual({ lane: 0, mark: 2 });
  expect(toMark(lanes, { lane: 0, mark: 2 }, 1, 9)).toEqual({ lane: 0, mark: 2 });
});

test('from lane to lane, over empty ones, to the mark that is nearest in time', () => {
  expect(toLane(lanes, { lane: 0, mark: 2 }, 1, 9)).toEqual({ lane: 2, mark: 0 });
  expect(toLane(lanes, { lane: 2, mark: 1 }, -1, 20)).toEqual({ lane: 0, mark: 2 });
  expect(toLane(lanes, { lane: 0, mark: 0 }, -1, 1)).toEqual({ lane: 0, mark: 0 });
  expect(toLane(lanes, undefined, -1, 0)).toEqual({ lane: 2, mark: 0 });
  expect(toLane([lane()], undefined, 1, 0)).toBeUndefined();
});
