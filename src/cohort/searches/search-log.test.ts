import { describe, expect, test } from 'vitest';
import { verifyAudit } from '../../workspace/index.ts';
import type { TestPerson } from '../hospital.test-support.ts';
import { withAskedStudy } from '../run/asked-study.test-support.ts';
import { explainSearch, keptSearches } from './search-log.ts';

const persons: readonly TestPerson[] = [
  { id: 'a', notes: [{ text: 'Gout of the toe. No gout of the knee.', date: '2013-01-01' }, { text: 'Well.' }] },
  { id: 'b', notes: [{ text: 'Podagra.', date: '2014-05' }] },
  { id: 'c', notes: [{ text: 'Gout.', date: '2015' }], consents: [{ decision: 'deny', date: '2012' }] },
];

describe('the search log', () => {
  test('[R57] has what was asked, of what, by whom, and what it came to', () =>
    withAskedStudy(persons, async ({ study, ask, database, gate }) => {
      using open = await gate();
      const kept = await ask('  @gout   OR (Toe) ', { why: 'text arm' });
      expect(keptSearches(database)).toEqual([kept]);
      expect(kept).toEqual({
        id: 1,
        at: '2024-02-01T00:00:00Z',
        actor: 'anna',
        query: '  @gout   OR (Toe) ',
        canonical: '@gout OR toe',
        termSets: { gout: ['gout', 'tophi', 'podagra'] },
        why: 'text arm',
        notesVersion: open.notesVersion,
        protocol: study.sha256,
        snapshot: open.snapshot,
        mentions: 4,
        notes: 2,
        persons: 2,
        first: '2013-01-01',
        last: '2014-05-01',
        rerunOf: null,
      });
      expect(open.notesVersion).not.toBe('');
    }));

  test('[R57] has a search that finds nothing, and none that could not be asked', () =>
    withAskedStudy(persons, async ({ ask, database }) => {
      expect(await ask('lupus')).toMatchObject({ mentions: 0, notes: 0, persons: 0, first: null, last: null });
      await expect(ask('gout AND')).rejects.toMatchObject({ code: 'notes.query' });
      await expect(ask('@nothing')).rejects.toMatchObject({ code: 'notes.query' });
      expect(keptSearches(database)).toHaveLength(1);
    }));

  test('[R58] is not changed any more, and the audit trail says that it was asked without its words', () =>
    withAskedStudy(persons, async ({ ask, database }) => {
      await ask('podagra', { why: 'rare words' });
      for (const table of ['search', 'search_reason']) {
        expect(() => database.sql.exec(`UPDATE ${table} SET actor = 'other'`)).toThrow(/append-only/);
        expect(() => database.sql.exec(`DELETE FROM ${table}`)).toThrow(/append-only/);
      }
      const trail = database.all(database.db.selectFrom('audit').selectAll());
      expect(JSON.parse(trail.at(-1)?.detail ?? '')).toMatchObject({ search: 1, mentions: 1, notes: 1, persons: 1 });
      expect(trail.at(-1)).toMatchObject({ actor: 'anna', action: 'search.ask' });
      expect(JSON.stringify(trail)).not.toMatch(/podagra|rare words/);
      expect(verifyAudit(database).ok).toBe(true);
    }));

  test('[R59] takes the reason from what was said last of the search, or else of the same query', () =>
    withAskedStudy(persons, async ({ ask, database }) => {
      const by = { actor: 'ben', at: '2024-03-01T00:00:00Z' };
      await ask('gout');
      expect(keptSearches(database).map(({ why }) => why)).toEqual([null]);
      explainSearch(database, 1, ' first look ', by);
      await ask('(gout)');
      await ask('gout', { why: 'text arm' });
      await ask('toe');
      expect(keptSearches(database).map(({ why }) => why)).toEqual(['first look', 'text arm', 'text arm', null]);
      explainSearch(database, 1, 'pilot', by);
      expect(keptSearches(database).map(({ why }) => why)).toEqual(['pilot', 'pilot', 'text arm', null]);
      expect(() => explainSearch(database, 1, ' ', by)).toThrow(expect.objectContaining({ code: 'cohort.no-reason' }));
      expect(() => explainSearch(database, 9, 'x', by)).toThrow(expect.objectContaining({ code: 'cohort.no-search' }));
    }));
});
