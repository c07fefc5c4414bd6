/** Who is in a study, who is out, and why. Rules R87 to R90 of SPEC.md. */
import { drawSample, stepSubjects } from '../../cohort/index.ts';
import { type StudyResults, whyPerson } from '../../publish/index.ts';
import { type OpenStudy, saySampleVerdict, withStudy as withOwnStudy } from '../../review/index.ts';
import { appendAudit } from '../../workspace/index.ts';
import { isBlindedTo, requireUnblinded } from '../blinding.ts';
import type { Contract, JobKind } from '../contract/index.ts';
import type { Call, Handlers } from '../http/handler.ts';
import { partOf } from '../http/list-part.ts';
import { keptStanding } from '../results/kept-results.ts';
import { type CohortWork, cohortYield, compareCohort, explainCohort, runCohort } from './cohort-jobs.ts';
import { cohortView, personsOf } from './cohort-view.ts';
import { criteriaView } from './criteria-view.ts';
import { sampleView } from './sample-view.ts';
import { whyView } from './why-view.ts';

export const cohortHandlers = {
  cohort: (call) => withStudy(call, (open) => cohortView(call.server.workspace, open, isBlindedTo(open, call.who))),
  criteria: (call) => withStudy(call, ({ study }) => criteriaView(study.protocol)),
  explainCohort: (call) => begin(call, 'cohort.explain', explainCohort),
  runCohort: (call) => begin(call, 'cohort.run', (work) => runCohort(work, by(call))),
  cohortYield: (call) =>
    withStudy(call, (open) => {
      requireUnblinded(open, call.who);
      return begin(call, 'cohort.yield', cohortYield);
    }),
  compareCohort: (call) =>
    withStudy(call, (open) => {
      const isBlinded = isBlindedTo(open, call.who);
      return begin(call, 'cohort.compare', async (work) => {
        const comparison = await compareCohort(work, call.body, isBlinded);
        await withStudy(call, (now) => audit(call, now, 'cohort.compare', { moved: comparison.moved.length }));
        return comparison;
      });
    }),
  cohortPersons: (call) =>
    withStudy(call, (open) => {
      const isBlinded = isBlindedTo(open, call.who);
      const results = keptStanding(open);
      const { outcomes, label } = chosen(call, open, results);
      const { items, next } = partOf(outcomes, call.query);
      const detail = { ...label, from: Number(call.query.cursor ?? 0), rows: items.length };
      audit(call, open, 'cohort.list', detail);
      return { items: personsOf(open, items, results.run, isBlinded), next };
    }),
  cohortWhy: (call) =>
    withStudy(call, async (open) => {
      const { study, subject } = call.params;
      const isBlinded = isBlindedTo(open, call.who);
      const why = await withOwnStudy(call.server.workspace, study, 'of-cohort', whyPerson, subject);
      audit(call, open, 'cohort.why', {}, subject);
      return whyView(why, isBlinded);
    }),
  sample: (call) =>
    withStudy(call, (open) => {
      const view = toldSample(call, open);
      if (view.sample) audit(call, open, 'cohort.view-sample', { rows: view.sample.persons.length });
      return view;
    }),
  drawSample: (call) =>
    withStudy(call, async (open) => {
      await drawSample(open, call.body, by(call));
      return toldSample(call, open);
    }),
  judgeSampled: (call) =>
    withStudy(call, async (open) => {
      await saySampleVerdict(open.review, { subject: call.params.subject, ...call.body }, by(call));
      return toldSample(call, open);
    }),
} satisfies Partial<Handlers>;

/** A call about the cohort of a study. */
type CohortCall = Pick<Call<Contract['cohort']>, 'server' | 'who' | 'at'> & {
  readonly params: { readonly study: string };
};

function withStudy<Result>(
  { server, params }: CohortCall,
  work: (open: OpenStudy) => Promise<Result> | Result,
): Promise<Result> {
  return server.studies.with(params.study, work);
}

function toldSample(call: CohortCall, open: OpenStudy) {
  return sampleView(open, isBlindedTo(open, call.who) ? call.who.person.login : undefined);
}

function begin(call: CohortCall, kind: JobKind, run: (work: CohortWork) => Promise<unknown>) {
  const { study } = call.params;
  const { workspace, jobs } = call.server;
  return jobs.begin({ kind, study, of: study, by: call.who.person.id }, (progress) =>
    run({ workspace, study, progress }),
  );
}

/** Those of the account who are asked for. Errors: `cohort.no-step`, `review.blinded` (whom arms found). */
function chosen(
  call: Call<Contract['cohortPersons']>,
  open: OpenStudy,
  { attrition, outcomes, run }: Pick<StudyResults, 'attrition' | 'outcomes' | 'run'>,
) {
  const { body } = call;
  if ('step' in body) {
    const { step, number, outcomes: behind } = stepSubjects(attrition, outcomes, body.step, body.number);
    return { outcomes: behind, label: { step: step.id, number } };
  }
  requireUnblinded(open, call.who);
  const wanted = [...body.arms].sort().join('\n');
  const found = run.candidates.filter(({ arms }) => [...arms].sort().join('\n') === wanted);
  const subjects = new Set(found.map(({ subject }) => subject));
  return { outcomes: outcomes.filter(({ subject }) => subjects.has(subject)), label: { arms: body.arms } };
}

function by({ who, at }: CohortCall) {
  return { actor: who.person.login, at };
}

function audit(call: CohortCall, { database }: OpenStudy, action: string, detail: object, subject?: string): void {
  appendAudit(database, { ...by(call), action, detail, subject });
}
