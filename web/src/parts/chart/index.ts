export { ChartPane, type ChartParams } from './chart-pane.tsx';
export type { ChartHandle, ChartPlace, ChosenEvidence } from './chart-place.ts';
export { mentionRanges } from './note-ranges.ts';
export { useChartHead } from './use-chart-head.ts';
