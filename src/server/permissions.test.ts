import { describe, expect, test } from 'vitest';
import {
  contract,
  type RouteDef,
  type StudyRole,
  studyPermissions,
  studyRoles,
  type WorkspaceRole,
  workspaceRoles,
} from './contract/index.ts';
import { decide, isBlinded, type Roles, studyPermissionsOf } from './permissions.ts';
import { expectedCallers } from './permissions-table.test-support.ts';

const STUDY = 'gout-2024';
const routes = Object.values(contract) as readonly RouteDef[];
const expected: Readonly<Record<string, string>> = expectedCallers;

const inStudy = (study: string, ...roles: StudyRole[]): Roles => ({
  workspace: [],
  studies: new Map([[study, roles]]),
});
const inWorkspace = (...workspace: WorkspaceRole[]): Roles => ({ workspace, studies: new Map() });
const without: Roles = inWorkspace();

/** What the table says of a caller with one role; `stranger` has a role in another study only. */
function verdictOf(route: RouteDef, role: string): ReturnType<typeof decide> {
  const may = (expected[route.id] ?? '').split(' ');
  if (may.includes('anybody')) return 'allowed';
  if (role === 'nobody') return 'sign-in';
  if (may.includes('signed-in') || may.includes(role)) return 'allowed';
  const isStudyRole = (studyRoles as readonly string[]).includes(role);
  const ofStudy = may.some((one) => (studyRoles as readonly string[]).includes(one));
  return ofStudy && !isStudyRole ? 'unknown' : 'forbidden';
}

const callers: readonly (readonly [string, Roles | undefined])[] = [
  ['nobody', undefined],
  ['without a role', without],
  ['stranger', inStudy('other', ...studyRoles)],
  ...studyRoles.map((role) => [role, inStudy(STUDY, role)] as const),
  ...workspaceRoles.map((role) => [role, inWorkspace(role)] as const),
];

describe('who may call what', () => {
  test('[R10] every route is in the table, and the table has no other', () => {
    expect(Object.keys(expected).sort()).toEqual(routes.map(({ id }) => id).sort());
  });

  test.each(callers)('[R10] as the table has it for %s', (role, roles) => {
    const verdicts = routes.map((route) => [route.id, decide(route.access, roles, STUDY)]);
    expect(verdicts).toEqual(routes.map((route) => [route.id, verdictOf(route, role)]));
  });

  test('[R10] the table names only roles that there are', () => {
    const known = new Set<string>(['anybody', 'signed-in', ...studyRoles, ...workspaceRoles]);
    const named = Object.values(expected).flatMap((line) => line.split(' '));
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  test('[R10] several roles may what each may', () => {
    const both = studyPermissionsOf(inStudy(STUDY, 'abstractor', 'analyst'), STUDY);
    expect(both).toEqual(
      studyPermissionsOf(inStudy(STUDY, 'abstractor'), STUDY).union(
        studyPermissionsOf(inStudy(STUDY, 'analyst'), STUDY),
      ),
    );
  });

  test('[R11] a study is as if it were not there for whoever has no role in it, also for those who run the workspace', () => {
    for (const permission of studyPermissions) {
      for (const roles of [without, inStudy('other', 'owner'), inWorkspace(...workspaceRoles)]) {
        expect(decide({ study: permission }, roles, STUDY)).toBe('unknown');
        expect(studyPermissionsOf(roles, STUDY).size).toBe(0);
      }
      expect(decide({ study: permission }, inStudy(STUDY, 'owner'), undefined)).toBe('unknown');
    }
  });

  test('[R12] an analyst sees no chart, no sentence and no person', () => {
    const permissions = studyPermissionsOf(inStudy(STUDY, 'analyst'), STUDY);
    const ofPersons = ['chart.view', 'search.notes', 'cohort.view', 'results.trace', 'study.audit'] as const;
    expect(ofPersons.filter((permission) => permissions.has(permission))).toEqual([]);
    expect(permissions.has('results.view')).toBe(true);
  });

  test('[R13] a monitor changes nothing', () => {
    const permissions = [...studyPermissionsOf(inStudy(STUDY, 'monitor'), STUDY)];
    expect(permissions.filter((permission) => !/\.(view|trace|audit)$/.test(permission))).toEqual([]);
    const mayCall = routes.filter(
      ({ access }) => typeof access === 'object' && decide(access, inStudy(STUDY, 'monitor'), STUDY) === 'allowed',
    );
    expect(mayCall.filter(({ method }) => method === 'put' || method === 'patch' || method === 'delete')).toEqual([]);
    expect(mayCall.length).toBeGreaterThan(0);
  });

  test('[R14] whoever abstracts in a blinded study is blinded, whatever else they are, until they are unmasked', () => {
    const [blinded, open] = [true, false].map((is) => ({ review: { blinded: is } })) as [
      { review: { blinded: boolean } },
      { review: { blinded: boolean } },
    ];
    expect(isBlinded(blinded, ['abstractor'], false)).toBe(true);
    expect(isBlinded(blinded, ['owner', 'adjudicator', 'abstractor'], false)).toBe(true);
    expect(isBlinded(blinded, ['abstractor'], true)).toBe(false);
    expect(isBlinded(blinded, ['owner', 'adjudicator'], false)).toBe(false);
    expect(isBlinded(open, ['abstractor'], false)).toBe(false);
  });
});
