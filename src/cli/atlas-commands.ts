import { Command } from 'commander';
import { writeFileAtomic } from '../base/index.ts';
import { fromAtlas, leftOutText, protocolPartYaml, toAtlas } from '../cohort/index.ts';
import { readProtocol } from '../protocol/index.ts';
import { exitCodes } from './failure.ts';
import { readInput } from './input-file.ts';
import { example, jsonOption } from './options.ts';
import { print } from './output.ts';

interface Options {
  readonly output?: string;
  readonly json: boolean;
}

/** `chartproof protocol from-atlas FILE`: the parts of a protocol that a cohort definition of OHDSI ATLAS gives. */
export function fromAtlasCommand(): Command {
  return atlasCommand(
    'from-atlas',
    'print what an OHDSI ATLAS cohort definition says, as parts of a protocol (docs/atlas.md)',
  )
    .argument('<file>', 'definition.json, from the tab Export of ATLAS')
    .addHelpText(
      'after',
      example(
        'chartproof protocol from-atlas definition.json',
        'chartproof protocol from-atlas definition.json -o part.yaml',
      ),
    )
    .action((file: string, options: Options) => {
      const read = fromAtlas(readInput(file), file);
      tell(options, read, protocolPartYaml(read));
    });
}

/** `chartproof protocol to-atlas FILE`: a protocol's cohort as a definition of OHDSI ATLAS. */
export function toAtlasCommand(): Command {
  return atlasCommand('to-atlas', 'print who is in by a protocol, as an OHDSI ATLAS cohort definition (docs/atlas.md)')
    .argument('<file>', 'protocol.yaml')
    .addHelpText(
      'after',
      example(
        'chartproof protocol to-atlas protocol.yaml',
        'chartproof protocol to-atlas protocol.yaml -o definition.json',
      ),
    )
    .action((file: string, options: Options) => {
      const written = toAtlas(readProtocol(file));
      tell(options, written, `${JSON.stringify(written.definition, null, 2)}\n`);
    });
}

function atlasCommand(name: string, description: string): Command {
  return new Command(name)
    .description(`${description}; exit code 1 where a part has no equal and is left out`)
    .option('-o, --output <file>', 'write it there instead')
    .addOption(jsonOption());
}

type Translated = Pick<ReturnType<typeof fromAtlas>, 'leftOut' | 'differs'>;

/** The text to a file or on standard output, what is not in it on standard error. */
function tell({ output, json }: Options, translated: Translated, text: string): void {
  const { leftOut, differs } = translated;
  if (output !== undefined) writeFileAtomic(output, text);
  if (json || output === undefined)
    print(json, output === undefined ? translated : { output, leftOut, differs }, () => text);
  if (!json && leftOut.length > 0) process.stderr.write(`Left out:\n${leftOut.map(leftOutText).join('\n')}\n`);
  if (!json && differs.length > 0)
    process.stderr.write(`Worked out differently:\n${differs.map((how) => `- ${how}\n`).join('')}`);
  if (leftOut.length > 0) process.exitCode = exitCodes.refused;
}
