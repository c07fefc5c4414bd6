import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { computeStatistics } from '../analysis/index.ts';
import { ChartproofError } from '../base/index.ts';
import { draftFacts, studyResults, TABLE_FORMATS, type TableFormat, tablesAs } from '../publish/index.ts';
import { agreementPairs, withStudy } from '../review/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { type CommonOptions, example, jsonOption, workspaceOption } from './options.ts';
import { print } from './output.ts';

interface TablesOptions extends CommonOptions {
  readonly format: TableFormat;
  readonly table?: string;
  readonly out?: string;
}

/** `chartproof tables STUDY` */
export function tablesCommand(): Command {
  return new Command('tables')
    .description('the tables as the review stands, in the format that a manuscript or a program needs')
    .argument('<study>', 'the id of the study')
    .addOption(new Option('--format <format>', 'how they are written').choices([...TABLE_FORMATS]).default('markdown'))
    .option('--table <id>', 'only this table; what R computed is `proportions`, `estimates`, `curves`, `agreement`')
    .option('--out <file>', 'write to this file instead of printing')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      example(
        'chartproof tables gout-2024 --format docx --out tables.docx',
        'chartproof tables gout-2024 --format csv --table table1',
      ),
    )
    .action((study: string, options: TablesOptions) =>
      withStudy(openWorkspace(options.workspace), study, 'of-cohort', async (open) => {
        const { format, table, out } = options;
        if (format === 'docx' && out === undefined) throw noFile();
        const found = studyResults(open);
        const statistics = await computeStatistics(found.data, agreementPairs(open.review));
        const facts = draftFacts(open, found);
        if (found.state.open.length > 0)
          process.stderr.write('note: the review is not finished; these numbers may still change\n');
        const written = await tablesAs({ facts, results: found.results, statistics }, format, table);
        if (out !== undefined) writeFileSync(out, written);
        const text = typeof written === 'string' ? written : '';
        print(options.json, { format, table, ...(out === undefined ? { text } : { out }) }, () => out ?? text);
      }),
    );
}

function noFile(): ChartproofError {
  return new ChartproofError('publish.no-file', 'A Word document is not printed.', {
    tip: 'Name a file with --out, such as --out tables.docx.',
  });
}
