import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ChartproofError, sha256 } from '../../base/index.ts';
import { type Manifest, manifestText } from '../bundle/manifest.ts';
import { zipOf } from '../bundle/zip.ts';
import { adjudicated, filesOf, type VitiligoStudy, vitiligoStudy } from '../vitiligo-study.test-support.ts';
import { readBundle } from './read-bundle.ts';
import { type VerifyReport, verifyBundle } from './verify-bundle.ts';

type Files = Map<string, Uint8Array>;

let study: VitiligoStudy;
let folder: string;
let files: Files;
let dir: string;

beforeAll(async () => {
  study = await vitiligoStudy();
  await study.say(adjudicated);
  ({ folder } = await study.publish());
  files = filesOf(folder);
  dir = mkdtempSync(join(tmpdir(), 'chartproof-verify-'));
});
afterAll(() => {
  study[Symbol.dispose]();
  rmSync(dir, { recursive: true });
});

const verify = (some: ReadonlyMap<string, Uint8Array>): Promise<VerifyReport> => verifyBundle(some, { r: false });
const textOf = (name: string): string => Buffer.from(files.get(name) ?? '').toString();

/** The bundle with a text changed and all sums made anew, as somebody would who wants it not to show. */
function forged(name: string, from: string | RegExp, to: string): Files {
  const before = textOf(name);
  const after = before.replace(from, to);
  expect(after, name).not.toBe(before);
  const crate = textOf('ro-crate-metadata.json').replaceAll(sha256(before), sha256(after));
  const changed: Files = new Map(files).set('ro-crate-metadata.json', Buffer.from(crate)).set(name, Buffer.from(after));
  const { software, sha256: _, seal: __, ...facts } = JSON.parse(textOf('release.json')) as Manifest;
  changed.delete('release.json');
  return new Map(changed).set('release.json', Buffer.from(manifestText(facts as never, software, changed)));
}

describe('verifying a bundle', () => {
  test('[R71] finds nothing wrong with one as it was made, R and drawings included', async () => {
    const report = await verifyBundle(files, { r: true });
    expect(report.problems).toEqual([]);
    expect(report.checked).toContain('the statistics computed anew in R, to the same bytes');
    expect(report.checked).toContain('the flow of persons and the overlap of the searches drawn anew');
    expect(report.checked).toContain('the tables printed anew as page, Word file, CSV, LaTeX and Markdown');
    expect(report.checked).toContain('tables counted anew from the data set: 1, with 1 cells');
  });

  test('[R71] finds any byte that was changed, in any file, and names the file', async () => {
    const names = [...files.keys()];
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), async (file, at, change) => {
        const name = names[file % names.length] ?? '';
        const bytes = Uint8Array.from(files.get(name) ?? []);
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ change;
        const { ok, problems } = await verify(new Map(files).set(name, bytes));
        expect(ok).toBe(false);
        expect(problems.map((one) => one.place)).toContain(name);
      }),
      { numRuns: 100 },
    );
  });

  test('[R72] finds a file that is missing and one that was added', async () => {
    for (const name of files.keys()) {
      if (name === 'release.json') continue;
      const without = new Map(files);
      without.delete(name);
      expect((await verify(without)).problems).toContainEqual({ place: name, message: 'It is missing.' });
    }
    const added = await verify(new Map(files).set('data/more.csv', new Uint8Array()));
    expect(added.problems).toEqual([{ place: 'data/more.csv', message: 'No release wrote it.' }]);
  });

  describe('[R73][R75][R76][R77] what was changed together with all sums', () => {
    test.each([
      ['a printed number', 'tables.json', '"n": 1,', '"n": 2,', 'tables.json: course/better/total'],
      ['a printed text', 'tables.json', '"text": "1"', '"text": "2"', 'tables.json: course/better/total'],
      ['who is counted', 'tables.json', '"S001"', '"S002"', 'tables.json: course/better/total'],
      ['a value of the data', 'data/subjects.csv', 'true,,43', 'false,,43', 'tables.json: course/better/total'],
      ['a date in the data', 'data/subjects.csv', /,43\n/, ',2015-03-02\n', 'data/subjects.csv'],
      ['what statistics count', 'data/proportions.csv', 'S001,1', 'S001,0', 'data/proportions.csv'],
      ['a step of the account', 'attrition.json', '"n": 2', '"n": 3', /^attrition.json: /],
      [
        '[R76] the ledger',
        'data/ledger.csv',
        'S001,coded,included',
        'S001,coded,no-face',
        /^(attrition.json|data\/ledger.csv)/,
      ],
      ['how searches overlap', 'arms.json', /"n": 2/, '"n": 1', 'arms.json: overlaps'],
      ['what is printed of R', 'statistics.json', /"estimate": 0/, '"estimate": 1', 'statistics.json'],
      ['a drawing', 'attrition.svg', 'Included', 'Enrolled', 'attrition.svg'],
      ['a number on the page', 'tables.html', /(<a href="#course[^>]*>)1/, '$12', 'tables.html'],
      ['a number for a spreadsheet', 'tables/course.csv', /1/, '2', 'tables/course.csv'],
      ['a number for LaTeX', 'tables/course.tex', /& 1/, '& 2', 'tables/course.tex'],
      ['a word on the page', 'tables.html', 'Subjects behind', 'Patients behind', 'tables.html'],
      ['an accepted warning', 'disclosure.csv', 'invented', 'approved', 'disclosure.csv'],
      ['the protocol', 'protocol.yaml', 'for vitiligo', 'for leprosy', 'protocol.yaml'],
    ])('is found: %s', async (_, name, from, to, place) => {
      const { problems } = await verify(forged(name, from, to));
      const expected: unknown = place instanceof RegExp ? expect.stringMatching(place) : place;
      expect(problems.map((one) => one.place)).toContainEqual(expected);
    });
  });

  test('[R74] a file that is none of its kind is a problem, and no crash', async () => {
    for (const name of files.keys()) {
      const { problems } = await verify(new Map(files).set(name, Buffer.from('{"@graph": 1, "tables": [{}]}')));
      expect(problems.length, name).toBeGreaterThan(0);
    }
  });

  test('[R78] reads a folder and a ZIP file alike, and says so where there is no release', async () => {
    const zip = join(dir, 'bundle.zip');
    writeFileSync(zip, zipOf('x', files));
    expect([...readBundle(zip)].map(([name, bytes]) => [name, sha256(bytes)])).toEqual(
      [...readBundle(folder)].map(([name, bytes]) => [name, sha256(bytes)]),
    );
    writeFileSync(join(dir, 'other.zip'), 'PK');
    for (const path of [dir, join(dir, 'other.zip'), join(dir, 'nowhere')])
      expect(() => readBundle(path)).toThrow(expect.objectContaining({ code: 'publish.no-bundle' }));
  });

  test('[R78] a link in the folder is no file of the release', async () => {
    const copy = mkdtempSync(join(dir, 'copy-'));
    writeFileSync(join(copy, 'release.json'), files.get('release.json') ?? '');
    symlinkSync(join(folder, 'tables.json'), join(copy, 'tables.json'));
    const { problems } = await verify(readBundle(copy));
    expect(problems.find(({ place }) => place === 'tables.json')?.message).toMatch(/altered/);
  });

  test('[R70] a ZIP file has the same bytes whenever and in whatever order it is made', () => {
    const backwards = new Map([...files].reverse());
    expect(sha256(zipOf('x', backwards))).toBe(sha256(zipOf('x', files)));
  });

  test('[R78] a byte of a ZIP file that was changed changes nothing, or is found', async () => {
    const whole = zipOf('x', files);
    const path = join(dir, 'flipped.zip');
    const sums = (some: ReadonlyMap<string, Uint8Array>) => [...some].map(([name, bytes]) => [name, sha256(bytes)]);
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const bytes = Uint8Array.from(whole);
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ change;
        writeFileSync(path, bytes);
        const read = await new Promise<ReadonlyMap<string, Uint8Array>>((done) => done(readBundle(path))).catch(codeOf);
        if (typeof read === 'string') expect(read).toMatch(/^publish\./);
        else if (!isDeepStrictEqual(sums(read), sums(files))) expect((await verify(read)).ok).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

function codeOf(error: unknown): string {
  return error instanceof ChartproofError ? error.code : String(error);
}
