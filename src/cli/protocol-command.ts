import { Command } from 'commander';
import { protocolJsonSchema, readProtocol, sharedTermSetNames } from '../protocol/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { fromAtlasCommand, toAtlasCommand } from './atlas-commands.ts';
import { example, jsonOption } from './options.ts';
import { print } from './output.ts';

/** `chartproof protocol check FILE`, `schema`, `from-atlas FILE`, `to-atlas FILE` */
export function protocolCommand(): Command {
  const command = new Command('protocol').description(
    'check a protocol file; print the schema for editors; read and write ATLAS cohorts',
  );
  command
    .command('check')
    .description('say every mistake of a protocol, with its line')
    .argument('<file>', 'protocol.yaml')
    .option('-w, --workspace <dir>', 'the workspace whose term sets it may name')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      example('chartproof protocol check protocol.yaml', 'chartproof protocol check protocol.yaml -w ~/dermatology'),
    )
    .action((file: string, options: { json: boolean; workspace?: string }) => {
      const { workspace } = options;
      const protocol = readProtocol(file, workspace === undefined ? [] : sharedTermSetNames(openWorkspace(workspace)));
      const { id, version, title, arms, exclusions, instruments, tables } = protocol;
      const fields = instruments.flatMap((instrument) => instrument.fields).length;
      const summary = {
        id,
        version,
        title,
        arms: arms.length,
        exclusions: exclusions.length,
        instruments: instruments.length,
        fields,
        tables: tables.length,
      };
      print(
        options.json,
        summary,
        () =>
          `${title}\n${id} ${version}: ${arms.length} arms, ${exclusions.length} exclusions, ${instruments.length} instruments with ${fields} fields, ${tables.length} tables. No mistakes found.`,
      );
    });
  command
    .command('schema')
    .description('print the JSON Schema of protocol.yaml, for completion in an editor')
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof protocol schema > protocol.schema.json'))
    .action(() => print(true, protocolJsonSchema(), () => ''));
  command.addCommand(fromAtlasCommand());
  command.addCommand(toAtlasCommand());
  return command;
}
