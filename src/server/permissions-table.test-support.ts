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

  // Reviewing
  reviewForm: 'owner abstractor adjudicator analyst monitor',
  reviewQueue: 'owner abstractor adjudicator monitor',
  nextScreening: 'abstractor',
  nextAbstraction: 'abstractor',
  nextAdjudication: 'adjudicator',
  claimScreening: 'abstractor',
  claimAbstraction: 'abstractor',
  claimAdjudication: 'adjudicator',
  releaseScreening: 'abstractor',
  releaseAbstraction: 'abstractor',
  releaseAdjudication: 'adjudicator',
  releaseReader: 'owner',
  chartRecords: 'abstractor',
  saveDraft: 'abstractor',
  removeRow: 'abstractor',
  completeRecords: 'abstractor',
  adjudication: 'adjudicator',
  adjudicate: 'adjudicator',
  unmaskings: 'owner monitor',
  unmask: 'owner',
  agreement: 'owner adjudicator analyst monitor',

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

  // Charts
  chart: 'owner abstractor adjudicator monitor',
  chartTimeline: 'owner abstractor adjudicator monitor',
  chartRows: 'owner abstractor adjudicator monitor',
  chartRow: 'owner abstractor adjudicator monitor',
  chartNotes: 'owner abstractor adjudicator monitor',
  chartCopies: 'owner abstractor adjudicator monitor',
  openChartNote: 'owner abstractor adjudicator monitor',
  noteCopies: 'owner abstractor adjudicator monitor',
  findInChart: 'owner abstractor adjudicator monitor',
  chartCoverage: 'owner abstractor adjudicator monitor',
  chartProposals: 'owner abstractor adjudicator monitor',

  // Records
  snapshots: 'steward',
  compareSnapshots: 'steward',
  checkQuality: 'steward',
  inbox: 'steward',
  imports: 'steward',
  importRecords: 'steward',
  quarantine: 'steward',
  openQuarantined: 'steward',
  openLinkage: 'steward',
  showLinkageRow: 'steward',
  decideLinkageRow: 'steward',
  moveStudyAsSteward: 'steward',
  studyRecords: 'owner',
  moveStudy: 'owner',

  // Audit
  workspaceAudit: 'administrator steward',
  exportWorkspaceAudit: 'administrator steward',
  verifyWorkspaceAudit: 'administrator steward',
  studyAudit: 'owner monitor',
  exportStudyAudit: 'owner monitor',
  verifyStudyAudit: 'owner monitor',

  // Long work
  job: 'signed-in',

  // Search
  searchPurpose: 'owner',
  attestPurpose: 'owner',
  completeQuery: 'owner',
  ask: 'owner',
  searches: 'owner',
  askAgain: 'owner',
  keptSearch: 'owner',
  searchFacets: 'owner',
  searchPersons: 'owner',
  searchNotes: 'owner',
  openNote: 'owner',
  nameSearch: 'owner',
  explainSearch: 'owner',
  searchCriterion: 'owner',
  exportSearch: 'owner',
  exportSearchLog: 'owner',

  // Cohort
  cohort: 'owner monitor',
  criteria: 'owner monitor',
  explainCohort: 'owner monitor',
  runCohort: 'owner',
  cohortYield: 'owner monitor',
  compareCohort: 'owner monitor',
  cohortPersons: 'owner monitor',
  cohortWhy: 'owner monitor',
  sample: 'owner monitor',
  drawSample: 'owner',
  judgeSampled: 'owner',

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
