import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { appendAudit, auditHead, headText, parseHead, verifyAudit } from './audit-trail.ts';
import { openStudyDatabaseAt, type StudyDatabase } from './study-database.ts';

const ROWS = 6;
let study: StudyDatabase;

beforeEach(() => {
  study = openStudyDatabaseAt(':memory:');
  write(ROWS);
});

afterEach(() => study.close());

function write(rows: number): void {
  for (let i = 0; i < rows; i++) {
    const at = `2024-01-0${i + 1}T00:00:00Z`;
    appendAudit(study, { at, actor: i % 2 ? 'anna' : 'ben', action: 'review.abstraction', detail: { n: i } });
  }
}

/** What somebody with a database tool could do, having removed the triggers. */
function tamper(sql: string): void {
  study.sql.exec(`DROP TRIGGER IF EXISTS audit_no_update; DROP TRIGGER IF EXISTS audit_no_delete; ${sql}`);
}

describe('the audit trail', () => {
  test('is sound as written, and refuses changes', () => {
    expect(verifyAudit(study)).toEqual({ ok: true, rows: ROWS });
    expect(() => study.sql.exec("UPDATE audit SET actor = 'x'")).toThrow(/append-only/);
    expect(() => study.sql.exec('DELETE FROM audit')).toThrow(/append-only/);
  });

  test('an empty one is sound', () => {
    const empty = openStudyDatabaseAt(':memory:');
    expect(verifyAudit(empty)).toEqual({ ok: true, rows: 0 });
    empty.close();
  });

  test('a row belongs to the transaction of what it tells of', () => {
    expect(() =>
      study.transaction(() => {
        appendAudit(study, { at: '2024-02-01T00:00:00Z', actor: 'anna', action: 'x' });
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(verifyAudit(study)).toEqual({ ok: true, rows: ROWS });
  });

  test('any single edit shows at its row', () => {
    const columns = ['at', 'actor', 'action', 'subject', 'detail', 'previous', 'hash'] as const;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: ROWS }), fc.constantFrom(...columns), fc.string(), (seq, column, value) => {
        const was = study.sql.prepare(`SELECT ${column} FROM audit WHERE seq = ?`).pluck().get(seq);
        fc.pre(value !== was);
        tamper('');
        const set = study.sql.prepare(`UPDATE audit SET ${column} = ? WHERE seq = ?`);
        set.run(value, seq);
        expect(verifyAudit(study)).toEqual({ ok: false, rows: ROWS, firstBroken: seq });
        set.run(was, seq);
        expect(verifyAudit(study).ok).toBe(true);
      }),
    );
  });

  test('a removed row shows', () => {
    tamper('DELETE FROM audit WHERE seq = 3');
    expect(verifyAudit(study)).toEqual({ ok: false, rows: ROWS - 1, firstBroken: 3 });
  });

  test('a removed row with the rest renumbered shows', () => {
    tamper('DELETE FROM audit WHERE seq = 3; UPDATE audit SET seq = seq - 1 WHERE seq > 3');
    expect(verifyAudit(study)).toEqual({ ok: false, rows: ROWS - 1, firstBroken: 3 });
  });

  test('rows in another order show', () => {
    tamper('UPDATE audit SET seq = 99 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3');
    tamper('UPDATE audit SET seq = 3 WHERE seq = 99');
    expect(verifyAudit(study)).toEqual({ ok: false, rows: ROWS, firstBroken: 2 });
  });

  test('a head is written and read', () => {
    const head = auditHead(study);
    expect(parseHead(` ${headText(head)}\n`)).toEqual(head);
    expect(['', '12', `x:${head.hash}`, `1:${head.hash}0`].map(parseHead)).toEqual(Array(4).fill(undefined));
  });

  test('rows cut off at the end show against a head kept elsewhere', () => {
    const head = auditHead(study);
    tamper('DELETE FROM audit WHERE seq > 4');
    expect(verifyAudit(study)).toEqual({ ok: true, rows: 4 });
    expect(verifyAudit(study, [head])).toEqual({ ok: false, rows: 4, firstBroken: 5 });
  });

  test('a trail written anew shows against a head kept elsewhere', () => {
    const head = auditHead(study);
    tamper('DELETE FROM audit');
    for (let i = 0; i < ROWS; i++) appendAudit(study, { at: '2024-01-01T00:00:00Z', actor: 'eve', action: 'x' });
    expect(verifyAudit(study).ok).toBe(true);
    expect(verifyAudit(study, [head])).toEqual({ ok: false, rows: ROWS, firstBroken: ROWS });
  });
});
