import { expect, test } from 'vitest';
import { withAskedStudy } from '../run/asked-study.test-support.ts';
import { nameSearch, searchNames } from './search-names.ts';

const by = { actor: 'anna', at: '2024-03-01T08:00:00Z' };

test('[R161] a search has the name that it was given last, and the trail has no name', () =>
  withAskedStudy([{ id: 'a', notes: [{ text: 'Gout of the toe.' }] }], async ({ ask, database }) => {
    await ask('gout');
    await ask('toe');
    nameSearch(database, 1, 'Broad', by);
    nameSearch(database, 2, 'Toes', by);
    nameSearch(database, 1, 'All of gout', by);
    expect([...searchNames(database)]).toEqual([
      [1, 'All of gout'],
      [2, 'Toes'],
    ]);
    nameSearch(database, 2, null, by);
    expect([...searchNames(database)]).toEqual([[1, 'All of gout']]);
    expect(() => nameSearch(database, 9, 'x', by)).toThrow(expect.objectContaining({ code: 'cohort.no-search' }));
    const trail = JSON.stringify(database.all(database.db.selectFrom('audit').selectAll()));
    expect(trail).toContain('search.name');
    expect(trail).not.toMatch(/Broad|All of gout|Toes/);
    expect(() => database.sql.exec('DELETE FROM search_name')).toThrow(/append-only/);
  }));
