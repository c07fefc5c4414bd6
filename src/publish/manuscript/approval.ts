/**
 * What somebody last read in the text: the numbers of the last approval or release. A later release must print the same, or
 * somebody says why not. The file lies in the study's folder; the audit trail holds its SHA-256, so that a change by hand shows.
 * Rules R31 and R32 of SPEC.md.
 */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { ChartproofError, sha256, writeFileAtomic } from '../../base/index.ts';
import type { Actor } from '../../cohort/index.ts';
import { appendAudit, type StudyDatabase } from '../../workspace/index.ts';
import type { ReleaseFacts } from '../release-content.ts';
import type { Bound } from './read-manuscript.ts';

const approvalSchema = z.object({
  at: z.string(),
  by: z.string(),
  why: z.string(),
  lock: z.string(),
  protocol: z.string(),
  values: z.record(z.string(), z.string()),
});

/** The numbers that somebody read, by expression, and when and why. */
export type Approval = z.output<typeof approvalSchema>;

/** A number that is not what was approved. */
export interface Moved {
  readonly bound: Bound;
  readonly was: string;
}

/** The numbers of the text that were approved and are others now, each once, in the order of the text. */
export function movedSince(bound: readonly Bound[], approval: Approval | undefined): Moved[] {
  const firsts = new Map(bound.toReversed().map((one) => [one.expression, one]));
  return bound.flatMap((one) => {
    const was = approval?.values[one.expression];
    return was === undefined || was === one.printed || firsts.get(one.expression) !== one ? [] : [{ bound: one, was }];
  });
}

/** The last approval, if there is one. Error: `publish.approval`, where the file is not the one that the audit trail tells of. */
export function readApproval(database: StudyDatabase, file: string): Approval | undefined {
  const [last] = database.all(
    database.db.selectFrom('audit').select('detail').where('action', '=', ACTION).orderBy('seq', 'desc').limit(1),
  );
  const text = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const kept = last && (JSON.parse(last.detail) as { readonly sha256?: string }).sha256;
  if (kept === (text === undefined ? undefined : sha256(text))) {
    return text === undefined ? undefined : approvalSchema.parse(JSON.parse(text));
  }
  throw new ChartproofError('publish.approval', 'The file of approved numbers is not the one that was written.', {
    tip: 'Restore it from a backup, or read the text again and approve it: chartproof manuscript approve STUDY.',
    place: { file },
  });
}

const ACTION = 'manuscript.approve';

/** Keeps the numbers of the text as read, in the file and, by its hash, in the audit trail. */
export function keepApproval(
  database: StudyDatabase,
  file: string,
  { bound, facts, why }: { readonly bound: readonly Bound[]; readonly facts: ReleaseFacts; readonly why: string },
  { actor, at }: Actor,
): void {
  const values = Object.fromEntries(
    bound.map(({ expression, printed }) => [expression, printed] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const approval: Approval = { at, by: actor, why, lock: facts.lock, protocol: facts.protocol, values };
  const text = `${JSON.stringify(approval, null, 2)}\n`;
  database.transaction(() => {
    const detail = { sha256: sha256(text), values: Object.keys(values).length, why };
    appendAudit(database, { at, actor, action: ACTION, detail });
    // Last within the transaction: where the file cannot be written, the trail does not tell of it.
    writeFileAtomic(file, text);
  });
}

/** Whether the text prints just what was approved. */
export function isApproved(bound: readonly Bound[], approval: Approval | undefined): boolean {
  const now = new Map(bound.map(({ expression, printed }) => [expression, printed]));
  const then = Object.entries(approval?.values ?? {});
  return approval !== undefined && then.length === now.size && then.every(([name, value]) => now.get(name) === value);
}
