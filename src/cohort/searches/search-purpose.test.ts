import { expect, test } from 'vitest';
import { openStudyDatabaseAt, verifyAudit } from '../../workspace/index.ts';
import { attestPurpose, standingPurpose } from './search-purpose.ts';

test('[R160] a purpose holds for who said it, in the session, for a day', () => {
  const database = openStudyDatabaseAt(':memory:');
  const by = { actor: 'anna', at: '2024-03-01T08:00:00.000Z' };
  const later = (at: string, actor = 'anna', session = 'one') =>
    standingPurpose(database, session, { actor, at })?.text;
  expect(later(by.at)).toBeUndefined();
  attestPurpose(database, { purpose: 'Feasibility of the gout study', session: 'one' }, by);
  const told = attestPurpose(database, { purpose: 'Case finding', session: 'one' }, by);
  expect(told).toEqual({ text: 'Case finding', at: by.at, until: '2024-03-02T08:00:00.000Z' });
  expect(later('2024-03-02T07:59:59Z')).toBe('Case finding');
  expect(later('2024-03-02T08:00:00Z')).toBeUndefined();
  expect(later(by.at, 'ben')).toBeUndefined();
  expect(later(by.at, 'anna', 'another')).toBeUndefined();
  database.close();
});

test('[R160] its words are kept, and neither they nor the session are in the audit trail', () => {
  const database = openStudyDatabaseAt(':memory:');
  attestPurpose(database, { purpose: 'Case finding', session: 'token' }, { actor: 'anna', at: '2024-03-01T08:00:00Z' });
  const trail = database.all(database.db.selectFrom('audit').selectAll());
  expect(trail).toMatchObject([{ action: 'search.purpose', actor: 'anna' }]);
  expect(JSON.stringify(trail)).not.toMatch(/Case finding|token/);
  const kept = database.all(database.db.selectFrom('search_purpose').selectAll());
  expect(kept).toMatchObject([{ purpose: 'Case finding' }]);
  expect(JSON.stringify(kept)).not.toContain('token');
  expect(() => database.sql.exec("UPDATE search_purpose SET purpose = 'x'")).toThrow(/append-only/);
  expect(verifyAudit(database).ok).toBe(true);
  database.close();
});
