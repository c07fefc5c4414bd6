/** Work that takes longer than a call: whoever began it asks how far it is, until it is done or failed. */
import { z } from 'zod';
import { problemSchema, route } from './route.ts';

/** What long work is; the answer that began it says what its result is. */
export const jobKinds = [
  'cohort.run',
  'cohort.explain',
  'cohort.yield',
  'cohort.compare',
  'data.import',
  'release.make',
  'release.verify',
  'protocol.impact',
] as const;
export type JobKind = (typeof jobKinds)[number];

/** How far it is. */
const jobState = z.object({
  job: z.string(),
  kind: z.enum(jobKinds),
  study: z.string().nullable().describe('null: of the workspace'),
  beganAt: z.string(),
  endedAt: z.string().nullable(),
  step: z.string().nullable().describe('What it is doing, in words'),
  done: z.number().nullable().describe('How far the step is, in the unit of `total`'),
  total: z.number().nullable(),
  counted: z.string().nullable().describe('How far the step is, in words'),
});

/** A job whose result is of this schema. */
export function jobOf<Result extends z.ZodType>(result: Result) {
  return z.discriminatedUnion('state', [
    jobState.extend({ state: z.literal('running') }),
    jobState.extend({ state: z.literal('done'), result }),
    jobState.extend({ state: z.literal('failed'), failure: problemSchema.describe('Why it failed') }),
  ]);
}

export const jobView = jobOf(z.unknown());
export type JobView = z.infer<typeof jobView>;

/** A job that has begun. */
export const jobBegun = z.object({ job: z.string().describe('To be asked about at /jobs/{job}') });

export const jobRoutes = {
  job: route({
    id: 'job',
    method: 'get',
    path: '/jobs/{job}',
    summary: 'How far long work is that whoever asks began, and its result',
    access: 'signed-in',
    params: z.object({ job: z.uuid() }),
    response: jobView,
  }),
};
