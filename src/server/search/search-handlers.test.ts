import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { silent } from '../../base/index.ts';
import { indexCurrent } from '../../cohort/index.ts';
import { importFhir } from '../../records/index.ts';
import { moveWithCitations } from '../../review/index.ts';
import { notes } from '../../review/psoriasis-study.test-support.ts';
import { openStudyDatabase } from '../../workspace/index.ts';
import { contract } from '../contract/index.ts';
import { type Caller, type ServedStudy, servedStudy } from '../served-study.test-support.ts';

const OWNER: Caller = 'owner:olga';
const at = (served: ServedStudy) => ({ params: { study: served.study } });
const attest = (served: ServedStudy, caller = OWNER) =>
  served.call(caller, contract.attestPurpose, { ...at(served), body: { purpose: 'Case finding for the study' } });

/** A study whose owner has said the purpose, and a search of it. */
async function searched(served: ServedStudy, query: string, why?: string) {
  await attest(served);
  const { status, body } = await served.call(OWNER, contract.ask, {
    ...at(served),
    body: { query, ...(why && { why }) },
  });
  const search = (body as { search: number }).search;
  return { status, body, params: { study: served.study, search } };
}

function trail(served: ServedStudy): { action: string; actor: string; detail: string; subject: string | null }[] {
  const database = openStudyDatabase(served.of.workspace, served.study);
  try {
    return database.all(
      database.db.selectFrom('audit').select(['action', 'actor', 'detail', 'subject']).orderBy('seq'),
    );
  } finally {
    database.close();
  }
}

/** One more note of Patient/1 in the records, on which the study stands from then on. */
async function addNote({ of: { workspace }, study }: ServedStudy, text: string): Promise<void> {
  const file = join(workspace.dir, 'DocumentReference.ndjson');
  const attachment = { contentType: 'text/plain', data: Buffer.from(text).toString('base64') };
  const subject = { reference: 'Patient/1' };
  const note = { resourceType: 'DocumentReference', id: 'more', status: 'current', subject, content: [{ attachment }] };
  writeFileSync(file, JSON.stringify(note));
  const at = '2024-03-01T00:00:00Z';
  await importFhir(workspace, [file], { progress: silent, now: at });
  await indexCurrent(workspace, silent);
  await moveWithCitations(workspace, study, { dryRun: false, actor: 'olga', at }, silent);
}

describe('the purpose', () => {
  test('[R82] comes before anything is searched, completed, listed, opened or exported', async () => {
    await using served = await servedStudy();
    const search = { study: served.study, search: 1 };
    const calls = [
      served.call(OWNER, contract.ask, { ...at(served), body: { query: 'psoriasis' } }),
      served.call(OWNER, contract.completeQuery, { ...at(served), body: { query: 'psor', at: 4 } }),
      served.call(OWNER, contract.searchPersons, { params: search }),
      served.call(OWNER, contract.searchNotes, { params: search, body: {} }),
      served.call(OWNER, contract.searchFacets, { params: search }),
      served.call(OWNER, contract.askAgain, { params: search }),
      served.call(OWNER, contract.openNote, { params: search, body: { note: 'DocumentReference/1' } }),
      served.call(OWNER, contract.exportSearch, { params: search, body: { what: 'notes' } }),
    ];
    for (const told of await Promise.all(calls))
      expect(told).toMatchObject({ status: 428, body: { code: 'server.purpose-needed' } });
    expect((await served.call(OWNER, contract.searchPurpose, at(served))).body).toEqual({ purpose: null });
    expect((await attest(served)).body).toMatchObject({ purpose: { text: 'Case finding for the study' } });
    expect((await searched(served, 'psoriasis')).status).toBe(200);
    const other = await served.call('owner:other', contract.ask, { ...at(served), body: { query: 'psoriasis' } });
    expect(other.status).toBe(428);
  });

  test('[R82] is kept, and is what a search was for of which nothing else was said', async () => {
    await using served = await servedStudy();
    expect((await searched(served, 'psoriasis')).body).toMatchObject({ why: 'Case finding for the study' });
    expect((await searched(served, 'elbows', 'Text arm')).body).toMatchObject({ why: 'Text arm' });
    expect((await searched(served, ' (elbows) ')).body).toMatchObject({ why: 'Text arm', canonical: 'elbows' });
    expect(JSON.stringify(trail(served))).not.toMatch(/psoriasis\b|elbows|Text arm|Case finding/);
  });
});

describe('a search', () => {
  test('[R83] is kept in the log with its counts, of authorized persons alone', async () => {
    await using served = await servedStudy();
    const { body } = await searched(served, 'psoriasis');
    // Five notes have the word; Patient/4 has refused.
    expect(body).toMatchObject({ search: 1, persons: 4, notes: 4, actor: 'olga', isOfTheseRecords: true });
    const log = await served.call(OWNER, contract.searches, at(served));
    expect(log.body).toMatchObject({ items: [{ search: 1, query: 'psoriasis' }], next: null });
    expect(trail(served).map(({ action }) => action)).toEqual(expect.arrayContaining(['search.purpose', 'search.ask']));
  });

  test('[R83] that is wrong is told at its character, and not kept', async () => {
    await using served = await servedStudy();
    const { status, body } = await searched(served, 'psoriasis AND (elbows');
    expect([status, body]).toMatchObject([422, { code: 'notes.query', problems: [{ line: 1, column: 15 }] }]);
    expect((await searched(served, '@nothing')).body).toMatchObject({ problems: [{ column: 1 }] });
    const log = await served.call(OWNER, contract.searches, at(served));
    expect(log.body).toMatchObject({ items: [] });
  });

  test('[R84] lists persons and notes part by part, with the words around the mentions; each view is in the trail', async () => {
    await using served = await servedStudy();
    const { params } = await searched(served, 'psoriasis');
    const persons = await served.call(OWNER, contract.searchPersons, { params, query: { limit: 3, order: 'person' } });
    expect(persons.body).toMatchObject({ items: [{ mentions: 1, notes: 1 }, {}, {}], next: '3' });
    const rest = await served.call(OWNER, contract.searchPersons, { params, query: { cursor: '3', order: 'person' } });
    expect(rest.body).toMatchObject({ items: [{ mentions: 1 }], next: null });
    const all = [persons, rest].flatMap(
      ({ body }) => (body as { items: { person: string; subject: string | null }[] }).items,
    );
    expect(all.map(({ person }) => person).sort()).toEqual(['Patient/1', 'Patient/2', 'Patient/3', 'Patient/5']);
    expect(all.find(({ person }) => person === 'Patient/5')?.subject).toBeNull();
    expect(JSON.stringify(all)).not.toContain('personId');
    const some = await served.call(OWNER, contract.searchNotes, { params, body: {}, query: { limit: 1 } });
    expect(some.body).toMatchObject({ next: '1', items: [{}] });
    const notes = await served.call(OWNER, contract.searchNotes, { params, body: { person: 'Patient/1' } });
    expect(notes.body).toMatchObject({
      next: null,
      items: [
        {
          note: 'DocumentReference/1',
          person: 'Patient/1',
          more: 0,
          snippets: [{ isBegun: false, mentions: [{ start: 14, end: 23, assertion: 'affirmed', cue: null }] }],
        },
      ],
    });
    const listed = trail(served).filter(({ action }) => action === 'search.list');
    expect(listed.map(({ detail }) => JSON.parse(detail).rows)).toEqual([3, 1, 1, 1]);
    expect((await served.call(OWNER, contract.searchPersons, { params, query: { cursor: 'x' } })).body).toMatchObject({
      code: 'server.cursor',
    });
  });

  test('[R84] opens a note that it found, and none that it did not or that may not be seen', async () => {
    await using served = await servedStudy();
    const { params } = await searched(served, 'never AND psoriasis');
    const open = (note: string) => served.call(OWNER, contract.openNote, { params, body: { note } });
    const opened = await open('DocumentReference/2');
    expect(opened.body).toMatchObject({
      text: notes['DocumentReference/2'],
      person: 'Patient/2',
      copied: [],
    });
    const { mentions, text } = opened.body as { mentions: { start: number; end: number }[]; text: string };
    expect(mentions.map(({ start, end }) => text.slice(start, end))).toEqual(['psoriasis', 'Never']);
    for (const other of ['DocumentReference/1', 'DocumentReference/4', 'DocumentReference/99'])
      expect((await open(other)).body).toMatchObject({ status: 404, code: 'cohort.no-note' });
    const views = trail(served).filter(({ action }) => action === 'search.open-note');
    expect(views).toMatchObject([{ actor: 'olga', subject: served.of.subject('Patient/2') }]);
  });

  test('[R85] is divided by what notes say and by year, each with a query that finds just that', async () => {
    await using served = await servedStudy();
    const { params } = await searched(served, 'smoked OR psoriasis');
    const { body } = await served.call(OWNER, contract.searchFacets, { params });
    const { facets, withoutCopies } = body as {
      withoutCopies: { notes: number };
      facets: { facet: string; values: { value: string; query: string; notes: number; persons: number }[] }[];
    };
    expect(withoutCopies.notes).toBe(4);
    const values = facets.flatMap(({ facet, values: all }) => all.map((one) => ({ facet, ...one })));
    expect(values.map(({ facet, value }) => `${facet} ${value}`)).toEqual(
      expect.arrayContaining(['assertion affirmed', 'year 2015']),
    );
    for (const { query, notes, persons } of values)
      expect((await searched(served, query)).body, query).toMatchObject({ notes, persons, canonical: query });
  });

  test('[R92] is asked again of the records of today: what came and went is counted, and that is kept too', async () => {
    await using served = await servedStudy();
    const { params } = await searched(served, 'psoriasis');
    const again = () => served.call(OWNER, contract.askAgain, { params });
    const counts = { persons: 4, notes: 4, mentions: 4 };
    const same = { came: 0, went: 0, closed: 0 };
    const first = await again();
    expect(contract.askAgain.response.parse(first.body)).toEqual(first.body);
    expect(first.body).toMatchObject({
      earlier: { search: 1, ...counts },
      now: { search: 2, rerunOf: 1, query: 'psoriasis', ...counts },
      earlierToday: counts,
      persons: same,
      notes: same,
      isAnalysedOtherwise: false,
    });
    await addNote(served, 'One more with psoriasis.');
    expect((await again()).body).toMatchObject({
      now: { search: 3, rerunOf: 1, notes: 5, persons: 4 },
      earlierToday: counts,
      persons: same,
      notes: { came: 1, went: 0, closed: 0 },
    });
    expect(trail(served).filter(({ action }) => action === 'search.rerun')).toHaveLength(2);
    const missing = await served.call(OWNER, contract.askAgain, { params: { ...params, search: 99 } });
    expect(missing).toMatchObject({ status: 404, body: { code: 'cohort.no-search' } });
  });

  test('[R83] is kept at hand under a name, and its reason can be said later', async () => {
    await using served = await servedStudy();
    const { params } = await searched(served, 'psoriasis');
    await searched(served, 'elbows');
    await served.call(OWNER, contract.nameSearch, { params, body: { name: 'All psoriasis' } });
    await served.call(OWNER, contract.explainSearch, { params, body: { why: 'Text arm' } });
    const kept = await served.call(OWNER, contract.searches, { ...at(served), query: { named: 'true' } });
    expect(kept.body).toMatchObject({ items: [{ search: 1, name: 'All psoriasis', why: 'Text arm' }] });
    const missing = await served.call(OWNER, contract.keptSearch, { params: { ...params, search: 99 } });
    expect(missing).toMatchObject({ status: 404, body: { code: 'cohort.no-search' } });
  });

  test('[R86] becomes an arm of a draft of the next protocol, and changes nothing', async () => {
    await using served = await servedStudy();
    const { params } = await searched(served, 'psoriasis   AND elbows');
    const ask = (id: string) =>
      served.call(OWNER, contract.searchCriterion, { params, body: { as: 'arm', id, label: 'By text' } });
    expect((await ask('text')).body).toMatchObject({
      version: '2',
      part: expect.stringContaining('psoriasis AND elbows'),
    });
    expect((await ask('coded')).body).toMatchObject({ status: 422, code: 'protocol.id-taken' });
  });
});

describe('exports', () => {
  test('[R86] are CSV that no spreadsheet runs, and are in the trail', async () => {
    await using served = await servedStudy();
    const { params } = await searched(served, '="Never smoked"');
    const list = await served.call(OWNER, contract.exportSearch, { params, body: { what: 'notes' } });
    expect(list.body).toMatch(
      /^note,person,subject,date,.*\n(?:.*\n)?DocumentReference\/2,Patient\/2,S00\d,2015-04-01/,
    );
    const log = await served.call(OWNER, contract.exportSearchLog, at(served));
    expect(log.body).toContain(`"'=""Never smoked"""`);
    const exports = trail(served).filter(({ action }) => action.startsWith('search.export'));
    expect(exports.map(({ detail }) => JSON.parse(detail))).toEqual([
      { search: 1, what: 'notes', rows: 2 },
      { rows: 1 },
    ]);
  });
});

describe('completion', () => {
  test('[R85] is of the language, and of words of notes that may be seen, which is in the trail', async () => {
    await using served = await servedStudy();
    await attest(served);
    const complete = async (query: string) => {
      const { body } = await served.call(OWNER, contract.completeQuery, {
        ...at(served),
        body: { query, at: query.length },
      });
      const { from, items } = body as { from: number; items: { text: string; notes: number | null }[] };
      return { from, items: items.map(({ text, notes }) => [text, notes]) };
    };
    expect(await complete('psor')).toEqual({ from: 0, items: [['psoriasis', 4]] });
    expect(await complete('elbows AND NO')).toEqual({ from: 11, items: [['NOT', null]] });
    // Of the refused note alone.
    expect(await complete('researc')).toEqual({ from: 0, items: [] });
    expect((await complete('psoriasos')).items).toEqual([['psoriasis', 4]]);
    const suggested = trail(served).filter(({ action }) => action === 'search.suggest');
    expect(suggested).toHaveLength(2);
    expect(JSON.stringify(suggested)).not.toContain('psor');
  });
});
