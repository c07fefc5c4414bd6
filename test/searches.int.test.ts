/** Searching a study from the command line: lists, the log, its repetition, shared term sets, the index of the notes. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silent } from '../src/base/index.ts';
import { demoOf } from '../src/cli/demo-steps.ts';
import { openStudyDatabase, openWorkspace } from '../src/workspace/index.ts';
import { root } from './source-files.ts';

const parent = mkdtempSync(join(tmpdir(), 'chartproof-searches-'));
const dir = join(parent, 'workspace');
const STUDY = 'topical-thiosulfate';

beforeAll(async () => {
  for (const step of demoOf({ dir, patients: 300, seed: 1 }).steps) await step.run(silent);
});
afterAll(() => rmSync(parent, { recursive: true }));

function chartproof(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'bin/chartproof.js'), ...words, '-w', dir],
    {
      encoding: 'utf8',
      cwd: parent,
    },
  );
  return { code: status, out: stdout, err: stderr };
}

function json<Value>(...words: readonly string[]): Value {
  const { code, out, err } = chartproof(...words, '--json');
  expect({ code, err }, words.join(' ')).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Value;
}

interface Totals {
  readonly search: number;
  readonly mentions: number;
  readonly notes: number;
  readonly persons: number;
}
interface Line {
  readonly person: string;
  readonly source: string;
  readonly mentions: number;
  readonly notes: number;
}

const search = (...words: readonly string[]) => ['search', 'calcinosis', '--study', STUDY, ...words];
const lines = <Value>(text: string): Value[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Value);

describe('a search', () => {
  test('by person: the pages make the list, the list makes the totals, in both orders', () => {
    const totals = json<Totals>(...search());
    const all = lines<Line>(chartproof(...search('--by', 'person', '--all', '--json')).out);
    expect(all).toHaveLength(totals.persons);
    expect(all.reduce((sum, one) => sum + one.notes, 0)).toBe(totals.notes);
    expect(all.reduce((sum, one) => sum + one.mentions, 0)).toBe(totals.mentions);
    expect(new Set(all.map(({ person }) => person)).size).toBe(totals.persons);
    const page = (...words: readonly string[]) =>
      json<{ byPerson: Line[] }>(...search('--by', 'person', ...words)).byPerson;
    expect([...page('--limit', '7'), ...page('--from', '7', '--limit', '5')]).toEqual(all.slice(0, 12));
    expect(page('--from', String(totals.persons))).toEqual([]);
    const most = page('--order', 'mentions', '--limit', '3').map(({ mentions }) => mentions);
    expect(most).toEqual(
      all
        .map(({ mentions }) => mentions)
        .sort((a, b) => b - a)
        .slice(0, 3),
    );
  });

  test('by note, and with the words: the same notes', () => {
    const totals = json<Totals>(...search());
    const notes = lines<Line>(chartproof(...search('--by', 'note', '--all', '--json')).out);
    expect(notes).toHaveLength(totals.notes);
    const { shown } = json<{ shown: { source: string; snippet: string; mentions: unknown[] }[] }>(
      ...search('--notes', '--from', '3', '--limit', '4'),
    );
    expect(shown.map(({ source }) => source)).toEqual(notes.slice(3, 7).map(({ source }) => source));
    expect(shown.map(({ mentions }) => mentions.length)).toEqual(notes.slice(3, 7).map(({ mentions }) => mentions));
    expect(shown.every(({ snippet }) => /calcinosis/i.test(snippet))).toBe(true);
  });

  test('without what was copied: fewer mentions and notes, of the same persons, in the totals and in both lists', () => {
    const { withoutCopies, ...totals } = json<Totals & { withoutCopies: Totals }>(...search('--once'));
    expect(totals).toEqual({ ...json<Totals>(...search()), search: totals.search });
    expect(withoutCopies.persons).toBe(totals.persons);
    expect(withoutCopies.notes).toBeLessThan(totals.notes);
    expect(withoutCopies.mentions).toBeLessThan(totals.mentions);
    for (const kind of ['person', 'note']) {
      const all = lines<Line>(chartproof(...search('--once', '--by', kind, '--all', '--json')).out);
      expect(all).toHaveLength(kind === 'person' ? withoutCopies.persons : withoutCopies.notes);
      expect(all.reduce((sum, one) => sum + one.mentions, 0)).toBe(withoutCopies.mentions);
    }
    const { out } = chartproof(...search('--once', '--by', 'note', '--limit', '1'));
    expect(out).toMatch(`Mentions  ${totals.mentions}, ${withoutCopies.mentions} without copied text\n`);
    expect(out).toContain(`\n1 to 1 of ${withoutCopies.notes}; further: --from 1\n`);
  });

  test('marks words for a terminal only, and says what decided either way', () => {
    const words = ['search', 'negated(calcinosis)', '--study', STUDY, '--notes', '--limit', '2'];
    const { out } = chartproof(...words);
    expect(out).toMatch(/ {4}negated: “.+”/);
    expect(out).not.toContain('\u001b');
  });

  test.each([
    ['a whole list that is not JSON', ['--by', 'person', '--all']],
    ['a whole list of nothing', ['--all', '--json']],
    ['two lists', ['--by', 'note', '--notes']],
    ['words without copies', ['--once', '--notes']],
    ['an order that there is not', ['--by', 'person', '--order', 'name']],
    ['a page from nowhere', ['--by', 'person', '--from', '-1']],
  ])('refuses %s, with code 2', (_, words) => {
    expect(chartproof(...search(...words))).toMatchObject({ code: 2, out: '' });
  });
});

describe('suggestions', () => {
  const suggest = (term: string) => ['suggest', term, '--study', STUDY];

  test('are words of the notes that are found as often as it says, as JSON and as a table', () => {
    const { suggestions } = json<{ suggestions: { term: string; kind: string; notes: number }[] }>(
      ...suggest('calcinosis'),
    );
    expect(suggestions).toContainEqual(expect.objectContaining({ term: 'calcinois', kind: 'spelling' }));
    for (const { term, notes } of suggestions)
      expect(json<Totals>('search', `"${term}"`, '--study', STUDY).notes).toBe(notes);
    expect(chartproof(...suggest('calcinosis')).out).toMatch(
      /^kind .*\n─.*\nspelling +calcinois +\d+ +one letter from/,
    );
    expect(chartproof(...suggest('zyzzyva')).out).toBe('The notes have nothing like it.\n');
  });

  test('leave a trace in the audit trail, without the word', () => {
    chartproof(...suggest('calcinosis'), '--as', 'anna');
    const database = openStudyDatabase(openWorkspace(dir), STUDY);
    const last = database.all(database.db.selectFrom('audit').selectAll()).at(-1);
    database.close();
    expect(last).toMatchObject({ action: 'search.suggest', actor: 'anna' });
    expect(JSON.stringify(last)).not.toContain('calcinosis');
  });

  test('refuse a term without a word, with code 2', () => {
    expect(chartproof(...suggest('()'))).toMatchObject({ code: 2, out: '' });
  });
});

describe('the log', () => {
  test('has every search with its reason, as text, CSV and Markdown', () => {
    const { search: id } = json<Totals>('search', 'sclerosis', '--study', STUDY, '--why', 'text arm', '--as', 'anna');
    const { searches } = json<{ searches: Record<string, unknown>[] }>('searches', 'list', '--study', STUDY);
    expect(searches.at(-1)).toMatchObject({
      id,
      actor: 'anna',
      canonical: 'sclerosis',
      why: 'text arm',
      rerunOf: null,
    });
    const csv = chartproof('searches', 'list', '--study', STUDY, '--format', 'csv').out;
    expect(csv.trim().split('\n')).toHaveLength(searches.length + 1);
    chartproof('searches', 'explain', String(id), '--study', STUDY, '--why', 'text arm, final');
    expect(chartproof('searches', 'methods', '--study', STUDY).out).toMatch(/\| `sclerosis` \| text arm, final \|/);
    expect(chartproof('searches', 'explain', '999', '--study', STUDY, '--why', 'x')).toMatchObject({
      code: 1,
      out: '',
    });
  });

  test('is asked again of newer records, and says who came', () => {
    const before = json<Totals>('search', 'zebra', '--study', STUDY);
    const note = {
      resourceType: 'DocumentReference',
      id: 'zebra',
      status: 'current',
      subject: { reference: 'Patient/zebra' },
      content: [{ attachment: { contentType: 'text/plain', data: Buffer.from('A zebra.').toString('base64') } }],
    };
    const file = join(parent, 'newer.ndjson');
    writeFileSync(file, `${JSON.stringify({ resourceType: 'Patient', id: 'zebra' })}\n${JSON.stringify(note)}\n`);
    expect(chartproof('import', 'fhir', file).code).toBe(0);
    expect(json<Totals>('search', 'zebra', '--study', STUDY)).toMatchObject({ persons: 0 });
    const all = chartproof('searches', 'rerun', '--all', '--study', STUDY);
    expect(all).toMatchObject({ code: 0, err: '', out: expect.stringContaining('1 person came: Patient/zebra') });
    const { reruns } = json<{ reruns: object[] }>('searches', 'rerun', String(before.search), '--study', STUDY);
    expect(reruns).toMatchObject([
      {
        earlier: { persons: 0 },
        now: { persons: 1, rerunOf: before.search },
        persons: { came: ['Patient/zebra'], went: [], closed: 0 },
        notes: { came: ['DocumentReference/zebra'], went: [], closed: 0 },
      },
    ]);
    expect(chartproof('searches', 'rerun', '--study', STUDY)).toMatchObject({ code: 2 });
    expect(json<{ ok: boolean }>('audit', STUDY).ok).toBe(true);
  });
});

test('term sets of the workspace can be searched, listed and counted', () => {
  mkdirSync(join(dir, 'termsets'));
  writeFileSync(join(dir, 'termsets/scleroderma.yaml'), 'terms: [{ text: scleroderma, synonyms: [sclerosis] }]\n');
  writeFileSync(join(dir, 'termsets/thiosulfate.yaml'), 'terms: [{ text: hyposulfite }]\n');
  const { persons } = json<Totals>('search', '@scleroderma', '--study', STUDY);
  const shown = json<{ totals: Totals; texts: Totals[] }>('termsets', 'show', 'scleroderma', '--study', STUDY);
  expect(shown.totals.persons).toBe(persons);
  expect(shown.texts).toHaveLength(2);
  const list = chartproof('termsets', 'list', '--study', STUDY).out;
  expect(list).toMatch(/@scleroderma .*the workspace$/m);
  expect(list).toMatch(/@thiosulfate .*here the protocol has its own$/m);
  writeFileSync(join(dir, 'termsets/broken.yaml'), 'terms:\n  - { txt: x }\n');
  expect(chartproof('search', '@broken', '--study', STUDY)).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/broken\.yaml:2:\d+: /),
  });
  expect(chartproof('search', '@scleroderma', '--study', STUDY).code).toBe(0);
});

test('what nobody did is not kept: somebody must be named', () => {
  const { searches } = json<{ searches: unknown[] }>('searches', 'list', '--study', STUDY);
  const { code, err } = chartproof(...search('--as', ' '));
  expect({ code, err: err.includes('A name is needed.') }).toEqual({ code: 2, err: true });
  expect(json<{ searches: unknown[] }>('searches', 'list', '--study', STUDY).searches).toHaveLength(searches.length);
});

test('the index can be made anew, and finds the same', () => {
  const before = json<Totals>(...search());
  const { snapshots } = json<{ snapshots: { added: number }[] }>('index');
  expect(snapshots.map(({ added }) => added)).toEqual(snapshots.map(() => 0));
  const rebuilt = json<{ rebuilt: boolean; snapshots: { notes: number }[] }>('index', '--rebuild');
  expect(rebuilt.rebuilt).toBe(true);
  expect(rebuilt.snapshots).toHaveLength(2); // the study's and the newer one
  expect(json<Totals>(...search())).toEqual({ ...before, search: before.search + 1 });
});
