import { Command } from 'commander';
import { ChartproofError, readYaml } from '../base/index.ts';
import { checkPrinted, printedSchema } from '../integrity/index.ts';
import { readInput } from './input-file.ts';
import { example, jsonOption } from './options.ts';
import { print } from './output.ts';

/** `chartproof integrity FILE` */
export function integrityCommand(): Command {
  return new Command('integrity')
    .description('check the arithmetic of printed tables, of any paper')
    .argument('<file>', 'the printed figures, as YAML or JSON (docs/integrity.md)')
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof integrity paper.yaml'))
    .action((file: string, options: { json: boolean }) => {
      const { value, problems } = readYaml(readInput(file), file, printedSchema, 'integrity');
      if (value === undefined) {
        throw new ChartproofError('integrity.invalid', 'The file of printed figures has mistakes.', { problems });
      }
      const findings = checkPrinted(value);
      print(options.json, { findings }, () =>
        findings.length === 0
          ? 'The printed figures can all be true.'
          : findings.map((one) => `${one.where}\n  ${one.why} (${one.rule})`).join('\n'),
      );
      if (findings.length > 0) process.exitCode = 1;
    });
}
