/** Who may do what. Pure; the only place that knows. Rules R10 to R14 of SPEC.md. */
import type { Access, StudyPermission, StudyRole, WorkspacePermission, WorkspaceRole } from './contract/index.ts';

/** The roles of one person. */
export interface Roles {
  readonly workspace: readonly WorkspaceRole[];
  /** By study. */
  readonly studies: ReadonlyMap<string, readonly StudyRole[]>;
}

const OF_WORKSPACE: Readonly<Record<WorkspaceRole, readonly WorkspacePermission[]>> = {
  administrator: ['people.manage', 'study.create', 'workspace.audit'],
  steward: ['data.view', 'data.manage', 'study.create', 'workspace.audit'],
};

const READING = ['study.view', 'cohort.view', 'protocol.view', 'results.view'] as const;

const OF_STUDY: Readonly<Record<StudyRole, readonly StudyPermission[]>> = {
  owner: [
    ...READING,
    'search.notes',
    'cohort.change',
    'chart.view',
    'agreement.view',
    'protocol.change',
    'results.trace',
    'results.change',
    'release.make',
    'release.download',
    'review.unmask',
    'study.people',
    'study.audit',
  ],
  abstractor: ['study.view', 'protocol.view', 'chart.view', 'review.screen', 'review.abstract'],
  adjudicator: ['study.view', 'protocol.view', 'chart.view', 'review.adjudicate', 'agreement.view'],
  // De-identified only: no chart, no sentence, no person of the account.
  analyst: ['study.view', 'protocol.view', 'agreement.view', 'results.view', 'release.download'],
  monitor: [...READING, 'chart.view', 'agreement.view', 'results.trace', 'study.audit'],
};

/** What somebody may do in the workspace. */
export function workspacePermissionsOf(roles: Roles): ReadonlySet<WorkspacePermission> {
  return new Set(roles.workspace.flatMap((role) => OF_WORKSPACE[role]));
}

/** What somebody may do in a study; nothing where they have no role in it. */
export function studyPermissionsOf(roles: Roles, study: string): ReadonlySet<StudyPermission> {
  return new Set((roles.studies.get(study) ?? []).flatMap((role) => OF_STUDY[role]));
}

/**
 * Whether a call is allowed. `unknown` where it must look as if the study were not there, since whoever asks has no role
 * in it; `roles` is undefined of somebody who is not signed in.
 */
export function decide(
  access: Access,
  roles: Roles | undefined,
  study: string | undefined,
): 'allowed' | 'sign-in' | 'forbidden' | 'unknown' {
  if (access === 'public') return 'allowed';
  if (!roles) return 'sign-in';
  if (access === 'signed-in') return 'allowed';
  if ('workspace' in access) return workspacePermissionsOf(roles).has(access.workspace) ? 'allowed' : 'forbidden';
  if (study === undefined || !roles.studies.has(study)) return 'unknown';
  return studyPermissionsOf(roles, study).has(access.study) ? 'allowed' : 'forbidden';
}

/**
 * Whether somebody must not see what others entered, nor by which arm a person came in: whoever abstracts in a study that is
 * blinded, whatever other roles they have there, until they are unmasked.
 */
export function isBlinded(
  { review }: { readonly review: { readonly blinded: boolean } },
  roles: readonly StudyRole[],
  isUnmasked: boolean,
): boolean {
  return review.blinded && roles.includes('abstractor') && !isUnmasked;
}
