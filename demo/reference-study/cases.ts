import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { missingKinds } from '../../src/protocol/index.ts';

/** Why the chart gives no value. */
const missing = z.strictObject({ missing: z.enum(missingKinds) });
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const orMissing = <T extends z.ZodType>(value: T) => z.union([value, missing]);

const person = z.strictObject({
  given: z.string(),
  family: z.string(),
  sex: z.enum(['female', 'male']),
  birth: day,
  race: z.string(),
});
const consent = z.array(z.strictObject({ decision: z.enum(['granted', 'refused']), date: day }));
const found = z.strictObject({
  retrieval: z.boolean(),
  pharmacy: z.boolean(),
  flaw: z.enum(['none', 'leading-zeros', 'typo', 'missing']).optional(),
  order: z.boolean(),
});

const includedCase = z.strictObject({
  id: z.string(),
  response: z.enum(['CR', 'PR', 'NR', 'UR']),
  person,
  found,
  consent,
  baseline: z.strictObject({
    actd: z.string(),
    actd_subtype: z.string().optional(),
    overlap_of: z.array(z.string()).optional(),
    undifferentiated_features: z.array(z.string()).optional(),
    actd_age: z.int(),
    cc_onset: z.string(),
    symptoms: z.array(z.string()),
    allergies: z.array(z.string()),
    sites: z.array(z.string()),
    ulceration: z.boolean(),
    vascular_insufficiency: z.boolean().optional(),
    diagnosed_by: z.string(),
    diagnosed_how: z.string(),
    prior_treatments: z.array(z.string()),
    prior_medications: z.string().optional(),
  }),
  treatment: z.strictObject({
    start_date: day,
    strength: z.number(),
    vehicle: z.string(),
    strength_raised_to: z.number().optional(),
    frequency: z.string(),
    grams: z.number(),
    prescriptions: orMissing(z.int()),
    first_follow_up: day,
    stop_date: orMissing(day),
    stop_reason: z.string().optional(),
    regimen_change: z.boolean(),
    regimen_change_date: day.optional(),
    regimen_change_detail: z.string().optional(),
    concurrent: orMissing(z.array(z.string())),
    concurrent_medications: z.array(z.string()).optional(),
    evaluated_by: z.string(),
    determined_by: orMissing(z.string()),
  }),
  lesions: z.record(z.string(), z.string()),
  assessments: z.array(
    z.strictObject({
      lesion: z.string(),
      date: day,
      status: z.string(),
      basis: orMissing(z.string()),
      pain: z.string().optional(),
    }),
  ),
  adverse_events: z.array(
    z.strictObject({ term: z.string(), onset: day, grade: z.int(), stopped_treatment: z.boolean() }),
  ),
});

const screenedCase = z.strictObject({
  id: z.string(),
  excluded: z.enum(['no-actd', 'no-follow-up', 'not-as-prescribed']),
  person,
  found,
  consent,
  actd: z.string(),
  setting: z.string().optional(),
  place: z.string(),
  start_date: day,
  grams: z.number(),
  frequency: z.string(),
  response: z.string().optional(),
  months: z.number().optional(),
  reason: z.string().optional(),
  last_seen: day.optional(),
});

const intravenousCase = z.strictObject({
  id: z.string(),
  person,
  underlying: z.string(),
  first_infusion: day,
  infusions: z.int(),
  grams: z.number(),
});

const refusedCase = z.strictObject({
  id: z.string(),
  person,
  consent,
  route: z.enum(['topical', 'intravenous']),
  actd: z.string(),
  place: z.string(),
  start_date: day,
  grams: z.number(),
  pharmacy: z.boolean(),
});

const casesSchema = z.strictObject({
  included: z.array(includedCase),
  screened_out: z.array(screenedCase),
  intravenous: z.array(intravenousCase),
  refused: z.array(refusedCase),
});

export type Cases = z.infer<typeof casesSchema>;
export type IncludedCase = z.infer<typeof includedCase>;
export type ScreenedCase = z.infer<typeof screenedCase>;
export type IntravenousCase = z.infer<typeof intravenousCase>;
export type RefusedCase = z.infer<typeof refusedCase>;
export type PersonOfCase = z.infer<typeof person>;
export type Found = z.infer<typeof found>;
export type Decision = z.infer<typeof consent>[number];
export type MissingFact = z.infer<typeof missing>;

/** The facts of every chart of the study, from `cases.yaml` or another file of its form. */
export function readCases(path: string | URL = new URL('cases.yaml', import.meta.url)): Cases {
  return casesSchema.parse(parse(readFileSync(path, 'utf8')));
}

/** Whether the chart gives no value for this fact. */
export function isMissing(fact: unknown): fact is MissingFact {
  return typeof fact === 'object' && fact !== null && 'missing' in fact;
}
