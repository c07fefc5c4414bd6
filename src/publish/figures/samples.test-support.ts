/** Data for figures of any size, the same each time: asthma on three inhalers, judged by control. */
import type { Category, FigureData, FigureHead, SurvivalCurve, SurvivalStep } from '../../analysis/index.ts';

export type Kind = FigureData['kind'];
export const kinds: readonly Kind[] = [
  'response-by-subgroup',
  'swimmer',
  'kaplan-meier',
  'waterfall',
  'spaghetti',
  'forest',
];

/** How large a sample is, and what its things are called. */
export interface Sample {
  readonly subjects: number;
  readonly width?: FigureHead['width'];
  /** What a thing is called instead of its own name. */
  readonly label?: (own: string) => string;
  /** Nobody has the event. */
  readonly noEvents?: boolean;
}

const CATEGORIES: readonly Category[] = [
  { code: 'full', label: 'Controlled', unknown: false },
  { code: 'part', label: 'Partly controlled', unknown: false },
  { code: 'not', label: 'Not controlled', unknown: false },
  { code: 'unknown', label: 'Unknown', unknown: true },
];

/** A figure of a kind. */
export function sampleFigure(
  kind: Kind,
  { subjects, width = 'two-columns', label = (own) => own, noEvents = false }: Sample,
): FigureData {
  const head: FigureHead = {
    id: kind,
    number: 1,
    title: label(`A figure of kind ${kind}`),
    notes: [],
    width,
    palette: 'colour',
  };
  const categories = CATEGORIES.map((one) => ({ ...one, label: label(one.label) }));
  const people = Array.from({ length: subjects }, (_, at) => ({
    subject: `S${String(at + 1).padStart(3, '0')}`,
    category: CATEGORIES[[0, 1, 1, 2, 1, 3, 2][at % 7] ?? 0]?.code ?? '',
    months: 1 + Math.round(noise(at) * 230) / 10,
    change: Math.round(noise(at + 1000) * 150 - 100),
  }));
  const rows = [
    { id: 'all', label: label('All'), of: people },
    { heading: label('Inhalations a day') },
    { id: 'once', label: label('Once'), of: people.filter((_, at) => at % 3 === 0) },
    { id: 'twice', label: label('Twice'), of: people.filter((_, at) => at % 3 !== 0 && at % 29 !== 1) },
    { id: 'more', label: label('Three times or more'), of: people.filter((_, at) => at % 29 === 1) },
    { heading: label('Smoking') },
    { id: 'smoker', label: label('Smoker'), of: people.filter((_, at) => at % 5 === 4) },
    { id: 'never', label: label('Never smoked'), of: people.filter((_, at) => at % 5 < 4) },
  ];
  switch (kind) {
    case 'response-by-subgroup':
      return {
        ...head,
        kind,
        scale: 'percent',
        categories,
        rows: rows.map((row) =>
          'heading' in row
            ? { heading: row.heading ?? '' }
            : {
                id: row.id,
                label: row.label,
                n: row.of.length,
                parts: categories.map(({ code }) => ({
                  category: code,
                  subjects: row.of.filter(({ category }) => category === code).map(({ subject }) => subject),
                })),
              },
        ),
      };
    case 'swimmer':
      return {
        ...head,
        kind,
        categories,
        events: ['First control', 'Adverse event', 'Dose raised'].map(label),
        lanes: people
          .map(({ subject, category, months }, at) => ({
            subject,
            category,
            months,
            ongoing: at % 4 === 0,
            events: noEvents
              ? []
              : [0, 1, 2]
                  .filter((event) => at % (event + 2) === 0)
                  .map((event) => ({ event, months: months * noise(at * 3 + event) })),
          }))
          .toSorted((a, b) => b.months - a.months),
      };
    case 'kaplan-meier': {
      const groups =
        subjects === 0 ? [] : [people.filter((_, at) => at % 2 === 0), people.filter((_, at) => at % 2 === 1)];
      const curves = groups
        .filter((group) => group.length > 0)
        .map((group, at) =>
          sampleCurve(
            group.map((one, index) => ({ time: one.months, event: !noEvents && noise(index + 50) < 0.5 + at * 0.3 })),
            label(at === 0 ? 'Salmeterol' : 'Budesonide'),
          ),
        );
      return { ...head, kind, as: 'survival', x: label('Months'), y: label('Without control, %'), band: true, curves };
    }
    case 'waterfall': {
      const bars = people.map(({ subject, category, change }) => ({ subject, category, value: noEvents ? 0 : change }));
      const sorted = bars.toSorted((a, b) => b.value - a.value);
      return {
        ...head,
        kind,
        y: label('Change of symptoms from baseline, %'),
        limits: [-30, 20],
        categories,
        bars: sorted,
      };
    }
    case 'spaghetti':
      return {
        ...head,
        kind,
        x: label('Months'),
        y: label('Change of symptoms from baseline, %'),
        limits: [-30, 20],
        categories,
        lines: people.map(({ subject, category, months, change }, at) => ({
          subject,
          category,
          line: '',
          points: [0, 0.3, 0.6, 1].slice(0, 1 + (at % 4 || 3)).map((part) => ({
            x: months * part,
            y: noEvents ? 0 : change * part * (0.7 + 0.6 * noise(at + part * 9)),
          })),
        })),
      };
    case 'forest':
      return {
        ...head,
        kind,
        reference: 0.5,
        rows: rows.map((row) => {
          if ('heading' in row) return { heading: row.heading ?? '' };
          const of = row.of.map(({ subject }) => subject);
          const counts = noEvents
            ? []
            : row.of.filter(({ category }) => category === 'full' || category === 'part').map(({ subject }) => subject);
          const [x, n] = [counts.length, of.length];
          const estimate = n === 0 ? null : x / n;
          const half = n === 0 ? 0 : 0.9 / Math.sqrt(n);
          return {
            id: row.id,
            label: row.label,
            x,
            n,
            estimate,
            low: estimate === null ? null : Math.max(0, estimate - half),
            high: estimate === null ? null : Math.min(1, estimate + half),
            level: 0.95,
            subjects: counts,
            of,
          };
        }),
      };
  }
}

/** Kaplan and Meier's product, with limits that are wide enough to be seen; not for any number that is printed. */
export function sampleCurve(
  seen: readonly { readonly time: number; readonly event: boolean }[],
  group: string,
): SurvivalCurve {
  const byTime = [...Map.groupBy(seen, ({ time }) => time)].sort(([a], [b]) => a - b);
  const steps: SurvivalStep[] = [];
  let [atRisk, survival] = [seen.length, 1];
  for (const [time, own] of byTime) {
    const events = own.filter(({ event }) => event).length;
    survival *= 1 - events / atRisk;
    const half = 0.8 / Math.sqrt(seen.length);
    const known = survival > 0;
    const limits = known
      ? { low: Math.max(0, survival - half), high: Math.min(1, survival + half) }
      : { low: null, high: null };
    steps.push({ time, atRisk, events, censored: own.length - events, survival, ...limits });
    atRisk -= own.length;
  }
  const median = steps.find((step) => step.survival <= 0.5)?.time ?? null;
  const events = seen.filter(({ event }) => event).length;
  return {
    id: 'control',
    label: 'Time to control',
    group,
    unit: 'months',
    level: 0.95,
    interval: 'plain',
    n: seen.length,
    events,
    median,
    medianLow: median === null ? null : median * 0.7,
    medianHigh: null,
    steps,
  };
}

/** The same number from 0 to 1 for the same place. */
function noise(at: number): number {
  const value = Math.sin(at * 12.9898 + 4.1) * 43758.5453;
  return value - Math.floor(value);
}
