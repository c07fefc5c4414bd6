/** Who is in a study, who is out, and why: criteria, the account, the arms, the runs. */
import { z } from 'zod';
import { jobBegun } from './jobs.ts';
import { ofStudy, ofSubject, pageOf, pageQuery, route } from './route.ts';

const inAndOut = z.object({ n: z.int(), removed: z.int() });

/** A step of the account: `n` remain after it, `removed` left at it. */
export const accountStep = inAndOut.extend({
  id: z.string(),
  label: z.string(),
  kind: z.enum([
    'found',
    'identified',
    'authorized',
    'exclusion',
    'open',
    'screened',
    'included',
    'not-analysed',
    'analysed',
  ]),
  allFailing: z.int().nullable().describe('Of an exclusion: how many it holds for, at whatever step they left'),
  events: inAndOut.nullable().describe('Where a study is about events'),
});
export type AccountStep = z.infer<typeof accountStep>;

const armView = z.object({
  id: z.string(),
  label: z.string(),
  found: z.int().describe('Before the gate'),
  authorized: z.int(),
});

export const cohortView = z.object({
  run: z
    .object({ snapshot: z.string(), version: z.string().nullable(), identifiedAt: z.string(), identified: z.int() })
    .nullable()
    .describe('null: the candidates have not been identified'),
  isStale: z.boolean().describe('They were identified by another version of the protocol than is in force'),
  newerSnapshot: z.string().nullable().describe('Newer records, where the study stands on older ones'),
  account: z
    .object({ steps: z.array(accountStep), screened: z.int(), openItems: z.int() })
    .nullable()
    .describe('null: there is none, or it is stale'),
  arms: z
    .object({
      arms: z.array(armView),
      overlaps: z.array(z.object({ arms: z.array(z.string()), n: z.int() })),
      missed: z.array(
        z.object({
          arm: z.string(),
          others: z.array(z.string()),
          missed: z.number(),
          low: z.number().nullable(),
          high: z.number().nullable(),
        }),
      ),
    })
    .nullable()
    .describe('null also for those who are blinded'),
  isBlinded: z.boolean(),
});
export type CohortView = z.infer<typeof cohortView>;

/** A part of a criterion; how deep it stands says what it is a part of. */
const partLine = z.object({ depth: z.int(), text: z.string() });

const criterionKinds = ['index', 'arm', 'exclusion', 'reviewers'] as const;

export const criteriaView = z.object({
  version: z.string(),
  criteria: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      kind: z.enum(criterionKinds).describe('`reviewers`: an exclusion that reviewers decide'),
      lines: z.array(partLine),
    }),
  ),
});
export type CriteriaView = z.infer<typeof criteriaView>;

/** The result of `explainCohort`. */
export const explainedCriteria = z.object({
  criteria: z.array(
    z.object({
      id: z.string(),
      lines: z.array(
        partLine.extend({
          persons: z.int().describe('Authorized persons whom it holds for, alone'),
          soFar: z.int().nullable().describe('With the parts before it; of the index event, the events left'),
        }),
      ),
      sql: z.string(),
    }),
  ),
});
export type ExplainedCriteria = z.infer<typeof explainedCriteria>;

const share = z.object({ estimate: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() });
const yieldCounts = z.object({
  label: z.string(),
  found: z.int(),
  eligible: z.int(),
  notEligible: z.int(),
  byRule: z.int(),
  open: z.int(),
  included: z.int(),
  ppv: share.describe('Of those found and settled, the share that is eligible'),
});

/** The result of `cohortYield`. */
export const armYields = z.object({
  any: yieldCounts,
  arms: z.array(
    yieldCounts.extend({
      arm: z.string(),
      only: z.int().describe('Found by it alone'),
      leaves: z.array(yieldCounts.extend({ kind: z.string(), only: z.int() })),
    }),
  ),
  sample: z
    .object({
      drawn: z.int(),
      read: z.int(),
      cases: z.int(),
      population: z.int(),
      share,
      missed: share.describe('How many cases the search missed, as the sample says'),
      sensitivity: share,
    })
    .nullable(),
});
export type ArmYields = z.infer<typeof armYields>;

/** The result of `runCohort`. */
export const cohortRun = z.object({
  snapshot: z.string(),
  identified: z.int(),
  candidates: z.int(),
  newerSnapshot: z.string().nullable(),
  laterRefusals: z.int().describe('Candidates who refused after the day that the protocol names'),
  asOf: z.string(),
});
export type CohortRunResult = z.infer<typeof cohortRun>;

const side = z.object({ version: z.string(), snapshot: z.string() });

/** The result of `compareCohort`. */
export const cohortComparison = z.object({
  from: side,
  to: side,
  moved: z.array(
    z.object({
      name: z.string().describe('The subject, or the source id of whoever has no number yet'),
      from: z.string().describe('A step of the account, `included` or `not-found`'),
      to: z.string(),
      because: z.array(z.string()).describe('What holds in one and not in the other, in words'),
    }),
  ),
  stayed: z.int(),
  notAuthorized: z.object({ in: z.int(), out: z.int() }).describe('Counted and not named'),
});
export type CohortComparison = z.infer<typeof cohortComparison>;

const wantedSide = z.object({ version: z.string().max(100).optional(), snapshot: z.string().max(100).optional() });

export const cohortPerson = z.object({
  subject: z.string(),
  person: z.string().describe('The source id'),
  arms: z.array(z.string()).nullable().describe('null for those who are blinded'),
  outcome: z.string(),
  left: z.string().nullable().describe('The step at which the person left'),
  all: z.array(z.string()).describe('Every exclusion that holds'),
});
export type CohortPerson = z.infer<typeof cohortPerson>;

const heldLine = partLine.extend({
  holds: z.boolean(),
  n: z.int().nullable().describe('How many events there are, of which `rows` has the first'),
  rows: z.array(
    z.object({
      source: z.string(),
      date: z.string().nullable(),
      text: z.string().nullable(),
      codes: z.array(z.string()),
      snippet: z.string().nullable().describe('Words of a note'),
    }),
  ),
});

/** One person through every step. */
export const whyView = z.object({
  subject: z.string(),
  person: z.string(),
  outcome: z.string(),
  left: z.string().nullable(),
  arms: z
    .array(z.object({ id: z.string(), label: z.string(), holds: z.boolean(), lines: z.array(heldLine) }))
    .nullable(),
  exclusions: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      holds: z.boolean().nullable().describe('null: reviewers have not decided'),
      lines: z.array(heldLine),
      decisions: z.array(
        z.object({
          field: z.string(),
          said: z.string(),
          by: z.string(),
          at: z.array(z.string()),
          reason: z.string().nullable(),
        }),
      ),
    }),
  ),
  events: z.array(z.object({ day: z.string(), left: z.string().nullable() })),
});
export type WhyView = z.infer<typeof whyView>;

export const cohortRoutes = {
  cohort: route({
    id: 'cohort',
    method: 'get',
    path: '/studies/{study}/cohort',
    summary: 'The run that stands, the account as the review stands, the arms and how they overlap',
    access: { study: 'cohort.view' },
    params: ofStudy,
    response: cohortView,
  }),
  criteria: route({
    id: 'criteria',
    method: 'get',
    path: '/studies/{study}/cohort/criteria',
    summary: 'Index event, arms and exclusions in plain English',
    access: { study: 'cohort.view' },
    params: ofStudy,
    response: criteriaView,
  }),
  explainCohort: route({
    id: 'explainCohort',
    method: 'post',
    path: '/studies/{study}/cohort/explain',
    summary: 'Count for how many persons each part of each criterion holds: long work',
    access: { study: 'cohort.view' },
    params: ofStudy,
    response: jobBegun,
  }),
  runCohort: route({
    id: 'runCohort',
    method: 'post',
    path: '/studies/{study}/cohort/run',
    summary: 'Identify the candidates by the protocol in force: long work',
    access: { study: 'cohort.change' },
    params: ofStudy,
    response: jobBegun,
  }),
  cohortYield: route({
    id: 'cohortYield',
    method: 'post',
    path: '/studies/{study}/cohort/yield',
    summary: 'What each arm, code and query found, and how much of it is eligible, with intervals by R: long work',
    access: { study: 'cohort.view' },
    params: ofStudy,
    response: jobBegun,
  }),
  compareCohort: route({
    id: 'compareCohort',
    method: 'post',
    path: '/studies/{study}/cohort/compare',
    summary:
      'Who moves between two versions or snapshots; without any, between the run before and the one that stands: long work',
    access: { study: 'cohort.view' },
    params: ofStudy,
    body: z.object({ from: wantedSide.optional(), to: wantedSide.optional() }),
    response: jobBegun,
  }),
  cohortPersons: route({
    id: 'cohortPersons',
    method: 'post',
    path: '/studies/{study}/cohort/persons',
    summary: 'The candidates behind a number of the account, or whom just these arms found',
    access: { study: 'cohort.view' },
    params: ofStudy,
    query: pageQuery,
    body: z.union([
      z.object({
        step: z.string().max(200),
        number: z.enum(['left', 'remaining', 'all-failing']).optional(),
      }),
      z.object({ arms: z.array(z.string().max(200)).min(1).max(50) }),
    ]),
    response: pageOf(cohortPerson),
  }),
  cohortWhy: route({
    id: 'cohortWhy',
    method: 'get',
    path: '/studies/{study}/cohort/persons/{subject}/why',
    summary: 'One candidate through every step, and what each rests on',
    access: { study: 'cohort.view' },
    params: ofSubject,
    response: whyView,
  }),
};
