import { describe, expect, test } from 'vitest';
import { exactShares, FIGURE_SHARES } from '../exact-shares.ts';
import { type Patient, psoriasisData, psoriasisProtocol } from '../psoriasis-data.test-support.ts';
import type { FigureData } from './figure-data.ts';
import { figureInputs } from './figure-inputs.ts';
import { forestCounts } from './forest-rows.ts';

const NO_SHARES = { proportions: [], shares: new Map() };

/** The data of the one figure of a protocol. */
function inputsOf(
  yaml: string,
  patients?: readonly Patient[],
  statistics: Parameters<typeof figureInputs>[1] = NO_SHARES,
): FigureData {
  const protocol = psoriasisProtocol(yaml);
  const data = psoriasisData(protocol, patients);
  const spec = protocol.figures[0];
  if (!spec || spec.kind === 'attrition' || spec.kind === 'arms') throw new Error('no figure of the data');
  return figureInputs(data, statistics, spec);
}

describe('bars of responses', () => {
  const RESPONSES = `figures:
  - id: responses
    title: Responses
    kind: response-by-subgroup
    notes: [Best of all plaques.]
    rows:
      - { id: all, label: All, when: "true" }
      - { heading: Severity }
      - { choicesOf: baseline.severity, only: [severe, mild] }
`;
  test('subjects stand in the part of their category; whom nothing tells is in no subgroup', () => {
    const data = inputsOf(RESPONSES);
    expect(data).toMatchObject({ number: 1, notes: ['Best of all plaques.'], width: 'two-columns', palette: 'colour' });
    if (data.kind !== 'response-by-subgroup') throw new Error(data.kind);
    expect(data.categories).toEqual([
      { code: 'cleared', label: 'Cleared', unknown: false },
      { code: 'not', label: 'Not cleared', unknown: true },
    ]);
    const said = data.rows.map((row) =>
      'heading' in row ? row.heading : [row.id, row.n, row.parts.map((one) => one.subjects.join(' '))],
    );
    expect(said).toEqual([
      ['all', 8, ['S001 S002 S006', 'S003 S004 S005 S007 S008']],
      'Severity',
      ['severity-severe', 5, ['S001 S002', 'S003 S004 S005']],
      ['severity-mild', 2, ['S006', 'S007']],
    ]);
  });

  test('of nobody', () => {
    const data = inputsOf(RESPONSES, []);
    expect('rows' in data && data.rows.map((row) => ('n' in row ? row.n : row.heading))).toEqual([0, 'Severity', 0, 0]);
  });
});

describe('swimmers', () => {
  const lanes = (more: string, patients?: readonly Patient[]) => {
    const data = inputsOf(
      `figures:
  - id: lanes
    title: Lanes
    kind: swimmer
    start: baseline.started
    end: plaque.date
    ${more}
`,
      patients,
    );
    if (data.kind !== 'swimmer') throw new Error(data.kind);
    return data;
  };

  test('the line ends at the last of several dates; the longest is on top; who has none is told', () => {
    const { lanes: shown, notes } = lanes('ongoing: response.responder');
    expect(shown.map(({ subject, months, ongoing }) => [subject, Number(months.toFixed(2)), ongoing])).toEqual([
      ['S001', 6.05, true],
      ...['S002', 'S003', 'S004', 'S006', 'S007'].map((subject) => [
        subject,
        3.02,
        subject === 'S002' || subject === 'S006',
      ]),
    ]);
    expect(notes).toEqual([
      'Not shown: S005, S008 (the start or the end is not a full date, or the end is before the start).',
    ]);
  });

  test('events go through rows or stand for the subject; those without a full date are told', () => {
    const patients = [
      {
        baseline: { started: '2015-03-01' },
        plaque: [visit('2015-06-01', 'clear'), visit('2015-07', 'clear'), visit('2015-01-01', 'same')],
      },
    ];
    const {
      lanes: shown,
      notes,
      events,
    } = lanes(
      `events: [{ label: Cleared, over: "plaque.where(state = 'clear')", at: date }, { label: Response, at: response.monthsToResponse }, { label: Before, over: plaque, at: "%subject.baseline.started" }]`,
      patients,
    );
    expect(events).toEqual(['Cleared', 'Response', 'Before']);
    expect(shown[0]?.events.map(({ event, months }) => [event, Number(months.toFixed(2))])).toEqual([
      [0, 3.02],
      [1, 3.02],
      [2, 0],
      [2, 0],
      [2, 0],
    ]);
    expect(notes).toEqual(['Events without a full date, or before month 0, are not shown (1).']);
  });

  test('in the order of subjects where that is asked', () => {
    expect(lanes('order: subject').lanes.map(({ subject }) => subject)).toEqual([
      'S001',
      'S002',
      'S003',
      'S004',
      'S006',
      'S007',
    ]);
  });
});

describe('changes', () => {
  test('a waterfall falls, equal values in the order of subjects; who has no value is told', () => {
    const data = inputsOf(`figures:
  - { id: doses, title: Doses, kind: waterfall, population: baseline.severity = 'severe', value: baseline.dose - 10, limits: [-2] }
`);
    if (data.kind !== 'waterfall') throw new Error(data.kind);
    expect(data.bars.map(({ subject, value, category }) => [subject, value, category])).toEqual([
      ['S002', 10, 'cleared'],
      ['S001', 5, 'cleared'],
      ['S003', 0.25, 'not'],
      ['S004', -2.5, 'not'],
    ]);
    expect(data.notes).toEqual(['Not shown: S005 (no value).']);
  });

  test('a line for each lesion, its points in order of time, in months from the start', () => {
    const plaque = [
      { ...visit('2015-09-01', 'clear'), site: 'leg' },
      visit('2015-06-01', 'same'),
      visit('2015-03-01', 'same'),
      visit('2015', 'same'),
    ];
    const data = inputsOf(
      `figures:
  - id: lines
    title: Lines
    kind: spaghetti
    over: plaque
    at: date
    start: baseline.started
    value: "iif(state = 'clear', 0, %subject.baseline.dose)"
    line: site
`,
      [{ baseline: { started: '2015-03-01', dose: 15 }, plaque }, {}],
    );
    if (data.kind !== 'spaghetti') throw new Error(data.kind);
    expect(
      data.lines.map(({ subject, line, points }) => [
        subject,
        line,
        points.map(({ x, y }) => [Number(x.toFixed(2)), y]),
      ]),
    ).toEqual([
      [
        'S001',
        'arm',
        [
          [0, 15],
          [3.02, 15],
        ],
      ],
      ['S001', 'leg', [[6.05, 0]]],
    ]);
    expect(data.notes).toEqual(['Not shown: S002 (no value with a time).']);
  });

  test('of many who are not shown, the first are named', () => {
    const data = inputsOf(
      'figures: [{ id: doses, title: Doses, kind: waterfall, value: baseline.dose }]',
      Array.from({ length: 15 }, () => ({})),
    );
    expect(data.notes[0]).toMatch(/^Not shown: S001, .*S0012 and 3 more \(no value\)\.$/);
  });
});

test('a forest has proportions of the protocol, and subgroups with the exact interval of R', async () => {
  const protocol = psoriasisProtocol(`figures:
  - id: forest
    title: Forest
    kind: forest
    proportion: response.responder
    level: 0.9
    reference: 50
    rows: [{ statistic: cleared }, { heading: Severity }, { choicesOf: baseline.severity }, { id: huge, label: Huge dose, when: baseline.dose > 100 }]
statistics: [{ id: cleared, label: Cleared, proportion: response.responder, of: baseline.severity = 'severe' }]
`);
  const data = psoriasisData(protocol);
  expect(forestCounts(data)).toEqual([
    { id: 'forest/severity-mild', x: 1, n: 2, level: 0.9 },
    { id: 'forest/severity-severe', x: 2, n: 5, level: 0.9 },
    { id: 'forest/huge', x: 0, n: 0, level: 0.9 },
  ]);
  const { shares, files } = await exactShares(forestCounts(data), FIGURE_SHARES);
  expect(files.map(({ name }) => name)).toEqual(['figures.R', 'data/figure-counts.csv', 'figures-r.csv']);
  const proportions = [
    { id: 'cleared', label: 'Cleared', x: 2, n: 5, estimate: 0.4, low: 0.05, high: 0.85, level: 0.95, method: 'exact' },
  ];
  const spec = protocol.figures[0];
  if (spec?.kind !== 'forest') throw new Error('no forest');
  const found = figureInputs(data, { proportions, shares }, spec);
  if (found.kind !== 'forest') throw new Error('no forest');
  expect(found.reference).toBe(0.5);
  const [cleared, , mild, severe, huge] = found.rows.map((row) => ('heading' in row ? undefined : row));
  expect(cleared).toMatchObject({
    x: 2,
    n: 5,
    subjects: ['S001', 'S002'],
    of: ['S001', 'S002', 'S003', 'S004', 'S005'],
  });
  // R 4.2.2: binom.test(1, 2, conf.level = 0.9)$conf.int
  expect(mild?.low).toBeCloseTo(0.02532057, 7);
  expect(mild?.high).toBeCloseTo(0.97467943, 7);
  expect(severe).toMatchObject({ x: 2, n: 5, estimate: 0.4, level: 0.9 });
  expect(huge).toMatchObject({ x: 0, n: 0, estimate: null, low: null, high: null, subjects: [] });
});

function visit(date: string, state: string) {
  return { visit: `arm@${date}`, site: 'arm', date, state };
}

test('lines go through the assessments of the response, by month and lesion', () => {
  const data = inputsOf(`figures:
  - id: lines
    title: Lines
    kind: spaghetti
    over: response.assessments
    at: "\`months\`"
    value: "iif(status = 'resolved', 0, iif(status = 'unchanged', 1, {}))"
    line: lesion
`);
  if (data.kind !== 'spaghetti') throw new Error(data.kind);
  const [first, second] = data.lines.map(({ subject, line, points }) => ({
    subject,
    line,
    points: points.map(({ x, y }) => [Number(x.toFixed(2)), y]),
  }));
  // 92 and 184 days, of 365.25 / 12 a month.
  expect(first).toEqual({
    subject: 'S001',
    line: 'arm',
    points: [
      [3.02, 1],
      [6.05, 0],
    ],
  });
  expect(second).toEqual({ subject: 'S002', line: 'arm', points: [[3.02, 0]] });
  expect(data.notes).toEqual(['Not shown: S004, S005, S008 (no value with a time).']);
});
