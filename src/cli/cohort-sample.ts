import { Argument, Command, InvalidArgumentError } from 'commander';
import { ChartproofError, type Progress } from '../base/index.ts';
import { drawSample, type Sample, standingSample } from '../cohort/index.ts';
import {
  lastVerdicts,
  type Quotation,
  type Review,
  sampleVerdicts,
  saySampleVerdict,
  withStudy,
} from '../review/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { actorOption, type CommonOptions, example, jsonOption, now, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';
import { runSteps } from './steps.ts';

/** `chartproof cohort sample draw|list|verdict STUDY` */
export function sampleCommand(): Command {
  return new Command('sample')
    .description('a random sample of persons whom no arm found, read by hand: how many cases the search misses')
    .addCommand(drawCommand())
    .addCommand(listCommand())
    .addCommand(verdictCommand());
}

interface DrawOptions extends CommonOptions {
  readonly as: string;
  readonly n: number;
  readonly seed?: string;
  readonly among?: string;
}

function drawCommand(): Command {
  return new Command('draw')
    .description('draw the sample for the candidates as they stand; the same seed draws the same persons')
    .argument('<study>', 'the id of the study')
    .requiredOption('-n <count>', 'how many persons', wholeNumber)
    .option('--seed <seed>', 'what the drawing begins with; left out: as the last time, else by chance')
    .option('--among <criterion>', 'only persons who meet this named criterion of the protocol')
    .addOption(workspaceOption())
    .addOption(actorOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof cohort sample draw gout-2024 -n 100 --among rheumatology-clinic'))
    .action((study: string, { n, seed, among, as, ...options }: DrawOptions) =>
      withStudy(openWorkspace(options.workspace), study, 'of-cohort', async (open) => {
        let sample: Sample | undefined;
        const work = async (progress: Progress): Promise<void> => {
          progress.step('Drawing');
          sample = await drawSample(open, { size: n, seed, among }, { actor: as, at: now() });
        };
        await runSteps([{ title: 'Sample', run: work }], options.json);
        if (sample) printSample(open.review, sample, options.json);
      }),
    );
}

function listCommand(): Command {
  return new Command('list')
    .description('the persons of the sample, and what was said of each last')
    .argument('<study>', 'the id of the study')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof cohort sample list gout-2024'))
    .action((study: string, options: CommonOptions) =>
      withStudy(openWorkspace(options.workspace), study, 'of-cohort', ({ database, gate, review }) => {
        const sample = standingSample(database, gate);
        if (!sample) {
          throw new ChartproofError('cohort.no-sample', 'No sample was drawn for the candidates as they stand.', {
            tip: `Draw one: chartproof cohort sample draw ${study} -n 100`,
          });
        }
        printSample(review, sample, options.json);
      }),
    );
}

interface VerdictOptions extends CommonOptions {
  readonly as: string;
  readonly evidence?: readonly string[];
  readonly record?: readonly string[];
}

function verdictCommand(): Command {
  return new Command('verdict')
    .description(
      'say whether the study would have found a person of the sample eligible; a later word counts, none is lost',
    )
    .argument('<study>', 'the id of the study')
    .argument('<person>', 'N001, as in cohort sample list')
    .addArgument(new Argument('<case>', 'whether it is a case that was missed').choices(['yes', 'no']))
    .option('--evidence <note and sentence...>', 'a note by its source id, then its words; may be several pairs')
    .option('--record <ids...>', 'rows of the records that it rests on, by source id')
    .addOption(workspaceOption())
    .addOption(actorOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      example(
        'chartproof cohort sample verdict gout-2024 N001 no --as anna',
        'chartproof cohort sample verdict gout-2024 N002 yes --evidence DocumentReference/12 "Gout of the left toe." --as anna',
      ),
    )
    .action((study: string, subject: string, word: string, options: VerdictOptions) =>
      withStudy(openWorkspace(options.workspace), study, 'of-cohort', async ({ review }) => {
        const said = {
          subject,
          isCase: word === 'yes',
          quotations: pairsOf(options.evidence ?? []),
          records: options.record ?? [],
        };
        const verdict = await saySampleVerdict(review, said, { actor: options.as, at: now() });
        print(options.json, verdict, () => `${subject}: ${verdict.isCase ? 'a case' : 'no case'}, says ${options.as}`);
      }),
    );
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('A whole number from 1 on is needed.');
  return Number(text);
}

/** Errors: `cli.evidence-pairs`. */
function pairsOf(words: readonly string[]): Quotation[] {
  if (words.length % 2 !== 0) {
    throw new ChartproofError('cli.evidence-pairs', 'Evidence is a note and its words, in pairs.', {
      tip: 'Put the words in quotation marks: --evidence DocumentReference/12 "Gout of the left toe."',
    });
  }
  return words.flatMap((note, at) => (at % 2 === 0 ? [{ note, quote: words[at + 1] ?? '' }] : []));
}

function printSample({ database }: Pick<Review, 'database'>, sample: Sample, json: boolean): void {
  const last = lastVerdicts(sampleVerdicts(database, sample));
  const { persons, refused, seed, size, among, actor, at } = sample;
  const list = persons.map(({ subject, person }) => {
    const said = last.get(subject);
    return { subject, person, isCase: said?.isCase ?? null, reviewer: said?.reviewer ?? null };
  });
  print(json, { seed, size, among, actor, at, refused, persons: list }, () =>
    [
      columns(
        list.map((one) => [
          one.subject,
          one.person,
          one.isCase === null ? 'not read' : one.isCase ? 'case' : 'no case',
          one.reviewer ?? '',
        ]),
        ['id', 'person', 'verdict', 'by'],
      ),
      `${persons.length} persons, seed ${seed}${among === null ? '' : `, who meet ${among}`}; ${last.size} read`,
      ...(persons.length + refused < size ? [`There are no more than these; ${size} were asked for.`] : []),
      ...(refused > 0 ? [`${refused} refused since and are not listed.`] : []),
    ].join('\n'),
  );
}
