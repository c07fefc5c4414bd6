import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256 } from '../base/index.ts';
import { openStudyDatabaseAt, type StudyDatabase } from '../workspace/index.ts';
import { chartSearches, keepChartSearch, keepOpened, keepOpenedOnce, keepRead, readMarks } from './reading.ts';

let database: StudyDatabase;
beforeEach(() => {
  database = openStudyDatabaseAt(':memory:');
});
afterEach(() => database.close());

const by = (actor: string, at: string) => ({ actor, at });
const audited = () =>
  database.all(database.db.selectFrom('audit').select(['actor', 'action', 'subject', 'detail']).orderBy('seq'));

test('[R24] opened notes are kept by reviewer, each with when it was last open', async () => {
  await keepRead(database, 'S001', 'Note/2', by('anna', '2024-01-01T10:00:00Z'));
  await keepRead(database, 'S001', 'Note/1', by('anna', '2024-01-01T10:01:00Z'));
  await keepRead(database, 'S001', 'Note/2', by('anna', '2024-01-01T10:02:00Z'));
  await keepRead(database, 'S001', 'Note/3', by('ben', '2024-01-01T10:03:00Z'));
  await keepRead(database, 'S002', 'Note/4', by('anna', '2024-01-01T10:04:00Z'));
  expect(readMarks(database, 'S001', 'anna')).toEqual([
    { note: 'Note/1', at: '2024-01-01T10:01:00Z' },
    { note: 'Note/2', at: '2024-01-01T10:02:00Z' },
  ]);
  expect(audited().map(({ action, detail }) => [action, detail])[0]).toEqual(['note.view', '{"note":"Note/2"}']);
  expect(audited()).toHaveLength(5);
  expect(() => database.sql.exec("UPDATE note_read SET note = 'Note/9'")).toThrow('append-only');
});

test('[R24] a search is kept with its words in the study and without them in the audit trail', async () => {
  await keepChartSearch(database, 'S001', { query: 'gout', mentions: 1, notes: 1 }, by('anna', '2024-01-01T10:00:00Z'));
  await keepChartSearch(
    database,
    'S001',
    { query: 'tophus', mentions: 0, notes: 0 },
    by('anna', '2024-01-01T10:01:00Z'),
  );
  await keepChartSearch(database, 'S001', { query: 'gout', mentions: 2, notes: 1 }, by('anna', '2024-01-01T10:02:00Z'));
  expect(chartSearches(database, 'S001', 'anna')).toEqual([
    { query: 'gout', mentions: 2, notes: 1 },
    { query: 'tophus', mentions: 0, notes: 0 },
  ]);
  expect(chartSearches(database, 'S001', 'ben')).toEqual([]);
  const details = audited().map(({ detail }) => JSON.parse(detail) as unknown);
  expect(details[1]).toEqual({ asked: sha256('tophus'), mentions: 0, notes: 0 });
  expect(JSON.stringify(details)).not.toMatch(/gout|tophus/);
});

test('[R25] who reads on is in the audit trail once an opening, and again half a day later', async () => {
  await keepOpened(database, 'S001', by('anna', '2024-01-01T08:00:00Z'));
  await keepOpenedOnce(database, 'S001', by('anna', '2024-01-01T19:59:00Z'));
  expect(audited()).toHaveLength(1);
  await keepOpenedOnce(database, 'S001', by('ben', '2024-01-01T09:00:00Z'));
  await keepOpenedOnce(database, 'S002', by('anna', '2024-01-01T09:00:00Z'));
  expect(audited()).toHaveLength(3);
  await keepOpenedOnce(database, 'S001', by('anna', '2024-01-01T20:01:00Z'));
  expect(audited()).toHaveLength(4);
});
