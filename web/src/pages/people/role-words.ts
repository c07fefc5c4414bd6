import type { StudyRole, WorkspaceRole } from '../../../../src/server/contract/index.ts';

/** What a role is for, as it is said to whoever gives it. */
export const studyRoleWords: Readonly<Record<StudyRole, string>> = {
  owner: 'Runs the study: protocol, cohort, results, releases, and who may do what in it.',
  abstractor: 'Screens and abstracts charts; in a blinded study, without what others entered.',
  adjudicator: 'Settles what two abstractors entered differently.',
  analyst: 'De-identified only: results and releases, no chart and no sentence.',
  monitor: 'Reads everything, changes nothing.',
};

export const workspaceRoleWords: Readonly<Record<WorkspaceRole, string>> = {
  administrator: 'Accounts and roles, the audit trail of the workspace, new studies.',
  steward: 'Records: imports, quality, linkage; the audit trail of the workspace, new studies.',
};
