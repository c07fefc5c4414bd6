/** The text of a study as the contract has it. Rules R104 and R105 of SPEC.md. */
import type { RSession } from '../../analysis/index.ts';
import { ChartproofError, canonicalJson, type Problem, sha256 } from '../../base/index.ts';
import {
  isApproved,
  type LiveSource,
  liveSourceOf,
  manuscriptPieces,
  manuscriptProblems,
  type StudyManuscript,
  studyManuscript,
} from '../../publish/index.ts';
import type { OpenStudy } from '../../review/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import type { contract, RouteOutput } from '../contract/index.ts';
import { type KeptResults, keptResults, keptStatistics } from './kept-results.ts';
import { addressOfValue } from './numbers-behind.ts';
import { factsView } from './results-view.ts';

type TextView = NonNullable<RouteOutput<typeof contract.manuscript>['text']>;

/** A text read against the results as they are; `source` is the text as it is written. */
export interface StudyText {
  readonly kept: KeptResults;
  readonly source: LiveSource;
  /** Absent where the study has none. */
  readonly found?: StudyManuscript;
  /** Whether the file of the last approval was changed by hand; it is left aside then. */
  readonly isAltered: boolean;
}

/** Reads the text of a study. Errors: those of the results and of R, `publish.template`. */
export async function studyText(workspace: Workspace, open: OpenStudy, r: RSession): Promise<StudyText> {
  const computing = keptStatistics(open, r);
  const kept = keptResults(open);
  const { statistics } = await computing;
  const source = liveSourceOf(workspace, kept, kept.facts, statistics);
  const read = (anew: boolean) => studyManuscript(workspace, open.database, source, { anew });
  try {
    const found = read(false);
    return { kept, source, ...(found ? { found } : {}), isAltered: false };
  } catch (error) {
    if (!(error instanceof ChartproofError) || error.code !== 'publish.approval') throw error;
    const found = read(true);
    return { kept, source, ...(found ? { found } : {}), isAltered: true };
  }
}

/** Of the text and of every number in it: who approves says which they read. */
export function revisionOf({ sha256: text, read }: StudyManuscript): string {
  return sha256(canonicalJson({ text, values: read.bound.map(({ expression, printed }) => [expression, printed]) }));
}

/** The text with its numbers; null where there is none. `written` is the file's text. */
export function textView({ kept, found, isAltered }: StudyText, written: string): TextView | null {
  if (!found) return null;
  const { read, approval } = found;
  return {
    facts: factsView(kept),
    revision: revisionOf(found),
    source: written,
    problems: manuscriptProblems(found, true).map(problemView),
    values: read.bound.map(({ place, expression, value, printed }) => {
      const was = approval?.values[expression] ?? null;
      const state = was === null ? 'new' : was === printed ? 'approved' : 'moved';
      return {
        line: place.line ?? null,
        column: place.column ?? null,
        expression,
        label: value.label,
        printed,
        was,
        state,
        cell: addressOfValue(kept, value),
      };
    }),
    literals: read.marked.map(({ place, text, reason }) => ({ line: place.line ?? null, text, reason })),
    approval: approval ? { at: approval.at, by: approval.by, why: approval.why } : null,
    isApproved: isApproved(read.bound, approval),
    isAltered,
    draft: read.problems.length > 0 ? [] : manuscriptPieces(read),
  };
}

function problemView({ code, message, tip, place }: Problem): TextView['problems'][number] {
  return { code, message, tip, line: place?.line, column: place?.column };
}
