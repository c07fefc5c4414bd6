/**
 * Who reads which chart at which stage. A chart is taken, done and perhaps released; a change after it was done takes it
 * again. Who completed an entry without having taken the chart (entries of files) has read it too. Rules R66 to R69 of SPEC.md.
 */
import { ChartproofError } from '../../base/index.ts';
import type { Actor } from '../../cohort/index.ts';
import type { Protocol } from '../../protocol/index.ts';
import { appendAudit, type StudyDatabase } from '../../workspace/index.ts';
import { type FormStage, type Stage, stageOf } from './stages.ts';

/** Somebody who reads a chart at a stage, or has read it. */
export interface Reader {
  readonly reviewer: string;
  readonly state: 'reading' | 'done';
}

/** Everybody who holds a chart of the study, by stage and subject. */
export type Readers = ReadonlyMap<string, readonly Reader[]>;

export function readersKey(stage: Stage, subject: string): string {
  return `${stage} ${subject}`;
}

/** The readers of all charts, or of one. */
export function readersOf(database: StudyDatabase, protocol: Protocol, subject?: string): Readers {
  const byKey = new Map<string, Map<string, Reader>>();
  const add = (stage: Stage, of: string, reader: Reader): void => {
    const key = readersKey(stage, of);
    byKey.set(key, (byKey.get(key) ?? new Map<string, Reader>()).set(reader.reviewer, reader));
  };
  for (const { instrument, subject: of, reviewer, role } of spoken(database, subject))
    if (role === 'abstraction') add(stageOf(protocol, instrument), of, { reviewer, state: 'done' });
  for (const { stage, subject: of, reviewer, kind } of newestClaims(database, subject)) {
    if (kind !== 'released') add(stage, of, { reviewer, state: kind === 'done' ? 'done' : 'reading' });
  }
  return new Map([...byKey].map(([key, readers]) => [key, [...readers.values()]]));
}

/** Appends to the claims and to the audit trail; call it in a transaction. */
export function appendClaim(
  database: StudyDatabase,
  { subject, stage, reviewer, kind }: ClaimChange,
  { actor, at }: Actor,
): void {
  database.run(database.db.insertInto('claim').values({ subject, stage, reviewer, kind, at }));
  appendAudit(database, { at, actor, action: `review.${kind}`, subject, detail: { stage, reviewer } });
}

interface ClaimChange {
  readonly subject: string;
  readonly stage: Stage;
  readonly reviewer: string;
  readonly kind: 'taken' | 'done' | 'released';
}

/** How somebody holds a chart; `undefined` where they do not. */
export function holdOf(
  database: StudyDatabase,
  protocol: Protocol,
  { subject, stage, reviewer }: { readonly subject: string; readonly stage: Stage; readonly reviewer: string },
): Reader['state'] | undefined {
  const [claim] = database.all(
    database.db
      .selectFrom('claim')
      .select('kind')
      .where('subject', '=', subject)
      .where('stage', '=', stage)
      .where('reviewer', '=', reviewer)
      .orderBy('id', 'desc')
      .limit(1),
  );
  if (claim && claim.kind !== 'released') return claim.kind === 'done' ? 'done' : 'reading';
  const said = spoken(database, subject).some(
    (one) => one.reviewer === reviewer && one.role === 'abstraction' && stageOf(protocol, one.instrument) === stage,
  );
  return said ? 'done' : undefined;
}

/** Refuses a change by somebody who has not taken the chart; a chart that was done is taken again. Call it in a transaction. */
export function requireHold(
  database: StudyDatabase,
  protocol: Protocol,
  hold: { readonly subject: string; readonly stage: FormStage; readonly reviewer: string },
  by: Actor,
): void {
  const state = holdOf(database, protocol, hold);
  if (state === undefined) throw notTaken();
  if (state === 'done') appendClaim(database, { ...hold, kind: 'taken' }, by);
}

/**
 * Gives a chart back, so that another can take it. What was completed stays, and with it its reader: then nothing can be
 * given back. Errors: `review.not-taken`, `review.has-entries`.
 */
export function releaseClaim(
  database: StudyDatabase,
  protocol: Protocol,
  hold: { readonly subject: string; readonly stage: Stage; readonly reviewer: string },
  by: Actor,
): void {
  database.transaction(() => {
    if (holdOf(database, protocol, hold) === undefined) throw notTaken();
    const { stage, subject, reviewer } = hold;
    const hasEntries = spoken(database, subject).some((one) =>
      one.reviewer !== reviewer ? false : one.role === 'abstraction' && stageOf(protocol, one.instrument) === stage,
    );
    if (hasEntries) {
      throw new ChartproofError(
        'review.has-entries',
        'Records of this chart were completed; it stays with its reader.',
        {
          tip: 'What was said is kept. Complete the chart, or let an adjudicator decide.',
        },
      );
    }
    appendClaim(database, { ...hold, kind: 'released' }, by);
  });
}

export function notTaken(): ChartproofError {
  return new ChartproofError('review.not-taken', 'This chart is not taken at this stage by you.', {
    tip: 'Take it in the queue first; somebody may have given it back.',
  });
}

function newestClaims({ db, all }: StudyDatabase, subject?: string) {
  const newest = db
    .selectFrom('claim')
    .select((of) => of.fn.max('id').as('id'))
    .$if(subject !== undefined, (query) => query.where('subject', '=', subject ?? ''))
    .groupBy(['subject', 'stage', 'reviewer']);
  return all(db.selectFrom('claim').selectAll().where('id', 'in', newest).orderBy('id'));
}

function spoken({ db, all }: StudyDatabase, subject?: string) {
  return all(
    db
      .selectFrom('revision')
      .select(['subject', 'instrument', 'role', 'reviewer'])
      .distinct()
      .$if(subject !== undefined, (query) => query.where('subject', '=', subject ?? '')),
  );
}
