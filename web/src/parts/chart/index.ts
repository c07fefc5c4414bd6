export { ChartPane } from './chart-pane.tsx';
export type { ChartHandle, ChartPlace, ChosenEvidence } from './chart-place.ts';
