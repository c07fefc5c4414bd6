/** Warnings that somebody accepted, with the reason: append-only in the study's database. Rules R57 and R58. */
import { ChartproofError, canonicalJson, sha256 } from '../../base/index.ts';
import type { Actor } from '../../cohort/index.ts';
import { appendAudit, type StudyDatabase } from '../../workspace/index.ts';
import type { DisclosureWarning } from './warning.ts';

/** A warning, and why it was accepted by whom. */
export interface AcceptedWarning extends DisclosureWarning {
  readonly reason: string;
  readonly actor: string;
}

/** Those of the warnings that were accepted, as they were told then, and those still open. */
export interface Sorted {
  readonly accepted: readonly AcceptedWarning[];
  readonly open: readonly DisclosureWarning[];
}

/** Sorts warnings by what was accepted of them. One that tells another count now than it did then is open again. */
export function sortWarnings(database: StudyDatabase, warnings: readonly DisclosureWarning[]): Sorted {
  const rows = database.all(database.db.selectFrom('disclosure_override').selectAll().orderBy('id'));
  const newest = new Map(rows.map((row) => [keyOf(row), row]));
  const accepted = warnings.flatMap((one) => {
    const row = newest.get(keyOf(one));
    return row ? [{ ...one, reason: row.reason, actor: row.actor }] : [];
  });
  return { accepted, open: warnings.filter((one) => !newest.has(keyOf(one))) };
}

/**
 * Accepts warnings for a reason. The audit trail is told how many of which kind, without their words.
 * Error: `publish.no-reason`.
 */
export function acceptWarnings(
  database: StudyDatabase,
  warnings: readonly DisclosureWarning[],
  reason: string,
  { actor, at }: Actor,
): void {
  if (reason.trim() === '') {
    throw new ChartproofError('publish.no-reason', 'A warning is accepted for a reason.', {
      tip: 'Say why it may leave all the same, such as: --reason "the committee approved small cells".',
    });
  }
  if (warnings.length === 0) return;
  database.transaction(() => {
    for (const { code, place, text } of warnings)
      database.run(database.db.insertInto('disclosure_override').values({ code, place, text, reason, actor, at }));
    const codes = Map.groupBy(warnings, ({ code }) => code);
    const counts = Object.fromEntries([...codes].map(([code, of]) => [code, of.length]));
    const detail = { warnings: counts, sha256: sha256(canonicalJson(warnings)) };
    appendAudit(database, { at, actor, action: 'disclosure.accept', detail });
  });
}

function keyOf({
  code,
  place,
  text,
}: {
  readonly code: string;
  readonly place: string;
  readonly text: string;
}): string {
  return [code, place, text].join('\n');
}
