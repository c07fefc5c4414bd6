import { lockHash, type OpenStudy } from '../review/index.ts';
import type { ReleaseFacts } from './release-content.ts';
import type { StandingStudy } from './study-results.ts';

/** What results of the moment are made from; `lock` is empty while anything in the review is open. */
export function draftFacts({ study }: Pick<OpenStudy, 'study'>, { run, state }: StandingStudy): ReleaseFacts {
  return {
    study: study.study,
    title: study.protocol.title,
    protocolVersion: study.protocol.version,
    protocol: study.sha256,
    snapshot: run.snapshot,
    lock: state.open.length > 0 ? '' : lockHash(state),
  };
}
