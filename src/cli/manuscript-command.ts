import { existsSync, writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { computeStatistics } from '../analysis/index.ts';
import { ChartproofError } from '../base/index.ts';
import {
  draftFacts,
  keepApproval,
  type LiveSource,
  liveSourceOf,
  liveValues,
  manuscriptFiles,
  manuscriptPaths,
  printValue,
  type ReleaseFacts,
  refuseStale,
  type StudyManuscript,
  starterText,
  studyManuscript,
  studyResults,
  templateLibrary,
} from '../publish/index.ts';
import { agreementPairs, type OpenStudy, withStudy } from '../review/index.ts';
import { openWorkspace, type Workspace } from '../workspace/index.ts';
import { actorOption, type CommonOptions, example, jsonOption, now, reasonOf, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';

const FORMATS = {
  markdown: 'manuscript.md',
  html: 'manuscript.html',
  docx: 'manuscript.docx',
  json: 'manuscript.json',
};

interface RenderOptions extends CommonOptions {
  readonly format: keyof typeof FORMATS;
  readonly out?: string;
}

/** `chartproof manuscript start|check|names|templates|render|approve STUDY` */
export function manuscriptCommand(): Command {
  const command = new Command('manuscript').description('the text of the paper, with numbers that follow the data');
  command.addCommand(
    onStudy(
      'start',
      'write a first text with the account and every statistic',
      'chartproof manuscript start gout-2024',
    ).action((study: string, options: CommonOptions) =>
      withText(study, options, ({ workspace, source }) => {
        const { text } = manuscriptPaths(workspace, study);
        if (existsSync(text))
          throw new ChartproofError('publish.text-exists', 'The study has a text already.', { place: { file: text } });
        writeFileSync(text, starterText(source), { flag: 'wx' });
        print(options.json, { file: text }, () => text);
      }),
    ),
  );
  command.addCommand(
    onStudy(
      'check',
      'tell every unknown name, every number typed in, and every number that moved since the text was approved',
      'chartproof manuscript check gout-2024',
    ).action((study: string, options: CommonOptions) =>
      withText(study, options, ({ text }) => {
        const found = needed(text, study);
        refuseStale(found);
        const { bound, marked } = found.read;
        print(options.json, { file: found.file, values: bound.length, marked: marked.length }, () => checkText(found));
      }),
    ),
  );
  command.addCommand(
    onStudy(
      'names',
      'every value that the text can name, as it is now',
      'chartproof manuscript names gout-2024 improved',
    )
      .argument('[part]', 'only names or labels with this in them')
      .action((study: string, part: string | undefined, options: CommonOptions) =>
        withText(study, options, ({ source }) => {
          const small = part?.toLowerCase() ?? '';
          const values = liveValues(source).filter(({ name, label }) =>
            `${name} ${label}`.toLowerCase().includes(small),
          );
          const rows = values.map((one) => [`{{${one.name}}}`, String(printValue(one, '')), one.label]);
          const json = values.map(({ kind, name, label, value }) => ({ kind, name, label, value }));
          print(options.json, json, () =>
            rows.length === 0 ? 'No value has that in its name.' : columns(rows, ['name', 'now', 'what it is']),
          );
        }),
      ),
  );
  command.addCommand(
    onStudy('templates', 'the library of sentences', 'chartproof manuscript templates gout-2024').action(
      (study: string, options: CommonOptions) => {
        const library = [
          ...templateLibrary(manuscriptPaths(openWorkspace(options.workspace), study).templates).values(),
        ];
        print(options.json, library, () =>
          library
            .map(
              ({ name, parameters, about, from }) =>
                `{{> ${[name, ...parameters.map((one) => `${one}=`)].join(' ')}}}  (${from})\n    ${about}`,
            )
            .join('\n'),
        );
      },
    ),
  );
  command.addCommand(
    onStudy(
      'render',
      'print the text with its numbers in, or write it to a file',
      'chartproof manuscript render gout-2024 --format docx --out results.docx',
    )
      .addOption(new Option('--format <format>', 'how it is written').choices(Object.keys(FORMATS)).default('markdown'))
      .option('--out <file>', 'write to this file instead of printing')
      .action((study: string, options: RenderOptions) =>
        withText(study, options, async ({ text, facts }) => {
          const { format, out } = options;
          const found = needed(text, study);
          // Numbers that moved may be looked at: reading them in their sentences is how they get approved.
          refuseStale(found, true);
          const bytes = (await manuscriptFiles(found, facts)).get(FORMATS[format]) ?? '';
          if (format === 'docx' && out === undefined)
            throw new ChartproofError('publish.no-file', 'A Word document is not printed.', {
              tip: 'Name a file with --out.',
            });
          if (out !== undefined) writeFileSync(out, bytes);
          const printed = typeof bytes === 'string' ? bytes : '';
          print(options.json, { format, ...(out === undefined ? { text: printed } : { out }) }, () => out ?? printed);
        }),
      ),
  );
  command.addCommand(
    onStudy(
      'approve',
      'say that you read the text with the numbers it has now',
      'chartproof manuscript approve gout-2024 --why "two charts corrected, sentences read again"',
    )
      .requiredOption('--why <reason>', 'kept with the numbers', reasonOf)
      .addOption(actorOption())
      .action((study: string, options: CommonOptions & { readonly as: string; readonly why: string }) =>
        withText(study, options, ({ workspace, open, text, facts }) => {
          const found = needed(() => textForApproval(text), study);
          refuseStale(found, true);
          const { bound } = found.read;
          const { approved } = manuscriptPaths(workspace, study);
          keepApproval(open.database, approved, { bound, facts, why: options.why }, { actor: options.as, at: now() });
          const moved = found.moved.map(({ bound: one, was }) => ({
            expression: one.expression,
            was,
            now: one.printed,
          }));
          print(options.json, { values: bound.length, moved }, () =>
            [
              `${bound.length} numbers approved.`,
              ...moved.map((one) => `  ${one.expression}: ${one.was} \u2192 ${one.now}`),
            ].join('\n'),
          );
        }),
      ),
  );
  return command;
}

function onStudy(name: string, description: string, shown: string): Command {
  return new Command(name)
    .description(description)
    .argument('<study>', 'the id of the study')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example(shown));
}

interface AtHand {
  readonly workspace: Workspace;
  readonly open: OpenStudy;
  readonly source: LiveSource;
  readonly facts: ReleaseFacts;
  text(options?: { readonly anew: boolean }): StudyManuscript | undefined;
}

function withText(study: string, options: CommonOptions, work: (at: AtHand) => Promise<void> | void): Promise<void> {
  const workspace = openWorkspace(options.workspace);
  return withStudy(workspace, study, 'of-cohort', async (open) => {
    const found = studyResults(open);
    const statistics = await computeStatistics(found.data, agreementPairs(open.review));
    const facts = draftFacts(open, found);
    if (facts.lock === '') process.stderr.write('note: the review is not finished; these numbers may still change\n');
    const source = liveSourceOf(workspace, found, facts, statistics);
    await work({
      workspace,
      open,
      source,
      facts,
      text: (how) => studyManuscript(workspace, open.database, source, how),
    });
  });
}

/** Where the file of the last approval was changed by hand, a new approval takes its place. */
function textForApproval(text: AtHand['text']): StudyManuscript | undefined {
  try {
    return text();
  } catch (error) {
    if (error instanceof ChartproofError && error.code === 'publish.approval') return text({ anew: true });
    throw error;
  }
}

function needed(text: () => StudyManuscript | undefined, study: string): StudyManuscript {
  const found = text();
  if (found) return found;
  throw new ChartproofError('publish.no-text', 'The study has no text.', {
    tip: `Begin one: chartproof manuscript start ${study}. It is the file manuscript.md in the study's folder.`,
  });
}

function checkText({ file, read, approval }: StudyManuscript): string {
  const { bound, marked } = read;
  const since = approval ? `as approved by ${approval.by} on ${approval.at.slice(0, 10)}` : 'not approved yet';
  return [
    file,
    `${bound.length} live numbers, ${since}; ${marked.length} marked as no result.`,
    ...marked.map(({ text, reason, place }) => `  line ${place.line}: ${text}${reason === '' ? '' : ` (${reason})`}`),
  ].join('\n');
}
