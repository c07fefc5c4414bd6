import type { Access, JobKind } from '../contract/index.ts';
import type { Handlers } from '../http/handler.ts';
import { decide } from '../permissions.ts';
import { noJob } from './jobs.ts';

/** What somebody must still be allowed to see of work that they began; one of these is enough. Rule R81 of SPEC.md. */
const NEEDS: Readonly<Record<JobKind, readonly Access[]>> = {
  'cohort.run': [{ study: 'cohort.change' }],
  'cohort.explain': [{ study: 'cohort.view' }],
  'cohort.yield': [{ study: 'cohort.view' }],
  'cohort.compare': [{ study: 'cohort.view' }],
  'protocol.impact': [{ study: 'protocol.change' }],
  'release.make': [{ study: 'release.make' }],
  'release.verify': [{ study: 'release.download' }],
  'data.import': [{ workspace: 'data.manage' }],
  'data.quality': [{ workspace: 'data.view' }],
  'data.compare': [{ workspace: 'data.view' }],
  'data.move': [{ workspace: 'data.manage' }, { study: 'cohort.change' }],
};

/** Asking how far long work is. */
export const jobHandlers = {
  job: ({ server, who, params }) => {
    const view = server.jobs.find(params.job, who.person.id);
    const may = NEEDS[view.kind].some((access) => decide(access, who.roles, view.study ?? undefined) === 'allowed');
    if (may) return view;
    throw noJob();
  },
} satisfies Partial<Handlers>;
