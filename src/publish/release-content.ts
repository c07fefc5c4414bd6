import type { FigureData, Results, StatisticResults, TextFile } from '../analysis/index.ts';
import type { ArmOverlap, AttritionStep, CohortRun } from '../cohort/index.ts';
import type { CrateFacts } from './bundle/ro-crate.ts';
import type { SearchReport } from './search-report.ts';

/** What a release was made from: the same three hashes give the same tables, byte for byte. */
export interface ReleaseFacts {
  readonly study: string;
  readonly title: string;
  readonly protocolVersion: string;
  /** SHA-256 of the protocol file. */
  readonly protocol: string;
  readonly snapshot: string;
  /** SHA-256 over the settled review data. */
  readonly lock: string;
  /** SHA-256 over the shared term sets that the protocol names, as its run had them; absent where it names none. */
  readonly termSets?: string;
  /** SHA-256 over the sample of those whom no arm found and what it says; absent where nobody of one was read. */
  readonly sample?: string;
  /** SHA-256 over the search log; absent where it is empty. */
  readonly searches?: string;
  /** SHA-256 over the accepted warnings of the disclosure check and their reasons; absent where there are none. */
  readonly disclosure?: string;
  /** SHA-256 over the text with live numbers and the templates it uses; absent where the study has none. */
  readonly manuscript?: string;
}

/** Everything that a release holds, before it is written. */
export interface ReleaseContent {
  readonly facts: ReleaseFacts;
  readonly results: Results;
  readonly attrition: readonly AttritionStep[];
  /** How many a person looked at; a step of its own only where all rules stand before all reviewers. */
  readonly screened: number;
  readonly gate?: CohortRun['gate'];
  readonly arms: CohortRun['arms'];
  /** The largest first. */
  readonly overlaps: readonly ArmOverlap[];
  readonly search: SearchReport;
  /** Of the flow diagram and of the overlap of the arms. */
  readonly captions?: { readonly attrition?: string; readonly arms?: string };
  /** Those of the protocol that are drawn from the data set. */
  readonly figures?: readonly FigureData[];
  /** The protocol, for the metadata of the bundle. */
  readonly protocol: CrateFacts['protocol'];
  /** The name and version of the program. */
  readonly software: string;
  /** What R computed, printed after the tables of the protocol. */
  readonly statistics: StatisticResults;
  /** The data set, codebook, protocol, R script and R's numbers. */
  readonly files: readonly TextFile[];
  /** The text with its numbers in, by file name. */
  readonly manuscript?: ReadonlyMap<string, string | Uint8Array>;
}
