import { type Sample, standingSample } from '../../cohort/index.ts';
import { lastVerdicts, type OpenStudy, sampleVerdicts } from '../../review/index.ts';
import type { SampleView } from '../contract/index.ts';

/** The sample that stands, with what was said last of each of its persons. Error: `cohort.none`. */
export function sampleView({ database, gate, review }: OpenStudy, isBlinded: boolean): SampleView {
  const sample = standingSample(database, gate);
  const verdicts = sample && !isBlinded ? lastVerdicts(sampleVerdicts(database, sample)) : new Map();
  return {
    sample: sample ? toldSample(sample, verdicts) : null,
    named: Object.keys(review.protocol.criteria),
  };
}

function toldSample({ size, seed, among, at, actor, refused, persons }: Sample, said: ReturnType<typeof lastVerdicts>) {
  return {
    size,
    seed,
    among,
    at,
    actor,
    refused,
    persons: persons.map(({ subject, person }) => {
      const verdict = said.get(subject);
      return { subject, person, isCase: verdict?.isCase ?? null, reviewer: verdict?.reviewer ?? null };
    }),
  };
}
