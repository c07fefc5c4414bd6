import { Command } from 'commander';
import { dataUnder, sensitivityTable } from '../analysis/index.ts';
import { ChartproofError } from '../base/index.ts';
import { type Protocol, underAlternative } from '../protocol/index.ts';
import { studyResults, tableText } from '../publish/index.ts';
import { withStudy } from '../review/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { type CommonOptions, example, jsonOption, workspaceOption } from './options.ts';
import { print } from './output.ts';

const UNFINISHED = 'note: the review is not finished; responses may still change\n';

/** `chartproof response STUDY` */
export function responseCommand(): Command {
  return new Command('response')
    .description('the response of each subject with the assessments it rests on, and the study under other definitions')
    .argument('<study>', 'the id of the study')
    .option('--under <alternative>', 'the verdicts under another definition of the protocol')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      example('chartproof response gout-2024', 'chartproof response gout-2024 --under worst --json'),
    )
    .action((study: string, options: CommonOptions & { readonly under?: string }) =>
      withStudy(openWorkspace(options.workspace), study, 'of-cohort', (open) => {
        const { data, state } = studyResults(open);
        const protocol = protocolUnder(data.protocol, options.under);
        const analysed = new Set(data.subjects.map((one) => one.subject));
        const verdicts = (options.under === undefined ? data : dataUnder(data, protocol)).included.flatMap(
          ({ subject, response }) => (response && analysed.has(subject) ? [{ subject, ...response }] : []),
        );
        if (state.open.length > 0) process.stderr.write(UNFINISHED);
        print(options.json, { definition: options.under ?? 'declared', verdicts }, () =>
          [
            tableText(sensitivityTable(data), data.protocol.tables.length),
            verdicts.map((one) => `${one.subject}  ${one.explanation}`).join('\n') || 'Nobody is included yet.',
          ].join('\n\n'),
        );
      }),
    );
}

/** Errors: `protocol.no-response`, `protocol.no-alternative`. */
function protocolUnder(protocol: Protocol, under: string | undefined): Protocol {
  if (under !== undefined) return underAlternative(protocol, under);
  if (protocol.response) return protocol;
  throw new ChartproofError('protocol.no-response', 'The protocol does not say what a response is.', {
    tip: 'Add the part `response` to it.',
  });
}
