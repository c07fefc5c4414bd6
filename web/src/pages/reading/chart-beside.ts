import type { EvidenceView } from '../../../../src/server/contract/index.ts';

/** What a form knows of the chart that is open beside it. */
export interface ChartBeside {
  readonly study: string;
  readonly subject: string;
  /** What is selected in the chart, if anything is. */
  readonly selection: EvidenceView | undefined;
  /** Shows a place in the chart. */
  readonly jump: (place: EvidenceView) => void;
  /** Takes the next chart of the stage and opens it; says so where nothing waits. */
  readonly takeNext: () => Promise<void>;
}
