import { expect, test } from 'vitest';
import { adjudicated, filesOf, vitiligoStudy } from '../vitiligo-study.test-support.ts';

const FIGURES = `figures:
  - { id: flow, title: Flow of persons, kind: attrition }
  - id: repigmented
    title: Repigmented
    kind: forest
    width: one-column
    proportion: course.better
    rows: [{ statistic: better }, { id: young, label: Born after 1960, when: person.birthDate > @1960 }]
  - { id: ages, title: Ages, kind: waterfall, value: age }
`;

test('[R89] a release holds the figures of the protocol, with the intervals of R, and is the same again', async () => {
  using study = await vitiligoStudy(FIGURES);
  await study.say(adjudicated);
  const files = filesOf((await study.publish()).folder);
  const drawn = ['ages', 'repigmented'].flatMap((id) =>
    ['-grey.svg', '.csv', '.json', '.png', '.svg'].map((end) => `figures/${id}${end}`),
  );
  expect([...files.keys()].filter((name) => name.startsWith('figures'))).toEqual([
    'figures-r.csv',
    'figures.R',
    ...drawn,
  ]);
  const { rows } = JSON.parse(String(files.get('figures/repigmented.json')));
  // R 4.2.2: binom.test(1, 2)$conf.int
  expect(rows).toMatchObject([
    { id: 'better', x: 1, n: 2, subjects: ['S001'], of: ['S001', 'S002'] },
    { id: 'young', x: 1, n: 2, estimate: 0.5, subjects: ['S001'] },
  ]);
  expect(rows[1].low).toBeCloseTo(0.01257912, 7);
  const page = String(files.get('tables.html'));
  for (const caption of ['Figure 1. Flow of persons.', 'Figure 2. Repigmented.', 'Figure 3. Ages.'])
    expect(page).toContain(caption);
  const sums: Record<string, string> = JSON.parse(String(files.get('release.json'))).sha256;
  expect(Object.keys(sums)).toEqual(expect.arrayContaining(drawn));
  expect(filesOf((await study.publish()).folder)).toEqual(files);
});

test('[R89] without figures a release has no folder of them', async () => {
  using study = await vitiligoStudy();
  await study.say(adjudicated);
  expect([...filesOf((await study.publish()).folder).keys()].filter((name) => name.startsWith('figures'))).toEqual([]);
});

const CURVES = `  - { id: time, label: Time to repigmentation, time: age, event: course.better, unit: years }
figures:
  - { id: time, title: Repigmentation, kind: kaplan-meier, statistic: time, as: incidence }
`;

test('[R89] curves go from the protocol through R to the release, with who is behind each step', async () => {
  using study = await vitiligoStudy(CURVES);
  await study.say(adjudicated);
  const files = filesOf((await study.publish()).folder);
  const { curves, x, notes } = JSON.parse(String(files.get('figures/time.json')));
  expect([x, notes]).toEqual(['Years', ['Bands and brackets: 95% confidence intervals.']]);
  expect(curves).toMatchObject([
    { n: 2, events: 1, unit: 'years', steps: [{ atRisk: 2, eventSubjects: ['S001'], censoredSubjects: ['S002'] }] },
  ]);
  // R package survival 3.5-3: survfit(Surv(c(1, 1), c(1, 0)) ~ 1, conf.type = 'log-log')
  const [step] = curves[0].steps;
  expect(step.survival).toBe(0.5);
  expect([step.low, step.high]).toEqual([expect.closeTo(0.00598309, 7), expect.closeTo(0.91041, 5)]);
  expect(String(files.get('figures/time.csv')).split('\n')[1]).toMatch(/,S001,S002$/);
  expect(String(files.get('figures/time.svg'))).toContain('At risk');
  expect(String(files.get('tables.html'))).toContain('Figure 1. Repigmentation.');
});
