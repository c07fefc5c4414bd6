import { describe, expect, test } from 'vitest';
import { goutMistakes } from './gout.test-support.ts';

const FLOW = 'figures: [{ id: flow, title: Flow, kind: attrition }]';
const BARS = 'kind: response-by-subgroup, rows: [{ id: all, label: All, when: "true" }]';
const SWIMMER = 'kind: swimmer, start: baseline.started, end: visit.seen';
const LINES =
  'kind: spaghetti, over: visit, at: seen, value: "iif(status = \'gone\', 0, 1)", start: baseline.started, line: joint';
const FOREST = 'kind: forest, rows: [{ statistic: response }]';

/** What is said of the gout study with one figure. */
function mistakesOf(figure: string, ...more: (readonly [string, string])[]): string[] {
  return goutMistakes([FLOW, `figures: [{ id: drawn, title: Drawn, ${figure} }]`], ...more).map((mistake) =>
    mistake.replace(/^\S+ /, ''),
  );
}

describe('a figure that speaks of what is there', () => {
  test.each([
    [BARS],
    [BARS.replace('[{ id', '[{ heading: Sites }, { choicesOf: baseline.sites, only: [ear] }, { id')],
    [
      `${SWIMMER}, events: [{ label: Seen, over: visit.where(status = 'gone'), at: seen }, { label: Response, at: response.monthsToResponse }]`,
    ],
    [
      `${SWIMMER}, events: [{ label: Late, over: visit, at: "iif(seen > %subject.baseline.started, seen, {})" }], ongoing: early`,
    ],
    ['kind: waterfall, value: duration, limits: [-30, 20], width: one-column, palette: grey, population: early'],
    [LINES],
    ['kind: arms'],
    [FOREST],
    ['kind: forest, proportion: response.responder, rows: [{ choicesOf: baseline.sites }]'],
  ])('%s', (figure) => expect(mistakesOf(figure)).toEqual([]));
});

describe('a figure that does not is refused', () => {
  test.each([
    [BARS.replace('"true"', 'erly'), 'protocol.unknown-name There is no name `erly`. Did you mean `early`?'],
    [BARS.replace('[{', '[{ choicesOf: baseline.urate }, {'), 'protocol.not-choices `baseline.urate` has no choices.'],
    [BARS.replace('[{', '[{ choicesOf: baseline.sits }, {'), 'There is no field `sits` in `baseline`.'],
    [BARS.replace('[{', '[{ choicesOf: baseline.sites, only: [nose] }, {'), 'There is no choice `nose`.'],
    [BARS.replace('[{', '[{ id: all, label: Twice, when: early }, {'), 'Two rows of the figure have the id `all`.'],
    [SWIMMER.replace('started', 'start'), 'There is no name `start` in `baseline`.'],
    [SWIMMER.replace('seen', 'sen'), 'There is no name `sen` in `visit`.'],
    [`${SWIMMER}, ongoing: "today()"`, 'A protocol must not call `today()`.'],
    [`${SWIMMER}, events: [{ label: Seen, over: visit, at: sen }]`, 'There is no name `sen`. Did you mean `seen`?'],
    [`${SWIMMER}, events: [{ label: Seen, over: visit, at: "%subjct.id" }]`, 'There is no variable `subjct`.'],
    [LINES.replace('over: visit', 'over: vist'), 'There is no name `vist`.'],
    [LINES.replace('line: joint', 'line: jiont'), 'There is no name `jiont`. Did you mean `joint`?'],
    [LINES.replace('at: seen', 'at: "seen +"'), 'protocol.expression'],
    ['kind: waterfall, value: urate', 'There is no name `urate`.'],
    ['kind: kaplan-meier, statistic: respons', 'There is no statistic `respons`. Did you mean `response`?'],
    ['kind: kaplan-meier, statistic: response', 'The statistic `response` is a proportion, which has no curve.'],
    [
      'kind: kaplan-meier, statistic: response, population: early',
      'protocol.figure A curve is of the subjects of its statistic, whatever the population of the figure. Leave it out,',
    ],
    ['kind: forest, rows: [{ statistic: respons }]', 'There is no statistic `respons`. Did you mean `response`?'],
    [
      'kind: forest, rows: [{ choicesOf: baseline.sites }]',
      'The subgroups of a forest need to know who counts. Add `proportion`.',
    ],
    ['kind: pie', 'protocol.'],
    [`${FOREST}, reference: 120`, 'protocol.'],
  ])('%s', (figure, told) => {
    const mistakes = mistakesOf(figure);
    expect(mistakes.filter((mistake) => mistake.includes(told))).toHaveLength(1);
  });

  test('a curve of a statistic that is no time to an event', () => {
    const statistic = '{ id: tophi, label: Tophi, compare: response.responder, by: baseline.tophi, test: fisher }';
    expect(
      mistakesOf('kind: kaplan-meier, statistic: tophi', ['statistics:\n', `statistics:\n  - ${statistic}\n`]),
    ).toEqual([
      'protocol.figure The statistic `tophi` is no time to an event, which has no curve. Name a statistic with `time` and `event`.',
    ]);
  });
});
