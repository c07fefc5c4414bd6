import type { EvidenceView } from '../../../../src/server/contract/index.ts';

/** What a form knows of the chart that is open beside it. */
export interface ChartBeside {
  readonly study: string;
  readonly subject: string;
  /** What would be cited: what is selected in the chart, or the sentence that was chosen since. */
  readonly chosen: EvidenceView | undefined;
  /** The same at this very moment, for a key that is pressed before the page is drawn anew: else it would cite what was chosen before. */
  readonly chosenNow: () => EvidenceView | undefined;
  /** Shows a sentence in the chart and chooses it. */
  readonly choose: (sentence: EvidenceView) => void;
  /** Shows a place in the chart. */
  readonly jump: (place: EvidenceView) => void;
  /** Takes the next chart of the stage and opens it; says so where nothing waits. */
  readonly takeNext: () => Promise<void>;
}
