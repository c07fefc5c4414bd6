import { Command } from 'commander';
import { type Evaluation, evaluateAssertion, readLexicon, type Score } from '../notes/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { readInput } from './input-file.ts';
import { example, jsonOption } from './options.ts';
import { columns, print } from './output.ts';

/** `chartproof eval assertion FILE` */
export function evalCommand(): Command {
  const command = new Command('eval').description('measure the program against annotated data');
  command
    .command('assertion')
    .description('how well negation, history and experiencer are found')
    .argument('<file>', 'annotated sentences, tab-separated (docs/search.md)')
    .option('-w, --workspace <dir>', 'go by the lexicon of this workspace too (docs/lexicon.md)')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      example('chartproof eval assertion sentences.tsv', 'chartproof eval assertion sentences.tsv -w ~/dermatology'),
    )
    .action((file: string, options: { json: boolean; workspace?: string }) => {
      const { workspace } = options;
      const lexicon = readLexicon(workspace === undefined ? undefined : openWorkspace(workspace).paths.lexicon);
      const evaluation = evaluateAssertion(readInput(file), lexicon, file);
      print(options.json, evaluation, () => told(evaluation));
    });
  return command;
}

function told(evaluation: Evaluation): string {
  const rows = [
    ['negated', ...figures(evaluation.negated)],
    ['historical', ...figures(evaluation.historical)],
    ['another person', ...figures(evaluation.other_experiencer)],
  ];
  const header = ['', 'found', 'wrongly', 'missed', 'precision', 'recall', 'F1'];
  return `${evaluation.mentions} mentions\n\n${columns(rows, header)}`;
}

function figures({ tp, fp, fn, precision, recall, f1 }: Score): string[] {
  const share = (value: number | null): string => (value === null ? '–' : value.toFixed(3));
  return [String(tp), String(fp), String(fn), share(precision), share(recall), share(f1)];
}
