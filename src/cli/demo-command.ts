import { existsSync, readdirSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { generate, patientLimits, type RecordFormat } from '../../demo/institution/index.ts';
import { writeReferenceStudy } from '../../demo/reference-study/index.ts';
import { ChartproofError, type Progress } from '../base/index.ts';
import { openLog, serve } from '../server/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { demoPeople } from './demo-people.ts';
import { demoOf } from './demo-steps.ts';
import { example, jsonOption } from './options.ts';
import { columns, print } from './output.ts';
import { releaseText } from './release-command.ts';
import { DEFAULT_PORT, untilStopped } from './serve-command.ts';
import { runSteps } from './steps.ts';

const DEFAULTS = { dir: 'demo-workspace', patients: 2000, seed: 1 };

/** `chartproof demo run`, `chartproof demo input`, `chartproof demo generate` */
export function demoCommand(): Command {
  const command = new Command('demo').description('a synthetic institution, and a real study run on it');
  command
    .command('run')
    .description(
      'make a synthetic institution, run the reference study on it, print its tables and serve the workbench',
    )
    .option('--dir <dir>', 'the workspace folder; an unfinished demo in it goes on', DEFAULTS.dir)
    .option('--patients <n>', 'how many patients the institution has', wholeNumber, DEFAULTS.patients)
    .option('--seed <n>', 'which institution: the same seed gives the same one', wholeNumber, DEFAULTS.seed)
    .option('--no-serve', 'end when the tables are printed')
    .option('--port <n>', 'where the workbench is served', wholeNumber, DEFAULT_PORT)
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof demo run --dir ~/chartproof-demo'))
    .action(async (options: DemoCommandOptions) => {
      const demo = demoOf(options);
      await runSteps(demo.steps, options.json);
      const published = demo.published();
      const { folder, facts } = published;
      print(options.json, { folder, ...facts }, () => `${releaseText(published)}\n\nThe results, as files:\n${folder}`);
      if (options.serve) await serveDemo(options, facts.study);
    });
  command
    .command('input')
    .description(
      'write what the demo begins with: the export of the health record, the list of the pharmacy, the protocol, what reviewers said',
    )
    .option('--patients <n>', 'how many patients the institution has', wholeNumber, DEFAULTS.patients)
    .option('--seed <n>', 'which institution: the same seed gives the same one', wholeNumber, DEFAULTS.seed)
    .requiredOption('--out <dir>', 'a new or empty folder')
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof demo input --patients 400 --out ~/hand-over'))
    .action(async ({ patients, seed, out, json }: Omit<GenerateCommandOptions, 'format'>) => {
      refuseFull(out);
      const run = async (progress: Progress): Promise<void> => {
        await writeReferenceStudy({ out, patients, seed, progress });
      };
      await runSteps([{ title: 'Making the institution and the study', run }], json);
      print(json, { out }, () => `Written to ${out}. docs/tutorial.md walks through the study.`);
    });
  command
    .command('generate')
    .description(
      'write a synthetic institution: FHIR R4 bulk NDJSON or an OMOP CDM 5.4, and a compounding pharmacy’s CSV',
    )
    .option('--patients <n>', `from ${patientLimits.min} to ${patientLimits.max}`, wholeNumber, DEFAULTS.patients)
    .option('--seed <n>', 'the same seed gives the same bytes', wholeNumber, DEFAULTS.seed)
    .addOption(
      new Option('--format <format>', 'how the health record is written')
        .choices(['fhir', 'omop', 'both'])
        .default('fhir'),
    )
    .requiredOption('--out <dir>', 'a new or empty folder')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      example(
        'chartproof demo generate --patients 20000 --seed 7 --out ~/synthetic',
        'chartproof demo generate --format omop --out ~/synthetic-omop',
      ),
    )
    .action(async (options: GenerateCommandOptions) => {
      refuseFull(options.out);
      let lines: Readonly<Record<string, number>> = {};
      const run = async (progress: Progress): Promise<void> => {
        lines = (await generate({ ...options, progress })).lines;
      };
      await runSteps([{ title: 'Making the institution', run }], options.json);
      print(options.json, { out: options.out, lines }, () =>
        columns(
          Object.entries(lines).map(([file, count]) => [file, String(count)]),
          ['file', 'lines'],
        ),
      );
    });
  return command;
}

interface DemoCommandOptions {
  readonly dir: string;
  readonly patients: number;
  readonly seed: number;
  readonly serve: boolean;
  readonly port: number;
  readonly json: boolean;
}

/** Serves the demo and tells who may come in as what, until Ctrl-C. */
async function serveDemo({ dir, port, json }: DemoCommandOptions, study: string): Promise<void> {
  const workspace = openWorkspace(dir);
  const accounts = await demoPeople(workspace, study);
  const serving = await serve({ workspace, port, log: openLog('warn') });
  const { url } = serving;
  print(json, { url, accounts }, () => {
    const people = columns(
      accounts.map((one) => [one.role, one.login, one.password]),
      ['role', 'login', 'password'],
    );
    return `\nThe workbench is at ${url} (Ctrl-C ends it)\n\n${people}`;
  });
  await untilStopped(serving);
}

interface GenerateCommandOptions {
  readonly patients: number;
  readonly seed: number;
  readonly out: string;
  readonly format: RecordFormat;
  readonly json: boolean;
}

function refuseFull(out: string): void {
  if (!existsSync(out) || readdirSync(out).length === 0) return;
  throw new ChartproofError('demo.not-empty', 'The folder is not empty.', {
    tip: 'Name a new folder with --out.',
    place: { file: out },
  });
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}
