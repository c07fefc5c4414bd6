/**
 * Reading charts: who reads which (`next`, `claim`), the form, and what is said. Each change of a field is saved at once as a
 * draft; `complete` makes an entry of the drafts, which counts. Adjudication is in `adjudication.ts`.
 *
 * A field has a revision, which `saveDraft` must name as `If-Match`: "0" where nothing was said. Completing changes none.
 */
import { z } from 'zod';
import { answer, fieldName, missingKind, rowKey } from './answers.ts';
import { ofStudy, ofSubject, pageOf, pageQuery, route, subjectId } from './route.ts';

export const reviewStages = ['screening', 'abstraction', 'adjudication'] as const;
export type ReviewStage = (typeof reviewStages)[number];
/** The stages that are read with the form. */
export const formStages = ['screening', 'abstraction'] as const;
export type FormStage = (typeof formStages)[number];

const choice = z.object({ code: z.string(), label: z.string(), guidance: z.string().optional() });

export const fieldForm = z.object({
  field: z.string(),
  label: z.string(),
  guidance: z.string().optional(),
  type: z.enum(['text', 'integer', 'decimal', 'date', 'choice', 'choices', 'yesno', 'computed']),
  choices: z.array(choice).optional(),
  unit: z.string().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  required: z.boolean(),
  evidence: z.enum(['required', 'optional', 'none']),
  missing: z.array(missingKind).describe('The missing values allowed'),
  hasTerms: z.boolean().describe('Words are searched for it: the chart proposes sentences'),
  isBranching: z.boolean().describe('Asked only where other answers say so'),
});

export const instrumentForm = z.object({
  instrument: z.string(),
  label: z.string(),
  guidance: z.string().optional(),
  stage: z.enum(formStages),
  key: z.string().optional().describe('Many rows a subject: the field that tells them apart'),
  fields: z.array(fieldForm),
});

export const reviewForm = z.object({
  instruments: z.array(instrumentForm),
  exclusions: z
    .array(z.object({ id: z.string(), label: z.string(), instrument: z.string() }))
    .describe('Those that a reviewer decides, by the answers of the instrument'),
  isBlinded: z.boolean().describe('Whoever asks does not see what others entered, nor the arm'),
});

export const chartStates = ['waiting', 'mine', 'in-progress', 'done', 'closed'] as const;
/**
 * Where a chart stands at a stage for whoever asks: `waiting` to be taken by them; `mine`: taken and not finished, or changed
 * since; `in-progress`: taken by others; `done` by whoever asks, or by all for those who read none; `closed`: not to be read
 * at this stage. Who is blinded is told `closed` for `in-progress`.
 */
export type ChartState = (typeof chartStates)[number];

const reader = z.object({ reviewer: z.string(), state: z.enum(['reading', 'done']) });

export const queueItem = z.object({
  subject: subjectId,
  state: z.enum(chartStates),
  readers: z.array(reader).optional().describe('Absent for those who may not know who else reads'),
});

export const reviewQueue = pageOf(queueItem).extend({
  counts: z.record(z.enum(chartStates), z.int()).describe('Of all charts of the stage'),
});

/** What is wrong with an answer; nothing in it is of the chart. `field` is empty where the whole record is meant. */
export const fieldProblem = z.object({
  field: z.string(),
  code: z.string().describe('review.validation, review.no-evidence, review.no-coverage, ...'),
  message: z.string(),
  tip: z.string().optional(),
});

export const fieldWord = z.object({
  field: z.string(),
  answer: answer.nullable().describe('null: withdrawn'),
  revision: z.string().describe('What the next change of this field sends as If-Match'),
  at: z.string(),
  isDraft: z.boolean().describe('Not in a completed entry'),
});

export const recordView = z.object({
  instrument: z.string(),
  row: z.string(),
  state: z
    .enum(['empty', 'draft', 'complete', 'changed'])
    .describe('`changed`: since it was completed; `empty`: nothing was said'),
  words: z.array(fieldWord).describe('Of fields of which something was said; another has revision "0"'),
  visible: z.array(z.string()).describe('The fields that are asked. Answers of others are kept, and do not count'),
  computed: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  problems: z.array(fieldProblem),
  unanswered: z.array(z.string()).describe('Required and without an answer'),
});
export type RecordView = z.infer<typeof recordView>;

/** All that whoever asks has said of a chart at a stage, and what it comes to. */
const chartSaid = z.object({
  records: z
    .array(recordView)
    .describe('In the order of the form; one at least of each instrument that does not repeat'),
  problems: z.array(fieldProblem).describe('Of the chart as a whole, such as no assessment'),
  excludedBy: z.array(z.string()).describe('The exclusions that hold by these answers as they stand'),
});

export const chartRecords = chartSaid.extend({
  subject: subjectId,
  stage: z.enum(formStages),
  state: z.enum(chartStates),
});

/** With all of the stage, since answers decide what others are asked. */
export const savedDraft = chartSaid.extend({ changeId: z.string(), revision: z.string(), at: z.string() });
export type ChartSaid = z.infer<typeof chartSaid>;

/** With 412: what stands there now. */
export const currentWord = z.object({ answer: answer.nullable(), revision: z.string(), at: z.string().nullable() });

const changeId = z.uuid().describe('Made by the client for each change: sent again, it is the same change');
const ofStage = ofSubject.extend({ stage: z.enum(formStages) });
const nextBody = z.object({
  except: z.array(subjectId).max(500).default([]).describe('Charts to pass over, such as the one that is open'),
});
const nextChart = z.object({ subject: subjectId.nullable().describe('null: nothing waits') });
const claimed = z.object({ subject: subjectId, state: z.enum(chartStates) });

export const reviewRoutes = {
  reviewForm: route({
    id: 'reviewForm',
    method: 'get',
    path: '/studies/{study}/review/form',
    summary: 'The instruments, field by field, with their guidance',
    access: { study: 'protocol.view' },
    params: ofStudy,
    response: reviewForm,
  }),
  reviewQueue: route({
    id: 'reviewQueue',
    method: 'get',
    path: '/studies/{study}/review/queues/{stage}',
    summary: 'The charts of a stage and where each stands for whoever asks',
    access: { study: 'chart.view' },
    params: ofStudy.extend({ stage: z.enum(reviewStages) }),
    query: pageQuery.extend({ state: z.enum(chartStates).optional() }),
    response: reviewQueue,
  }),
  nextScreening: route({
    id: 'nextScreening',
    method: 'post',
    path: '/studies/{study}/review/next/screening',
    summary: 'Take the next chart to screen: what was begun comes first',
    access: { study: 'review.screen' },
    params: ofStudy,
    body: nextBody,
    response: nextChart,
  }),
  nextAbstraction: route({
    id: 'nextAbstraction',
    method: 'post',
    path: '/studies/{study}/review/next/abstraction',
    summary: 'Take the next chart to abstract: what was begun comes first',
    access: { study: 'review.abstract' },
    params: ofStudy,
    body: nextBody,
    response: nextChart,
  }),
  nextAdjudication: route({
    id: 'nextAdjudication',
    method: 'post',
    path: '/studies/{study}/review/next/adjudication',
    summary: 'Take the next chart to adjudicate: what was begun comes first',
    access: { study: 'review.adjudicate' },
    params: ofStudy,
    body: nextBody,
    response: nextChart,
  }),
  claimScreening: route({
    id: 'claimScreening',
    method: 'put',
    path: '/studies/{study}/review/charts/{subject}/claims/screening',
    summary: 'Take a chart to screen',
    access: { study: 'review.screen' },
    params: ofSubject,
    response: claimed,
  }),
  claimAbstraction: route({
    id: 'claimAbstraction',
    method: 'put',
    path: '/studies/{study}/review/charts/{subject}/claims/abstraction',
    summary: 'Take a chart to abstract',
    access: { study: 'review.abstract' },
    params: ofSubject,
    response: claimed,
  }),
  claimAdjudication: route({
    id: 'claimAdjudication',
    method: 'put',
    path: '/studies/{study}/review/charts/{subject}/claims/adjudication',
    summary: 'Take a chart to adjudicate',
    access: { study: 'review.adjudicate' },
    params: ofSubject,
    response: claimed,
  }),
  releaseScreening: route({
    id: 'releaseScreening',
    method: 'delete',
    path: '/studies/{study}/review/charts/{subject}/claims/screening',
    summary: 'Give back a chart that was taken by whoever asks',
    access: { study: 'review.screen' },
    params: ofSubject,
  }),
  releaseAbstraction: route({
    id: 'releaseAbstraction',
    method: 'delete',
    path: '/studies/{study}/review/charts/{subject}/claims/abstraction',
    summary: 'Give back a chart that was taken by whoever asks',
    access: { study: 'review.abstract' },
    params: ofSubject,
  }),
  releaseAdjudication: route({
    id: 'releaseAdjudication',
    method: 'delete',
    path: '/studies/{study}/review/charts/{subject}/claims/adjudication',
    summary: 'Give back a chart that was taken by whoever asks',
    access: { study: 'review.adjudicate' },
    params: ofSubject,
  }),
  releaseReader: route({
    id: 'releaseReader',
    method: 'post',
    path: '/studies/{study}/review/charts/{subject}/release',
    summary: 'Give back a chart that another has taken',
    access: { study: 'study.people' },
    params: ofSubject,
    body: z.object({ stage: z.enum(reviewStages), reviewer: z.string().min(1).max(100) }),
  }),
  chartRecords: route({
    id: 'chartRecords',
    method: 'get',
    path: '/studies/{study}/review/charts/{subject}/records/{stage}',
    summary: 'What whoever asks has said of a chart, with what is asked and what is wrong',
    access: { study: 'review.abstract' },
    params: ofStage,
    response: chartRecords,
  }),
  saveDraft: route({
    id: 'saveDraft',
    method: 'put',
    path: '/studies/{study}/review/charts/{subject}/draft',
    summary: 'Save one change of one field',
    access: { study: 'review.abstract' },
    params: ofSubject,
    body: z.object({
      changeId,
      instrument: fieldName,
      row: rowKey,
      field: fieldName,
      answer: answer.nullable().describe('null withdraws it'),
    }),
    response: savedDraft,
    locking: true,
  }),
  removeRow: route({
    id: 'removeRow',
    method: 'post',
    path: '/studies/{study}/review/charts/{subject}/remove-row',
    summary: 'Withdraw a row of an instrument that repeats',
    access: { study: 'review.abstract' },
    params: ofSubject,
    body: z.object({
      changeId,
      instrument: fieldName,
      row: z.string().min(1).max(200),
      seen: z.record(fieldName, z.string().max(50)).describe('The revision of each field of the row, as it was seen'),
    }),
    response: chartRecords,
  }),
  completeRecords: route({
    id: 'completeRecords',
    method: 'post',
    path: '/studies/{study}/review/charts/{subject}/complete',
    summary: 'Make entries of the drafts: of one record, or of the whole chart at a stage, which is then done',
    access: { study: 'review.abstract' },
    params: ofSubject,
    body: z.object({
      stage: z.enum(formStages),
      record: z.object({ instrument: fieldName, row: rowKey }).optional().describe('Absent: all of the stage'),
    }),
    response: chartRecords,
  }),
};
