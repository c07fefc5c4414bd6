/**
 * An audit trail, of a study or of the workspace: who did what, when. Each row carries the hash of the row before and the
 * hash of itself, so that an edit, a removal or a change of order anywhere shows. A cut at the end shows only against a head that was
 * kept elsewhere: pass those to {@link verifyAudit}.
 *
 * A row's hash is the SHA-256 of the canonical JSON of `{seq, at, actor, action, subject, detail, previous}`, where
 * `detail` is the text as stored; the first row's `previous` is 64 zeros.
 */
import { canonicalJson, sha256 } from '../base/index.ts';
import type { OpenDatabase } from './database.ts';
import type { AuditTable } from './study-tables.ts';

/** A database with an audit trail: that of a study, or of the workspace's accounts. */
export type AuditedDatabase = Pick<OpenDatabase<unknown>, 'sql' | 'transaction'>;

/** One thing done. `detail` is JSON: ids, counts and hashes; no clinical text. */
export interface AuditEvent {
  /** ISO 8601 with an offset. */
  readonly at: string;
  readonly actor: string;
  /** `review.abstraction`, `cohort.identify`, ... */
  readonly action: string;
  readonly subject?: string | undefined;
  readonly detail?: unknown;
}

/** The last row at some time: kept elsewhere, it proves later that nothing was cut off. Written as `12:HASH`. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

/** `firstBroken` is the number of the first row that is not as it was written, or is gone. */
export interface AuditVerdict {
  readonly ok: boolean;
  readonly rows: number;
  readonly firstBroken?: number;
}

const BEGINNING: AuditHead = { seq: 0, hash: '0'.repeat(64) };

/** Adds a row. Call it in the transaction of what it tells of, so that neither is stored without the other. */
export function appendAudit(trail: AuditedDatabase, event: AuditEvent): void {
  trail.transaction(() => {
    const last = auditHead(trail);
    const row = {
      seq: last.seq + 1,
      at: event.at,
      actor: event.actor,
      action: event.action,
      subject: event.subject ?? null,
      detail: canonicalJson(event.detail ?? {}),
      previous: last.hash,
    };
    trail.sql
      .prepare(
        `INSERT INTO audit (seq, at, actor, action, subject, detail, previous, hash)
          VALUES (@seq, @at, @actor, @action, @subject, @detail, @previous, @hash)`,
      )
      .run({ ...row, hash: hashOf(row) });
  });
}

/** The last row's number and hash; number 0 while there is none. */
export function auditHead(trail: AuditedDatabase): AuditHead {
  return trail.sql.prepare<[], AuditHead>('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1').get() ?? BEGINNING;
}

/** A head as people keep it. */
export function headText({ seq, hash }: AuditHead): string {
  return `${seq}:${hash}`;
}

/** A head as it was kept; `undefined` of what is none. */
export function parseHead(text: string): AuditHead | undefined {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim()) ?? [];
  return seq !== undefined && hash !== undefined ? { seq: Number(seq), hash } : undefined;
}

/** Reads the trail from its beginning and checks every row, and that it still holds the `heads` kept elsewhere. */
export function verifyAudit(trail: AuditedDatabase, heads: readonly AuditHead[] = []): AuditVerdict {
  const differs = ({ seq, hash }: AuditHead): boolean => heads.some((head) => head.seq === seq && head.hash !== hash);
  let rows = 0;
  let last = BEGINNING;
  let firstBroken: number | undefined;
  for (const row of rowsInOrder(trail)) {
    rows += 1;
    const follows = row.seq === last.seq + 1 && row.previous === last.hash;
    if (!follows || row.hash !== hashOf(row) || differs(row)) firstBroken ??= last.seq + 1;
    last = row;
  }
  const cut = heads.some((head) => head.seq > last.seq);
  if (cut) firstBroken ??= last.seq + 1;
  return firstBroken === undefined ? { ok: true, rows } : { ok: false, rows, firstBroken };
}

function rowsInOrder(trail: AuditedDatabase): IterableIterator<AuditTable> {
  return trail.sql.prepare<[], AuditTable>('SELECT * FROM audit ORDER BY seq').iterate();
}

function hashOf({ seq, at, actor, action, subject, detail, previous }: Omit<AuditTable, 'hash'>): string {
  return sha256(canonicalJson({ seq, at, actor, action, subject, detail, previous }));
}
