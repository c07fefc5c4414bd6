/** The records of the workspace, for its data steward: imports, quarantine, linkage, quality, snapshots, and moving studies. */
import { z } from 'zod';
import { jobBegun } from './jobs.ts';
import { ofStudy, pageOf, pageQuery, route, studyId } from './route.ts';

const view = { workspace: 'data.view' } as const;
const manage = { workspace: 'data.manage' } as const;
const snapshotId = z.string().regex(/^[0-9a-f]{16}$/);
/** Where something stands in the inbox: names with slashes between them. */
const inboxPath = z.string().min(1).max(500);
const ofImport = z.object({ import: snapshotId });

/** What became of lines: `lines = stored + superseded + unmapped + quarantined`. */
const account = z.object({
  lines: z.int(),
  stored: z.int().describe('The line is the version that stands'),
  superseded: z.int().describe('Another version of it stands'),
  unmapped: z.int().describe('Of a kind that the records have no table for'),
  quarantined: z.int().describe('It could not be read; the quarantine says where and why'),
});

/** An import, or what one would come to. */
export const importView = account.extend({
  id: z.string(),
  kind: z.enum(['fhir', 'omop', 'table', 'vocabulary']),
  at: z.string(),
  snapshot: z.string(),
  changed: z.boolean().describe('Whether it made a new snapshot'),
  dryRun: z.boolean().describe('Nothing was kept'),
  byType: z.array(account.extend({ type: z.string() })),
  reasons: z.array(z.object({ reason: z.string(), words: z.string(), lines: z.int() })),
  files: z.array(z.object({ name: z.string(), bytes: z.number(), lines: z.int() })),
  ignored: z.array(z.string()).describe('Files that were not read, for their names'),
  linkage: z
    .object({
      byRule: z.array(z.object({ rule: z.string(), rows: z.int() })),
      ambiguous: z.int().describe('Fit more than one person'),
      contradiction: z.int().describe('Contradict the person whom they find'),
      rejected: z.int().describe('Find a person whom a steward has rejected'),
      unlinked: z.int().describe('Fit nobody'),
      proposed: z.int().describe('Of those without a person, how many may be somebody'),
    })
    .nullable(),
});
export type ImportView = z.infer<typeof importView>;

/** What the job of an import gives. */
export const importDone = importView.extend({
  preview: z
    .array(
      z.object({
        file: z.string(),
        line: z.int(),
        person: z.string().nullable(),
        linkage: z.string().nullable().describe('The rule that found the person, or why there is none'),
        values: z.array(z.object({ column: z.string(), value: z.string() })),
      }),
    )
    .describe('Of a dry run of tables, the first rows as the mapping reads them'),
  notes: z.object({ notes: z.int(), added: z.int() }).nullable().describe('The index of the notes; null: a dry run'),
});
export type ImportDone = z.infer<typeof importDone>;

const rowChanges = z.object({ added: z.int(), removed: z.int(), changed: z.int() });
const tableChanges = rowChanges.extend({ table: z.string() });

export const snapshotView = z.object({
  snapshot: z.string(),
  isCurrent: z.boolean(),
  at: z.string().nullable(),
  kind: z.string().nullable().describe('Of the import that made it'),
  files: z.array(z.string()),
  tables: z.array(z.object({ table: z.string(), rows: z.int(), added: z.int(), removed: z.int() })),
  bytes: z.number(),
  ownBytes: z.number().describe('Of files that no snapshot before it has'),
  studies: z.array(studyId).describe('Those that stand on it'),
});

/** What the job of a comparison gives. */
export const snapshotComparison = z.object({
  from: z.string(),
  to: z.string(),
  persons: z.object({ added: z.int(), removed: z.int() }),
  tables: z.array(tableChanges).describe('Those in which something differs'),
});
export type SnapshotComparison = z.infer<typeof snapshotComparison>;

/** What the job of a check of quality gives. */
export const qualityView = z.object({
  snapshot: z.string(),
  asOf: z.string(),
  checks: z.array(
    z.object({
      id: z.string(),
      group: z.string(),
      label: z.string().describe('What is at fault'),
      table: z.string(),
      rows: z.int().describe('Judged'),
      atFault: z.int(),
      share: z.string(),
      allowed: z.string(),
      outcome: z.enum(['pass', 'fail', 'not-applicable', 'off']),
      reason: z.string().nullable().describe('Why it is switched off'),
      examples: z.array(z.object({ file: z.string().nullable(), line: z.string().nullable() })),
    }),
  ),
});
export type QualityView = z.infer<typeof qualityView>;

export const inboxEntry = z.object({
  path: z.string(),
  kind: z.enum(['folder', 'file']),
  bytes: z.number().describe('Of a folder, all below it'),
  files: z.int().describe('Of a folder, how many are below it'),
});

export const quarantinedView = z.object({
  at: z.int().describe('Its place in the quarantine, from 0'),
  file: z.string(),
  line: z.int(),
  type: z.string().nullable(),
  reason: z.string(),
  words: z.string(),
  element: z.string().nullable().describe('The name of the element at fault'),
});

const candidate = z.object({
  person: z.string().describe('By source id'),
  score: z.number(),
  agrees: z.array(z.object({ field: z.string(), level: z.string() })),
});

export const openRowView = z.object({
  row: z.string(),
  source: z.string(),
  file: z.string(),
  line: z.int(),
  reason: z.string(),
  candidates: z.array(candidate),
});

const personWords = z.object({
  record_number: z.string().nullable(),
  family_name: z.string().nullable(),
  given_name: z.string().nullable(),
  birth_date: z.string().nullable(),
  sex: z.string().nullable(),
});

/** A row beside those who may be its person: the one place where names are shown. */
export const shownRowView = z.object({
  row: z.string(),
  file: z.string(),
  line: z.int(),
  reason: z.string(),
  said: personWords.describe('What the row says of its person'),
  candidates: z.array(candidate.extend({ known: z.array(personWords).describe('What the records know, a name each') })),
});

const linkageRow = z.string().min(1).max(500);

/** What the job of a move gives. */
export const moveView = z.object({
  moved: z.boolean(),
  from: z.string(),
  to: z.string(),
  before: z.int().describe('Candidates'),
  after: z.int(),
  in: z.int(),
  notFound: z.int().describe('Out: not found any more'),
  notAuthorized: z.int().describe('Out: not authorized'),
  changed: z
    .object({ subjects: z.int(), arms: z.int(), rules: z.int(), records: z.int() })
    .describe('Of those who stay'),
  rows: z.array(tableChanges).describe('The rows of those who stay'),
  citations: z.object({ stood: z.int(), lost: z.int() }),
  changedSubjects: z.array(z.string()).nullable().describe('null to a steward'),
  citingSubjects: z.array(z.string()).nullable().describe('Whose citations are lost; null to a steward'),
});
export type MoveView = z.infer<typeof moveView>;

export const dataRoutes = {
  snapshots: route({
    id: 'snapshots',
    method: 'get',
    path: '/data/snapshots',
    summary: 'Every state that the records have been in, the current one first, and the studies that stand on it',
    access: view,
    response: z.object({ items: z.array(snapshotView) }),
  }),
  compareSnapshots: route({
    id: 'compareSnapshots',
    method: 'post',
    path: '/data/snapshots/compare',
    summary: 'Count what differs between two snapshots; a job that gives a SnapshotComparison',
    access: view,
    body: z.object({ from: snapshotId, to: snapshotId }),
    response: jobBegun,
  }),
  checkQuality: route({
    id: 'checkQuality',
    method: 'post',
    path: '/data/quality',
    summary: 'Check the records: form, completeness, plausibility; a job that gives a QualityView',
    access: view,
    body: z.object({ snapshot: snapshotId.optional().describe('Defaults to the current one') }),
    response: jobBegun,
  }),
  inbox: route({
    id: 'inbox',
    method: 'get',
    path: '/data/inbox',
    summary: 'What stands in the folder inbox/ of the workspace, from which the browser may import',
    access: manage,
    response: z.object({ items: z.array(inboxEntry), isWhole: z.boolean() }),
  }),
  imports: route({
    id: 'imports',
    method: 'get',
    path: '/data/imports',
    summary: 'The imports and what became of their lines, the newest first',
    access: view,
    query: pageQuery,
    response: pageOf(importView),
  }),
  importRecords: route({
    id: 'importRecords',
    method: 'post',
    path: '/data/imports',
    summary:
      'Import files of the inbox and index the notes, or say what it would come to; a job that gives an ImportDone',
    access: manage,
    body: z.discriminatedUnion('kind', [
      z.object({ kind: z.enum(['fhir', 'omop']), paths: z.array(inboxPath).min(1).max(200), dryRun: z.boolean() }),
      z.object({
        kind: z.literal('table'),
        paths: z.array(inboxPath).min(1).max(200),
        mapping: inboxPath,
        dryRun: z.boolean(),
      }),
    ]),
    response: jobBegun,
  }),
  quarantine: route({
    id: 'quarantine',
    method: 'get',
    path: '/data/imports/{import}/quarantine',
    summary: 'The lines of an import that could not be read, by file, line and reason; never what they say',
    access: view,
    params: ofImport,
    query: pageQuery.extend({ reason: z.string().max(100).optional() }),
    response: pageOf(quarantinedView),
  }),
  openQuarantined: route({
    id: 'openQuarantined',
    method: 'post',
    path: '/data/imports/{import}/quarantine/content',
    summary: 'What a quarantined line says, from the file that was imported, while it is in the inbox; audited',
    access: manage,
    params: ofImport,
    body: z.object({ at: z.int().min(0) }),
    response: z.object({ file: z.string(), line: z.int(), text: z.string(), isWhole: z.boolean() }),
  }),
  openLinkage: route({
    id: 'openLinkage',
    method: 'get',
    path: '/data/linkage',
    summary: 'Rows of tables whose person is not certain, without names; audited',
    access: manage,
    query: pageQuery.extend({
      all: z.stringbool().default(false).describe('Also those for whom nobody is proposed'),
    }),
    response: pageOf(openRowView).extend({ open: z.int(), proposed: z.int() }),
  }),
  showLinkageRow: route({
    id: 'showLinkageRow',
    method: 'post',
    path: '/data/linkage/row',
    summary: 'A row beside the persons who may be it, with names; audited',
    access: manage,
    body: z.object({ row: linkageRow }),
    response: shownRowView,
  }),
  decideLinkageRow: route({
    id: 'decideLinkageRow',
    method: 'post',
    path: '/data/linkage/decisions',
    summary: 'Say that a row is of a person, or is not; counts from the next import of its table on',
    access: manage,
    body: z.object({ row: linkageRow, person: z.string().min(1).max(500), verdict: z.enum(['confirmed', 'rejected']) }),
  }),
  moveStudyAsSteward: route({
    id: 'moveStudyAsSteward',
    method: 'post',
    path: '/data/moves',
    summary: 'Move a study to the current records, or count what that would change; a job that gives a MoveView',
    access: manage,
    body: z.object({ study: studyId, dryRun: z.boolean() }),
    response: jobBegun,
  }),
  studyRecords: route({
    id: 'studyRecords',
    method: 'get',
    path: '/studies/{study}/records',
    summary: 'Which snapshot the study stands on, and which is the current one',
    access: { study: 'cohort.change' },
    params: ofStudy,
    response: z.object({ snapshot: z.string().nullable(), current: z.string().nullable() }),
  }),
  moveStudy: route({
    id: 'moveStudy',
    method: 'post',
    path: '/studies/{study}/move',
    summary: 'Move the study to the current records, or say what that would change; a job that gives a MoveView',
    access: { study: 'cohort.change' },
    params: ofStudy,
    body: z.object({ dryRun: z.boolean() }),
    response: jobBegun,
  }),
};
