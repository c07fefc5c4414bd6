/** The files of a bundle that are made of a protocol and its account: as snapshots that a person can read. */
import { describe, expect, test } from 'vitest';
import { buildTables } from '../../analysis/index.ts';
import { sha256 } from '../../base/index.ts';
import { checklistFiles, checklists, filledItems } from '../checklists/checklist-files.ts';
import { frostbiteData, frostbiteProtocol, type Patient } from '../frostbite-data.test-support.ts';
import { codeLists } from './code-lists.ts';
import { methodsText } from './methods.ts';
import { crateMetadata } from './ro-crate.ts';
import { searchFiles } from './search-files.ts';
import type { StudyAccount } from './study-account.ts';

const TOLD = `
registration: { registry: none, ethics: "Committee of the coast, 12/34" }
question: Does iloprost save toes?
release:
  published: 2024-05-01
  license: CC-BY-4.0
  publisher: Harbour Hospital
  contact: Data desk <data@harbour.example>
  keywords: [frostbite, iloprost, case series]
  authors:
    - { name: Ida Frost, orcid: 0000-0002-1825-0097, affiliation: Harbour Hospital, role: Investigation }
    - { name: Per Snow, role: Formal analysis }
  setting: A hospital at the coast
  training: Both abstractors read ten charts together first
  sampleSize: All there were
  consent: Waived by the committee
  funding: Nobody paid.
  conflicts: None
  access: Ask the data desk
`;

const patient: Patient = {
  sex: 'female',
  birthDate: '1970-01-01',
  baseline: { severity: 'mild', started: '2015-02-02' },
  visits: [{ visit: 'v', part: 'toe', seen: '2015-03-03', state: 'healed' }],
};

function account(more: string): StudyAccount {
  const protocol = frostbiteProtocol(more);
  const step = { label: '', removed: 0 };
  return {
    protocol,
    facts: {
      study: 'frostbite',
      title: protocol.title,
      protocolVersion: '1',
      protocol: 'a'.repeat(64),
      snapshot: 'b'.repeat(16),
      lock: 'c'.repeat(64),
    },
    results: buildTables(frostbiteData([patient], protocol)),
    attrition: [
      { ...step, id: 'identified', kind: 'identified', n: 5 },
      { ...step, id: 'authorized', kind: 'authorized', n: 4, removed: 1 },
      { ...step, id: 'included', kind: 'included', n: 1, removed: 3 },
    ],
    screened: 4,
    arms: [{ id: 'coded', label: 'Coded', found: 5, authorized: 4 }],
    agreement:
      more === ''
        ? []
        : [
            {
              instrument: 'baseline',
              field: 'severity',
              label: 'Severity',
              n: 4,
              differing: 1,
              agreed: 0.75,
              kappa: 0.5,
            },
            { instrument: 'baseline', field: 'dose', label: 'Dose', n: 4, differing: 0, agreed: 1, kappa: null },
          ],
    review: {
      abstractors: 2,
      adjudicators: 1,
      charts: 4,
      doubleCharts: more === '' ? 0 : 4,
      adjudicated: 1,
      settled: 20,
    },
    statistics: { proportions: [], estimates: [], curves: [] },
    searches: 0,
    isSampled: false,
    software: 'Chartproof 0',
  };
}

describe('the Methods of a bundle', () => {
  test('[R60] tell what the study knows', async () => {
    await expect(methodsText(account(TOLD))).toMatchFileSnapshot('../snapshots/methods-told.md');
  });

  test('[R60] say every rule of the response and every kind of statistic that the protocol declares', () => {
    const { protocol, ...rest } = account('');
    if (!protocol.response) throw new Error('it has one');
    const response = {
      ...protocol.response,
      window: { fromDays: 14, toMonths: 12 },
      confirmation: { times: 2, afterDays: 28 },
      durability: { months: 6 },
      exposure: { minimum: 'baseline.dose > 2' },
    };
    const estimate = {
      id: 'e',
      label: 'E',
      estimate: 1,
      low: null,
      high: null,
      level: 0.95,
      statistic: null,
      df: null,
    };
    const estimates = [{ ...estimate, method: "Fisher's exact test", p: 0.5, pAdjusted: null, n: 9 }];
    const text = methodsText({
      ...rest,
      protocol: { ...protocol, response },
      statistics: { proportions: [], estimates, curves: [] },
    });
    for (const told of [
      'from 14 days up to 12 months after day zero',
      'seen 2 times, at least 28 days after the first',
      'had to last 6 months',
      'only where `baseline.dose > 2`; else the category was',
      "Tests and effects: Fisher's exact test.",
      'P values are two-sided. All were computed by R 4.6.0',
    ])
      expect(text).toContain(told);
    expect(text).not.toContain('No statistics were computed.');
    const [test] = estimates;
    if (!test) throw new Error('it is there');
    const statistics = (all: typeof estimates) => ({ proportions: [], estimates: all, curves: [] });
    const ofTwo = methodsText({ ...rest, protocol, statistics: statistics([test, { ...test, id: 'f' }]) });
    expect(ofTwo).toContain('P values are two-sided. They are not adjusted for the number of tests.');
    const ofNone = methodsText({ ...rest, protocol, statistics: statistics([{ ...test, p: null as never }]) });
    expect(ofNone).toContain('No hypothesis was tested.');
  });

  test('[R61] say what it does not know', async () => {
    const text = methodsText(account(''));
    await expect(text).toMatchFileSnapshot('../snapshots/methods-bare.md');
    expect(text).toContain('How abstractors were trained is not stated.');
    expect(text).toContain('No chart was abstracted twice, so agreement cannot be told.');
  });

  test('[R62] have no number that is none', () => {
    for (const more of ['', TOLD]) expect(methodsText(account(more))).not.toMatch(/NaN|undefined|Infinity|null/);
  });
});

describe('the checklists', () => {
  const [strobe, record, process] = checklists;

  test('[R63] have the items of the statements, each once', () => {
    const numbers = (strobe?.items ?? []).map(({ item }) => item);
    expect([...new Set(numbers.map((item) => Number.parseInt(item, 10)))]).toEqual(
      Array.from({ length: 22 }, (_, at) => at + 1),
    );
    expect(record?.items).toHaveLength(13);
    for (const list of checklists) expect(new Set(list.items.map(({ item }) => item)).size).toBe(list.items.length);
    expect(process?.items.length).toBeGreaterThan(20);
  });

  test('[R64] answer with a place, or say what to add; more is answered where more is said', () => {
    for (const list of checklists) {
      const [bare, told] = ['', TOLD].map((more) => filledItems(list, account(more)));
      const open = (items = bare) => items?.filter(({ missing }) => missing !== undefined).length ?? 0;
      for (const { where, missing } of [...(bare ?? []), ...(told ?? [])])
        expect(where.length > 0).toBe(missing === undefined);
      expect(open(told)).toBeLessThan(open(bare));
    }
  });

  test('[R64] other analyses are answered by subgroups and other definitions, which are no characteristics', () => {
    const study = account('');
    const [table] = study.results.tables;
    if (!table) throw new Error('it has one');
    const other = { ...study, results: { ...study.results, tables: [table, { ...table, id: 'sensitivity' }] } };
    const whereOf = (item: string, of: StudyAccount) =>
      strobe && filledItems(strobe, of).find((one) => one.item === item)?.where;
    expect(whereOf('17', study)).toEqual([]);
    expect(whereOf('17', other)).toEqual(['tables.html: sensitivity']);
    expect(whereOf('14a', other)).toEqual([`tables.html: ${table.id}`]);
  });

  test('[R64] places that are files of the bundle are named by their files', () => {
    const places = checklists.flatMap((list) => filledItems(list, account(TOLD)).flatMap(({ where }) => where));
    const files = new Set(places.map((place) => place.split(/[: ]/)[0]));
    expect(
      [...files].filter((name) => !/^[\w./-]+\.(csv|md|json|svg|png|html|yaml|R)$|^codelists\/$/.test(name ?? '')),
    ).toEqual([]);
  });

  test('[R65] come as Markdown, as a table and as a page without script', async () => {
    const files = await checklistFiles(account(TOLD));
    expect(files.map(({ name }) => name)).toHaveLength(9);
    await expect(files.find(({ name }) => name === 'checklists/record.md')?.text).toMatchFileSnapshot(
      '../snapshots/record.md',
    );
    const page = files.find(({ name }) => name === 'checklists/strobe.html')?.text ?? '';
    expect(page).toContain('<th scope="row">13c</th>');
    expect(page).not.toContain('<script');
  });
});

describe('the other files', () => {
  test('[R66] code lists have a line for each code, drug and term', () => {
    const [list] = codeLists(frostbiteProtocol());
    expect(list).toEqual({
      name: 'codelists/frostbite.csv',
      text: 'kind,system,value,descendants,mapped,exclude,routes,synonyms\ncode,ICD10CM,T33,true,false,false,,\n',
    });
  });

  test('[R66] the search log has the years of the notes, not the days', () => {
    const search = {
      first: '2015-03-04',
      last: '2016-01-02',
      termSets: {},
      canonical: 'toe',
      at: '2024-01-01T00:00:00Z',
    };
    const log = [
      { id: 1, actor: 'x', query: 'toe', notesVersion: '1', protocol: 'a', snapshot: 'b', ...search },
    ] as never;
    const texts = searchFiles(log, { protocol: frostbiteProtocol(), importedOn: new Map() }).map(({ text }) => text);
    for (const text of texts) expect(text).not.toMatch(/2015-03|2016-01/);
    expect(texts[1]).toContain('2015 to 2016');
  });
});

describe('the metadata', () => {
  const files = new Map([
    ['tables.json', '{}'],
    ['data/sub jects.csv', 'x'],
    ['analysis.R', ''],
  ]);
  const graphOf = (more: string): Record<string, unknown>[] =>
    (
      JSON.parse(crateMetadata({ id: 'x', protocol: frostbiteProtocol(more), software: 'C 0' }, files)) as {
        '@graph': [];
      }
    )['@graph'];

  test('[R67] are a crate: one descriptor, one root, every file a part and described, every reference there', () => {
    const graph = graphOf(TOLD);
    const ids = graph.map((one) => one['@id']);
    expect(new Set(ids).size).toBe(ids.length);
    expect(graph[0]).toMatchObject({
      '@id': 'ro-crate-metadata.json',
      about: { '@id': './' },
      '@type': 'CreativeWork',
    });
    const root = graph.find((one) => one['@id'] === './');
    expect(root).toMatchObject({ '@type': 'Dataset', datePublished: '2024-05-01', name: 'Iloprost for frostbite' });
    expect(root?.hasPart).toEqual(
      ['analysis.R', 'data/sub%20jects.csv', 'release.json', 'tables.json'].map((id) => ({ '@id': id })),
    );
    const referred = [...JSON.stringify(graph).matchAll(/\{"@id":"([^"]+)"\}/g)].map(([, id]) => id);
    const outside = /^https:\/\/w3id\.org\/ro\/crate/;
    expect(referred.filter((id) => !ids.includes(id) && !outside.test(id ?? ''))).toEqual([]);
  });

  test('[R68] give every file its media type, size and sum; a study that says little has no empty entity', () => {
    const file = graphOf(TOLD).find((one) => one['@id'] === 'tables.json');
    expect(file).toMatchObject({ encodingFormat: 'application/json', contentSize: '2', sha256: sha256('{}') });
    expect(graphOf('').filter((one) => one['@type'] === 'Person' || one['@type'] === 'Organization')).toEqual([]);
  });
});
