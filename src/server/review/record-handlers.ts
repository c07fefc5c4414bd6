/** What a reader says of a chart: seen, saved change by change, completed. Rules R44 to R46 of SPEC.md. */
import {
  chartProblems,
  chartStates,
  completeRecords,
  excludedSoFar,
  type FormStage,
  isCompleted,
  type LiveRecord,
  liveRecords,
  type OpenStudy,
  personOf,
  removeRow,
  type Saved,
  saveDraft,
  stageOf,
  UNSAID,
  type Word,
  wordsOf,
} from '../../review/index.ts';
import { appendAudit, commitTogether } from '../../workspace/index.ts';
import type { Handlers } from '../http/handler.ts';
import { ConflictError } from '../http/problems.ts';

export const recordHandlers = {
  chartRecords: ({ server, params: { study, subject, stage }, who, at }) =>
    server.studies.with(study, async (open) => {
      const actor = who.person.login;
      const view = chartView(open, subject, stage, actor);
      const opened = { at, actor, action: 'review.open', subject, detail: { stage } };
      await commitTogether(open.database, () => appendAudit(open.database, opened));
      return view;
    }),
  saveDraft: ({ server, params: { study, subject }, body, ifMatch, who, at }) =>
    server.studies.with(study, async (open) => {
      const reviewer = who.person.login;
      const saved = settled(await saveDraft(open.review, { ...body, subject, reviewer, seen: ifMatch }, at));
      const stage = stageOf(open.study.protocol, body.instrument);
      const { changeId } = body;
      const { revision, at: savedAt } = saved;
      return { revision, body: { changeId, revision, at: savedAt, ...chartSaid(open, subject, stage, reviewer) } };
    }),
  removeRow: ({ server, params: { study, subject }, body, who, at }) =>
    server.studies.with(study, (open) => {
      const reviewer = who.person.login;
      settled(removeRow(open.review, { ...body, subject, reviewer }, at));
      return chartView(open, subject, stageOf(open.study.protocol, body.instrument), reviewer);
    }),
  completeRecords: ({ server, params: { study, subject }, body: { stage, record }, who, at }) =>
    server.studies.with(study, async (open) => {
      const reviewer = who.person.login;
      await completeRecords(open.review, { subject, reviewer, stage, ...(record ? { record } : {}) }, at);
      return chartView(open, subject, stage, reviewer);
    }),
} satisfies Partial<Handlers>;

function settled(saved: Saved): Extract<Saved, { kind: 'saved' }> {
  if (saved.kind === 'saved') return saved;
  const { answer = null, revision = UNSAID, at = null } = saved.current ?? {};
  throw new ConflictError(
    'review.changed-meanwhile',
    'This field was changed meanwhile, in another tab or window; your change was not saved.',
    { answer, revision, at },
    'Look at what stands there now, and change it again if you still mean to.',
  );
}

function chartSaid({ review, database }: OpenStudy, subject: string, stage: FormStage, reviewer: string) {
  const person = personOf(review, subject);
  const records = liveRecords(review, person, wordsOf(database, subject, reviewer), stage);
  return {
    records: records.map(recordView),
    problems: chartProblems(review, stage, records),
    excludedBy: excludedSoFar(review, person, records),
  };
}

function chartView(open: OpenStudy, subject: string, stage: FormStage, reviewer: string) {
  const { state, readers } = chartStates(open.review).chart(subject, stage, reviewer);
  const isReader = readers.some((one) => one.reviewer === reviewer);
  return {
    subject,
    stage,
    // Of a chart that others read nothing is told here but that it is not one's own.
    state: isReader || state === 'waiting' ? state : ('closed' as const),
    ...chartSaid(open, subject, stage, reviewer),
  };
}

function recordView({ instrument, row, state, words, visible, computed, problems, unanswered }: LiveRecord) {
  return {
    instrument: instrument.id,
    row,
    state,
    words: words.map(wordView),
    visible: [...visible],
    computed: Object.fromEntries(Object.entries(computed).map(([id, value]) => [id, unfrozen(value)])),
    problems: [...problems],
    unanswered: [...unanswered],
  };
}

function wordView(word: Word) {
  const { field, answer, revision, at } = word;
  return { field, answer, revision, at, isDraft: !isCompleted(word) };
}

function unfrozen<Value>(value: Value | readonly string[]): Value | string[] {
  return Array.isArray(value) ? [...value] : (value as Value);
}
