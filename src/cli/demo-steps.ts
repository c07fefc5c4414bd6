/**
 * The demo: a whole study from raw records to its tables, as the steps that a user would take one by one. Each can be
 * killed and started again: what it finds done stays, and the outcome is the same.
 *
 *     DIR/                the workspace
 *     DIR/input/          what an institution would hand over: fhir/, pharmacy/, and the study's own files
 */
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Cases, writeReferenceStudy } from '../../demo/reference-study/index.ts';
import { ChartproofError, writeFileAtomic } from '../base/index.ts';
import { identifyStudy } from '../cohort/index.ts';
import { readProtocol, registerProtocol } from '../protocol/index.ts';
import { manuscriptPaths, type Published } from '../publish/index.ts';
import { importFhir, importTable } from '../records/index.ts';
import { loadEntryFiles, withStudy } from '../review/index.ts';
import { initWorkspace, openWorkspace, type Workspace } from '../workspace/index.ts';
import { indexCurrent } from './index-command.ts';
import { now } from './options.ts';
import { releaseStudy } from './release-command.ts';
import type { Step } from './steps.ts';

/** `cases` are the facts of the study's charts, where they are to differ from the demo's own. */
export interface DemoOptions {
  readonly dir: string;
  readonly patients: number;
  readonly seed: number;
  readonly cases?: Cases;
}

/** The steps, and what comes of the last one. */
export interface Demo {
  readonly steps: readonly Step[];
  published(): Published;
}

const ACTOR = 'demo';
/** Why the warnings of the disclosure check are accepted. */
const ACCEPTING = 'The patients of the demo are invented.';

/** The demo in a folder that is new, empty or an unfinished demo of the same institution. */
export function demoOf(options: DemoOptions): Demo {
  const input = join(resolve(options.dir), 'input');
  const workspace = (): Workspace => openWorkspace(options.dir);
  const protocol = join(input, 'study/protocol.yaml');
  const study = (): string => readProtocol(protocol).id;
  let published: Published | undefined;
  const steps: Step[] = [
    { title: 'Making the institution', run: (progress) => makeInput(options, input, progress) },
    {
      title: 'Importing the health record',
      run: async (progress) => {
        await importFhir(workspace(), [join(input, 'institution/fhir')], { progress, now: now() });
      },
    },
    {
      title: 'Importing the pharmacy',
      run: async (progress) => {
        const pharmacy = join(input, 'institution/pharmacy');
        const mapping = join(pharmacy, 'mapping.yaml');
        await importTable(workspace(), mapping, [join(pharmacy, 'compounding.csv')], { progress, now: now() });
      },
    },
    {
      title: 'Indexing notes',
      run: async (progress) => {
        await indexCurrent(workspace(), progress);
      },
    },
    {
      title: 'Finding candidates',
      run: async (progress) => {
        registerProtocol(workspace(), protocol, { actor: ACTOR, at: now() });
        await withStudy(workspace(), study(), 'of-cohort', (open) =>
          identifyStudy(workspace(), open, { actor: ACTOR, at: now(), progress }),
        );
      },
    },
    {
      title: 'Loading the recorded reviews',
      run: async (progress) => {
        const files = globSync('study/reviews/*.ndjson', { cwd: input }).sort(adjudicationLast);
        const paths = files.map((file) => join(input, file));
        await withStudy(workspace(), study(), 'of-cohort', ({ review }) =>
          loadEntryFiles(review, paths, { actor: ACTOR, at: now(), progress }),
        );
      },
    },
    {
      title: 'Publishing',
      run: async (progress) => {
        const { text } = manuscriptPaths(workspace(), study());
        const own = join(input, 'study/manuscript.md');
        if (existsSync(own) && !existsSync(text)) writeFileAtomic(text, readFileSync(own, 'utf8'));
        published = await releaseStudy(workspace(), study(), ACTOR, progress, { accepting: ACCEPTING });
      },
    },
  ];
  return {
    steps,
    published: () => {
      if (!published) throw new ChartproofError('demo.unfinished', 'The demo has not come to its end.');
      return published;
    },
  };
}

/** Writes the input beside its place and moves it there when it is whole. */
async function makeInput(
  { dir, patients, seed, cases }: DemoOptions,
  input: string,
  progress: Parameters<Step['run']>[0],
): Promise<void> {
  const facts = `${JSON.stringify({ patients, seed })}\n`;
  const made = join(input, 'demo.json');
  if (existsSync(made)) {
    if (readFileSync(made, 'utf8') === facts) return;
    throw new ChartproofError(
      'demo.other',
      'This folder holds a demo with another number of patients or another seed.',
      {
        tip: 'Remove the folder, or name another with --dir.',
        place: { file: dir },
      },
    );
  }
  if (!existsSync(join(dir, 'workspace.json'))) initWorkspace(dir);
  const draft = `${input}.draft`;
  rmSync(draft, { recursive: true, force: true });
  await writeReferenceStudy({ out: draft, patients, seed, progress, ...(cases ? { cases } : {}) });
  writeFileSync(join(draft, 'demo.json'), facts);
  renameSync(draft, input);
}

/** An adjudicator speaks after the abstractors. */
function adjudicationLast(a: string, b: string): number {
  const rank = (file: string): number => (/adjudication/.test(file) ? 1 : 0);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}
