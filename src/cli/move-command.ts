import { Command } from 'commander';
import type { Progress } from '../base/index.ts';
import type { RowChanges } from '../records/index.ts';
import { type LostCitations, moveWithCitations, type StudyMove } from '../review/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { actorOption, type CommonOptions, example, jsonOption, now, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';
import { runSteps } from './steps.ts';

interface MoveOptions extends CommonOptions {
  readonly as: string;
  readonly to?: string;
  readonly dryRun: boolean;
}

/** `chartproof study move STUDY` */
export function moveCommand(): Command {
  return new Command('move')
    .description('move a study to newer records, and show who comes in, who goes out and what changes')
    .argument('<study>', 'the id of the study')
    .option('--to <snapshot>', 'a snapshot, or the beginning of its id; the current one where it is left out')
    .option('--dry-run', 'show what would change, and change nothing of the study', false)
    .addOption(workspaceOption())
    .addOption(actorOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nThe index of the notes is brought up to date first, also with --dry-run.')
    .addHelpText(
      'after',
      example('chartproof study move gout-2024 --dry-run', 'chartproof study move gout-2024 -w ~/rheumatology'),
    )
    .action(async (study: string, options: MoveOptions) => {
      const workspace = openWorkspace(options.workspace);
      let moved: StudyMove | undefined;
      const work = async (progress: Progress): Promise<void> => {
        moved = await moveWithCitations(workspace, study, { ...options, actor: options.as, at: now() }, progress);
      };
      await runSteps([{ title: 'Comparing records', run: work }], options.json);
      const done = moved;
      if (done) print(options.json, { ...done.change, citations: done.citations, moved: done.moved }, () => told(done));
    });
}

function told({ moved, change, citations }: StudyMove): string {
  const { from, to, before, after, out, changed, rows } = change;
  if (from === to) return `The study stands on snapshot ${from} already.`;
  const counts = columns([
    ['Candidates before', String(before)],
    ['In: found now', String(change.in)],
    ['Out: not found any more', String(out.notFound)],
    ['Out: not authorized', String(out.notAuthorized)],
    ['Candidates after', String(after)],
    ['Changed, of those who stay', String(changed.length)],
    ['  found by other arms', String(changed.filter(({ arms }) => arms).length)],
    ['  excluded by other rules', String(changed.filter(({ rules }) => rules).length)],
    ['  with other records', String(changed.filter((one) => Object.keys(one.rows).length > 0).length)],
  ]);
  return [
    `From snapshot ${from} to ${to}`,
    counts,
    ...(changed.length === 0 ? [] : [`Changed: ${changed.map(({ subject }) => subject).join(' ')}`]),
    ...(Object.keys(rows).length === 0 ? [] : [changesText(rows)]),
    citationsText(citations),
    moved ? `The study now stands on snapshot ${to}.` : 'Nothing was changed.',
  ].join('\n\n');
}

function citationsText({ stood, notes, records, subjects }: LostCitations): string {
  const lost = notes + records;
  if (stood === 0) return 'Nothing is cited yet.';
  if (lost === 0) return `${stood} citations of those who stay, all of them found.`;
  return `${lost} of ${stood} citations are not found any more (${notes} in notes, ${records} rows), of ${subjects.join(' ')}.`;
}

/** The tables in which something changed, with their counts. */
export function changesText(tables: Readonly<Partial<Record<string, RowChanges>>>): string {
  const rows = Object.entries(tables).flatMap(([table, changes]) =>
    changes && changes.added + changes.removed + changes.changed > 0
      ? [[table, String(changes.added), String(changes.removed), String(changes.changed)]]
      : [],
  );
  return rows.length === 0 ? 'No table differs.' : columns(rows, ['rows of', 'added', 'removed', 'changed']);
}
