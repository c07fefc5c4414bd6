import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type SourceFile, sourceFiles } from './source-files.ts';

/** The rooms of src/ in the order in which data flows: a room imports those before it, never those after. */
const ROOMS = [
  'base',
  'workspace',
  'protocol',
  'vocabulary',
  'records',
  'notes',
  'cohort',
  'review',
  'response',
  'analysis',
  'publish',
  'integrity',
  'server',
  'cli',
];

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"](\.[^'"]+)['"]|\bimport\s*\(\s*['"](\.[^'"]+)['"]\s*\)/g;

function importsOf(file: SourceFile): string[] {
  return [...file.text.matchAll(IMPORT)].map((match) =>
    posix.normalize(posix.join(posix.dirname(file.path), match[1] ?? match[2] ?? '')),
  );
}

const roomOf = (path: string): string => path.split('/')[1] ?? '';
const files = sourceFiles('src/**/*.ts');
const arrows = files.flatMap((file) => importsOf(file).map((to) => ({ from: file.path, to })));
const between = arrows.filter(({ from, to }) => to.startsWith('src/') && roomOf(from) !== roomOf(to));
const say = ({ from, to }: { from: string; to: string }): string => `${from} -> ${to}`;

describe('the rooms of src/', () => {
  test('every folder is a room with a face, and the order knows it', () => {
    const rooms = new Set(files.map((file) => roomOf(file.path)));
    expect([...rooms].filter((room) => !ROOMS.includes(room))).toEqual([]);
    const faces = new Set(files.map((file) => file.path));
    expect([...rooms].filter((room) => room !== 'cli' && !faces.has(`src/${room}/index.ts`))).toEqual([]);
  });

  test('a room imports only rooms above it', () => {
    const upward = between.filter(({ from, to }) => ROOMS.indexOf(roomOf(to)) > ROOMS.indexOf(roomOf(from)));
    expect(upward.map(say)).toEqual([]);
    expect(between.length).toBeGreaterThan(20);
  });

  test('a room is entered by its face', () => {
    // What the tests of a room stand on may carry those of a room below.
    const ofTests = ({ from, to }: { from: string; to: string }): boolean =>
      to.endsWith('.test-support.ts') && /\.test(-support)?\.ts$/.test(from);
    const sideDoors = between.filter((arrow) => posix.basename(arrow.to) !== 'index.ts' && !ofTests(arrow));
    expect(sideDoors.map(say)).toEqual([]);
  });

  test('a face only re-exports', () => {
    const faces = files.filter((file) => /^src\/[^/]+\/index\.ts$/.test(file.path));
    const withCode = faces.filter((face) =>
      face.text
        .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
        .replaceAll(/export\s+(?:type\s+)?(?:\*|\{[^}]*\})\s*(?:as\s+\w+\s+)?from\s*'[^']+';/g, '')
        .trim(),
    );
    expect(withCode.map((face) => face.path)).toEqual([]);
  });

  test('nothing outside the command line imports the demo', () => {
    expect(arrows.filter(({ from, to }) => to.startsWith('demo/') && roomOf(from) !== 'cli').map(say)).toEqual([]);
  });

  test('the web app imports the contract of the server and nothing else of src/', () => {
    const web = sourceFiles('web/**/*.{ts,tsx}').filter(({ path }) => !path.startsWith('web/dist/'));
    const inward = web.flatMap((file) => importsOf(file).map((to) => ({ from: file.path, to })));
    const others = inward.filter(({ to }) => !to.startsWith('web/') && to !== 'src/server/contract/index.ts');
    expect(others.map(say)).toEqual([]);
    expect(inward.length).toBeGreaterThan(20);
  });

  test('the contract, which runs in the browser too, imports zod and itself', () => {
    const ofContract = files.filter(
      ({ path }) => path.startsWith('src/server/contract/') && !path.endsWith('.test.ts'),
    );
    const outward = ofContract.flatMap(({ path, text }) =>
      [...text.matchAll(/from\s*'([^']+)'/g)].map((match) => ({ from: path, to: match[1] ?? '' })),
    );
    expect(outward.filter(({ to }) => to !== 'zod' && !/^\.\/[\w-]+\.ts$/.test(to)).map(say)).toEqual([]);
    expect(outward.length).toBeGreaterThan(3);
  });

  test('no file imports itself by a way around', () => {
    expect(findCycles(arrows)).toEqual([]);
  });

  test('the reference study is named nowhere under src/ and web/', () => {
    const words = /calcinosis|thiosulfate|thiosulphate|\bTST\b/i;
    const naming = sourceFiles('{src,web/src,web/gallery}/**/*.*').filter(
      (file) => words.test(file.text) || words.test(file.path),
    );
    expect(naming.map((file) => file.path)).toEqual([]);
  });
});

/** Each cycle of imports once, as the chain of its files. */
function findCycles(edges: readonly { from: string; to: string }[]): string[] {
  const next = Map.groupBy(edges, (edge) => edge.from);
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[] = [];
  const visit = (file: string, chain: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      cycles.push([...chain.slice(chain.indexOf(file)), file].join(' -> '));
      return;
    }
    state.set(file, 'open');
    for (const edge of next.get(file) ?? []) visit(edge.to, [...chain, file]);
    state.set(file, 'done');
  };
  for (const file of next.keys()) visit(file, []);
  return cycles;
}
