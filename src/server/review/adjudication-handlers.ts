/** Settling differences, and lifting a blinding. Rules R40, R41 and R47 of SPEC.md. */
import { ChartproofError } from '../../base/index.ts';
import {
  adjudicate,
  chartStates,
  type Item,
  isUnmasked,
  type OpenStudy,
  personOf,
  requireForeign,
  unmask,
  unmaskings,
} from '../../review/index.ts';
import { appendAudit } from '../../workspace/index.ts';
import { findPerson } from '../accounts/people.ts';
import type { SignedIn } from '../accounts/signed-in.ts';
import { requireUnblinded } from '../blinding.ts';
import type { Handlers } from '../http/handler.ts';
import { ConflictError } from '../http/problems.ts';

export const adjudicationHandlers = {
  adjudication: ({ server, params: { study, subject }, who, at }) =>
    server.studies.with(study, (open) => {
      requireAdjudicator(open, subject, who);
      const actor = who.person.login;
      appendAudit(open.database, { at, actor, action: 'review.open', subject, detail: { stage: 'adjudication' } });
      return adjudicationView(open, subject, who);
    }),
  adjudicate: ({ server, params: { study, subject }, body, ifMatch, who, at }) =>
    server.studies.with(study, async (open) => {
      requireAdjudicator(open, subject, who);
      const adjudicator = who.person.login;
      const outcome = await adjudicate(open.review, { ...body, subject, adjudicator, seen: ifMatch }, at);
      const view = adjudicationView(open, subject, who);
      const now = view.items.find(
        (one) => one.instrument === body.instrument && one.row === body.row && one.field === body.field,
      );
      if (outcome === 'stored') return { revision: now?.revision ?? '0', body: view };
      throw new ConflictError(
        'review.changed-meanwhile',
        'Somebody spoke of this field meanwhile; your decision was not stored.',
        now ?? null,
        'Look at what stands there now, and decide again.',
      );
    }),
  unmaskings: ({ server, params }) =>
    server.studies.with(params.study, ({ database }) => ({ items: unmaskings(database) })),
  unmask: ({ server, params, body, who, at }) =>
    server.studies.with(params.study, ({ database, study: { protocol } }) => {
      if (!protocol.review.blinded) {
        throw new ChartproofError('review.not-blinded', 'The study is not blinded: there is nothing to lift.', {
          tip: '`review: { blinded: true }` of the protocol blinds a study.',
        });
      }
      const { login } = findPerson(server.accounts, { login: body.person });
      return unmask(database, login, body.reason, { actor: who.person.login, at });
    }),
} satisfies Partial<Handlers>;

function requireAdjudicator(open: OpenStudy, subject: string, who: SignedIn): void {
  requireUnblinded(open, who);
  personOf(open.review, subject);
  requireForeign(open.review, subject, who.person.login);
}

function adjudicationView(open: OpenStudy, subject: string, who: SignedIn) {
  const { protocol } = open.study;
  const items = chartStates(open.review).items(subject);
  // Who settles a difference in a blinded study does so without knowing whose answer it is.
  const namesOthers = !protocol.review.blinded || isUnmasked(open.database, who.person.login);
  const labelOf = ({ instrument, field }: Item): string => {
    const of = protocol.instruments.find((one) => one.id === instrument);
    return of?.fields.find((one) => one.id === field)?.label ?? of?.label ?? instrument;
  };
  return {
    subject,
    open: items.filter(({ why }) => why !== 'settled').length,
    items: items.map((item) => ({
      instrument: item.instrument,
      row: item.row,
      field: item.field,
      label: labelOf(item),
      why: item.why,
      revision: String(item.revision),
      given: item.given.map(({ letter, reviewer, answer, at }) => ({
        reader: letter,
        name: namesOthers ? reviewer : null,
        answer,
        at,
      })),
      ruling: item.ruling && {
        answer: item.ruling.answer,
        reason: item.ruling.reason ?? '',
        by: item.ruling.reviewer,
        at: item.ruling.at,
      },
    })),
  };
}
