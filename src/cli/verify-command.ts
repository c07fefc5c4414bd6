import { Command } from 'commander';
import { readBundle, type VerifyReport, verifyBundle } from '../publish/index.ts';
import { example, jsonOption } from './options.ts';
import { print } from './output.ts';

/** `chartproof verify BUNDLE` */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('prove that a release is as it was made, and that its tables follow from its data; needs no workspace')
    .argument('<bundle>', 'the folder of a release, or its .zip')
    .option('--no-r', 'do not compute the statistics anew in R')
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof verify gout-2024/releases/1f2e3d4c5b6a', 'chartproof verify bundle.zip'))
    .action(async (bundle: string, options: { readonly json: boolean; readonly r: boolean }) => {
      const report = await verifyBundle(readBundle(bundle), { r: options.r });
      print(options.json, report, () => reportText(report));
      if (!report.ok) process.exitCode = 1;
    });
}

function reportText({ ok, title, seal, checked, notes, problems }: VerifyReport): string {
  return [
    ...(title === undefined ? [] : [title, '']),
    ...checked.map((text) => `ok    ${text}`),
    ...notes.map((text) => `note  ${text}`),
    ...problems.map(({ place, message }) => `WRONG ${place}: ${message}`),
    '',
    ok
      ? `Nothing was altered, and the numbers follow from the data.\nseal ${seal}: compare it with the one that the authors give.`
      : `${problems.length === 1 ? 'One thing is' : `${problems.length} things are`} wrong.`,
  ].join('\n');
}
