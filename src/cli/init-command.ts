import { Command } from 'commander';
import { initWorkspace } from '../workspace/index.ts';
import { example, jsonOption } from './options.ts';
import { print } from './output.ts';

/** `chartproof init DIR` */
export function initCommand(): Command {
  return new Command('init')
    .description('make a new, empty workspace')
    .argument('<dir>', 'the folder; it is made where it does not exist')
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof init ~/dermatology'))
    .action((dir: string, options: { json: boolean }) => {
      const workspace = initWorkspace(dir);
      print(options.json, { workspace: workspace.dir }, () => `A workspace in ${workspace.dir}`);
    });
}
