/**
 * Who may call what: the expectation, written by hand and not taken from `permissions.ts`. One line a route, with the roles that
 * may; `anybody` also without signing in, `signed-in` whoever is. A route that is not here fails the test.
 */
import type { RouteId } from './contract/index.ts';

export const expectedCallers: Readonly<Record<RouteId, string>> = {
  // Getting in
  session: 'anybody',
  signIn: 'anybody',
  readLink: 'anybody',
  useLink: 'anybody',
  signOut: 'signed-in',
  changePassword: 'signed-in',

  // Studies
  studies: 'signed-in',
  study: 'owner abstractor adjudicator analyst monitor',
  createStudy: 'administrator steward',

  // People
  people: 'administrator',
  invitePerson: 'administrator',
  makePersonLink: 'administrator',
  setPersonStatus: 'administrator',
  grantWorkspaceRole: 'administrator',
  revokeWorkspaceRole: 'administrator',
  grantRoleInStudy: 'administrator',
  revokeRoleInStudy: 'administrator',
  studyPeople: 'owner',
  grantStudyRole: 'owner',
  revokeStudyRole: 'owner',

  // Audit
  workspaceAudit: 'administrator steward',
  exportWorkspaceAudit: 'administrator steward',
  verifyWorkspaceAudit: 'administrator steward',
  studyAudit: 'owner monitor',
  exportStudyAudit: 'owner monitor',
  verifyStudyAudit: 'owner monitor',

  // Long work
  job: 'signed-in',

  // Results
  results: 'owner analyst monitor',
  resultStatistics: 'owner analyst monitor',
  resultFigure: 'owner analyst monitor',
  sensitivity: 'owner analyst monitor',
  traceCell: 'owner monitor',
  traceSubject: 'owner monitor',
  manuscript: 'owner analyst monitor',
  startManuscript: 'owner',
  writeManuscript: 'owner',
  approveManuscript: 'owner',
  manuscriptFile: 'owner analyst monitor',
  disclosure: 'owner analyst monitor',
  acceptDisclosure: 'owner',
  releases: 'owner analyst monitor',
  makeRelease: 'owner',
  releaseBundle: 'owner analyst',
  verifyRelease: 'owner analyst',

  // Protocol
  protocol: 'owner abstractor adjudicator analyst monitor',
  protocolVersions: 'owner abstractor adjudicator analyst monitor',
  protocolVersion: 'owner abstractor adjudicator analyst monitor',
  checkProtocol: 'owner',
  impactOfProtocol: 'owner',
  changeProtocol: 'owner',
};
