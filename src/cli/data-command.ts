import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { dataFiles } from '../analysis/index.ts';
import { ChartproofError, writeFileAtomic } from '../base/index.ts';
import { studyResults } from '../publish/index.ts';
import { withStudy } from '../review/index.ts';
import { appendAudit, openWorkspace } from '../workspace/index.ts';
import { actorOption, type CommonOptions, example, jsonOption, now, workspaceOption } from './options.ts';
import { print } from './output.ts';

const NOTE = 'note: exact dates and free text: for the study itself, not to give away\n';

/** `chartproof data STUDY --out DIR` */
export function dataCommand(): Command {
  return new Command('data')
    .description("the data set with exact dates and free text, for the study's own statistician")
    .argument('<study>', 'the id of the study')
    .requiredOption('--out <dir>', 'a folder that is new or empty')
    .addOption(actorOption())
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof data gout-2024 --out ~/gout-data'))
    .action((study: string, options: CommonOptions & { readonly as: string; readonly out: string }) =>
      withStudy(openWorkspace(options.workspace), study, 'of-cohort', (open) => {
        const { out } = options;
        if (existsSync(out) && readdirSync(out).length > 0) {
          throw new ChartproofError('cli.not-empty', 'This folder is not empty.', {
            tip: 'Name a new folder.',
            place: { file: out },
          });
        }
        const { data } = studyResults(open);
        const files = dataFiles(data);
        // Said before it is done: nobody has the data without a row in the trail.
        const detail = { subjects: data.included.length, files: files.length };
        appendAudit(open.database, { at: now(), actor: options.as, action: 'data.export', detail });
        for (const { name, text } of files) writeFileAtomic(join(out, name), text);
        process.stderr.write(NOTE);
        print(options.json, { folder: out, files: files.map(({ name }) => name) }, () =>
          files.map(({ name }) => join(out, name)).join('\n'),
        );
      }),
    );
}
