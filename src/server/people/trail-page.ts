/** An audit trail to be read: filtered, part by part, as a file, and held against its own chain. Rules R20 to R22 of SPEC.md. */
import type { z } from 'zod';
import { safeCsv } from '../../analysis/index.ts';
import { ChartproofError } from '../../base/index.ts';
import {
  type AuditedDatabase,
  type AuditTable,
  appendAudit,
  auditHead,
  headText,
  parseHead,
  verifyAudit,
} from '../../workspace/index.ts';
import type { auditRow, auditVerdict } from '../contract/index.ts';
import type { FileAnswer } from '../http/handler.ts';

/** Which rows; all of them where nothing is said. Days are in UTC. */
export interface TrailFilter {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

type AuditRow = z.infer<typeof auditRow>;

/** The newest rows before `cursor`. Error: `server.cursor`. */
export function trailPage(
  trail: AuditedDatabase,
  filter: TrailFilter & { readonly cursor?: string | undefined; readonly limit: number },
): { items: AuditRow[]; next: string | null } {
  const { cursor, limit } = filter;
  if (cursor !== undefined && !/^\d{1,15}$/.test(cursor))
    throw new ChartproofError('server.cursor', 'The list cannot go on from there.', {
      tip: 'Load it from its beginning.',
    });
  const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursor);
  const rows = rowsOf(trail, filter, before, 'DESC', limit + 1);
  const items = rows.slice(0, limit).map(toRow);
  return { items, next: rows.length > limit ? String(items.at(-1)?.seq) : null };
}

/** The rows as a file, oldest first. That they were exported is in the trail, behind them. */
export function exportTrail(
  trail: AuditedDatabase,
  { format, ...filter }: TrailFilter & { readonly format: 'csv' | 'ndjson' },
  { actor, at, name }: { readonly actor: string; readonly at: string; readonly name: string },
): FileAnswer {
  const rows = rowsOf(trail, filter, Number.MAX_SAFE_INTEGER, 'ASC', -1);
  appendAudit(trail, { at, actor, action: 'audit.export', detail: { format, rows: rows.length, filter } });
  if (format === 'ndjson') {
    const bytes = rows.map((row) => `${JSON.stringify({ ...row, detail: JSON.parse(row.detail) })}\n`).join('');
    return { name: `${name}.ndjson`, mediaType: 'application/x-ndjson', bytes };
  }
  const columns = ['seq', 'at', 'actor', 'action', 'subject', 'detail', 'previous', 'hash'] as const;
  const bytes = safeCsv(
    columns,
    rows.map((row) => columns.map((column) => row[column])),
  );
  return { name: `${name}.csv`, mediaType: 'text/csv', bytes };
}

/** Whether the chain holds, also against a head that was kept elsewhere. */
export function trailVerdict(trail: AuditedDatabase, kept: string | undefined): z.infer<typeof auditVerdict> {
  const head = kept === undefined ? undefined : parseHead(kept);
  const { ok, rows, firstBroken } = verifyAudit(trail, head ? [head] : []);
  return { ok, rows, firstBroken: firstBroken ?? null, head: headText(auditHead(trail)) };
}

function rowsOf(
  { sql }: AuditedDatabase,
  { actor, action, subject, from, to }: TrailFilter,
  before: number,
  order: 'ASC' | 'DESC',
  limit: number,
): AuditTable[] {
  const given = {
    ...(actor === undefined ? {} : { actor }),
    ...(action === undefined ? {} : { action }),
    ...(subject === undefined ? {} : { subject }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  const where = (Object.keys(given) as (keyof typeof given)[]).map((key) => ` AND ${CONDITIONS[key]}`).join('');
  return sql
    .prepare<unknown[], AuditTable>(
      `SELECT * FROM audit WHERE seq < @before${where} ORDER BY seq ${order} LIMIT @limit`,
    )
    .all({ ...given, before, limit });
}

const CONDITIONS = {
  actor: 'actor = @actor',
  action: "(action = @action OR substr(action, 1, length(@action) + 1) = @action || '.')",
  subject: 'subject = @subject',
  from: 'date(at) >= @from',
  to: 'date(at) <= @to',
} as const;

function toRow({ seq, at, actor, action, subject, detail, hash }: AuditTable): AuditRow {
  return { seq, at, actor, action, subject, detail: JSON.parse(detail) as AuditRow['detail'], hash };
}
