/** Who reads which chart. Rules R40 and R42 of SPEC.md. */
import {
  type Chart,
  claimChart,
  nextChart,
  type OpenStudy,
  queueOf,
  releaseClaim,
  type Stage,
} from '../../review/index.ts';
import type { SignedIn } from '../accounts/signed-in.ts';
import { isBlindedTo, requireUnblinded } from '../blinding.ts';
import { type ChartState, chartStates } from '../contract/index.ts';
import type { Handlers } from '../http/handler.ts';
import type { Server } from '../server.ts';

export const queueHandlers = {
  reviewQueue: ({ server, params, query, who }) =>
    server.studies.with(params.study, (open) => {
      if (params.stage === 'adjudication') requireUnblinded(open, who);
      const all = chartsFor(open, params.stage, who);
      const wanted = all.filter(({ state }) => query.state === undefined || state === query.state);
      const begin = query.cursor === undefined ? 0 : wanted.findIndex(({ subject }) => subject === query.cursor) + 1;
      const items = wanted.slice(begin, begin + query.limit);
      const isLast = begin + query.limit >= wanted.length;
      return { items, next: isLast ? null : (items.at(-1)?.subject ?? null), counts: countsOf(all) };
    }),
  nextScreening: (call) => next(call, 'screening'),
  nextAbstraction: (call) => next(call, 'abstraction'),
  nextAdjudication: (call) => next(call, 'adjudication'),
  claimScreening: (call) => claim(call, 'screening'),
  claimAbstraction: (call) => claim(call, 'abstraction'),
  claimAdjudication: (call) => claim(call, 'adjudication'),
  releaseScreening: (call) => release(call, 'screening', call.who.person.login),
  releaseAbstraction: (call) => release(call, 'abstraction', call.who.person.login),
  releaseAdjudication: (call) => release(call, 'adjudication', call.who.person.login),
  releaseReader: (call) => release(call, call.body.stage, call.body.reviewer),
} satisfies Partial<Handlers>;

interface NextCall {
  readonly server: Server;
  readonly params: { readonly study: string };
  readonly body: { readonly except: readonly string[] };
  readonly who: SignedIn;
  readonly at: string;
}

function next({ server, params, body, who, at }: NextCall, stage: Stage): Promise<{ subject: string | null }> {
  return server.studies.with(params.study, (open) => {
    if (stage === 'adjudication') requireUnblinded(open, who);
    return { subject: nextChart(open.review, stage, who.person.login, at, new Set(body.except)) ?? null };
  });
}

interface ClaimCall {
  readonly server: Server;
  readonly params: { readonly study: string; readonly subject: string };
  readonly who: SignedIn;
  readonly at: string;
}

function claim({ server, params: { study, subject }, who, at }: ClaimCall, stage: Stage) {
  return server.studies.with(study, (open) => {
    if (stage === 'adjudication') requireUnblinded(open, who);
    return { subject, state: claimChart(open.review, stage, subject, who.person.login, at) };
  });
}

function release(
  { server, params: { study, subject }, who, at }: ClaimCall,
  stage: Stage,
  reviewer: string,
): Promise<undefined> {
  return server.studies.with(study, ({ database, study: { protocol } }) => {
    releaseClaim(database, protocol, { subject, stage, reviewer }, { actor: who.person.login, at });
    return undefined;
  });
}

/** The charts of a stage; who is blinded is not told of other readers, nor that there are some. */
export function chartsFor(open: OpenStudy, stage: Stage, who: SignedIn) {
  const me = who.person.login;
  const isBlinded = isBlindedTo(open, who);
  return queueOf(open.review, stage, me).map((chart) =>
    isBlinded
      ? { subject: chart.subject, state: blindedState(chart, me) }
      : { subject: chart.subject, state: chart.state, readers: [...chart.readers] },
  );
}

function blindedState({ state, readers }: Chart, me: string): ChartState {
  const isOfOthers = state === 'in-progress' || state === 'done';
  return isOfOthers && !readers.some(({ reviewer }) => reviewer === me) ? 'closed' : state;
}

function countsOf(charts: readonly { readonly state: ChartState }[]): Record<ChartState, number> {
  const counts = Object.fromEntries(chartStates.map((state) => [state, 0])) as Record<ChartState, number>;
  for (const { state } of charts) counts[state] += 1;
  return counts;
}
