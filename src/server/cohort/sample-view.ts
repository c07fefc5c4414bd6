import { type Sample, standingSample } from '../../cohort/index.ts';
import { lastVerdicts, type OpenStudy, sampleVerdicts } from '../../review/index.ts';
import type { SampleView } from '../contract/index.ts';

/**
 * The sample that stands, with what was said last of each of its persons: by anybody, or by `blinded` alone, who does not see
 * what others said. Error: `cohort.none`.
 */
export function sampleView({ database, gate, review }: OpenStudy, blinded: string | undefined): SampleView {
  const sample = standingSample(database, gate);
  const said = sample ? sampleVerdicts(database, sample) : [];
  const seen = said.filter(({ reviewer }) => blinded === undefined || reviewer === blinded);
  return {
    sample: sample ? toldSample(sample, lastVerdicts(seen)) : null,
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
