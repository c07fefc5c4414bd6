import { readdirSync } from 'node:fs';
import { Command } from 'commander';
import { loadStudyProtocol, registerProtocol } from '../protocol/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { moveCommand } from './move-command.ts';
import { actorOption, type CommonOptions, example, jsonOption, now, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';

/** `chartproof study add FILE`, `chartproof study list`, `chartproof study move STUDY` */
export function studyCommand(): Command {
  const command = new Command('study').description('the studies of a workspace');
  command
    .command('add')
    .description('put a protocol into force: a new study, or a new version of one')
    .argument('<file>', 'protocol.yaml')
    .addOption(workspaceOption())
    .addOption(actorOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof study add protocol.yaml -w ~/dermatology'))
    .action((file: string, options: CommonOptions & { readonly as: string }) => {
      const added = registerProtocol(openWorkspace(options.workspace), file, { actor: options.as, at: now() });
      const { study, sha256, protocol } = added;
      print(
        options.json,
        { study, version: protocol.version, sha256 },
        () => `${study} ${protocol.version}: ${protocol.title}`,
      );
    });
  command
    .command('list')
    .description('the studies and their protocol in force')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof study list -w ~/dermatology'))
    .action((options: CommonOptions) => {
      const workspace = openWorkspace(options.workspace);
      const studies = readdirSync(workspace.paths.studies)
        .sort()
        .map((id) => loadStudyProtocol(workspace, id))
        .map(({ study, protocol }) => ({ study, version: protocol.version, title: protocol.title }));
      print(options.json, { studies }, () =>
        studies.length === 0 ? 'No study yet.' : columns(studies.map((one) => [one.study, one.version, one.title])),
      );
    });
  command.addCommand(moveCommand());
  return command;
}
