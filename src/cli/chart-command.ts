import { Command } from 'commander';
import { ChartproofError, type PersonId } from '../base/index.ts';
import type { StoredNote } from '../notes/index.ts';
import { chartPerson, chartRows, withStudy } from '../review/index.ts';
import { appendAudit, openWorkspace } from '../workspace/index.ts';
import { actorOption, type CommonOptions, example, jsonOption, now, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';

/** `chartproof review chart STUDY SUBJECT` */
export function chartCommand(): Command {
  return new Command('chart')
    .description('the chart of a candidate: notes and rows of the records, with the names that evidence cites')
    .argument('<study>', 'the id of the study')
    .argument('<subject>', 'S001, as in cohort list; N001, as in cohort sample list')
    .option('--note <source>', 'the text of one note, as offsets count it')
    .addOption(workspaceOption())
    .addOption(actorOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      example(
        'chartproof review chart gout-2024 S001',
        'chartproof review chart gout-2024 S001 --note DocumentReference/12',
      ),
    )
    .action(
      (study: string, subject: string, options: CommonOptions & { readonly as: string; readonly note?: string }) =>
        withStudy(openWorkspace(options.workspace), study, 'of-cohort', async ({ database, gate, review }) => {
          const { person, personId } = await chartPerson(review, subject);
          const detail = options.note === undefined ? {} : { note: options.note };
          appendAudit(database, { at: now(), actor: options.as, action: 'chart.view', subject, detail });
          const heads = gate.notesOf(personId as PersonId);
          if (options.note !== undefined) {
            const note = heads.some((head) => head.source === options.note) ? gate.note(options.note) : undefined;
            return printNote(note, options.json);
          }
          const rows = (await chartRows(gate, personId)).map(({ source, date, kind, text }) => ({
            source,
            date,
            kind,
            text,
          }));
          const notes = heads.map(({ source, date, type, specialty }) => ({ source, date, type, specialty }));
          print(options.json, { subject, person, notes, records: rows }, () =>
            [
              `${subject} ${person}`,
              columns(
                notes.map((one) => [one.date?.slice(0, 10) ?? '', one.source, one.type ?? '', one.specialty ?? '']),
              ),
              columns(rows.map((one) => [one.date ?? '', one.source, one.kind, one.text ?? ''])),
            ].join('\n\n'),
          );
        }),
    );
}

function printNote(note: StoredNote | undefined, json: boolean): void {
  if (!note)
    throw new ChartproofError('cli.no-note', 'The chart has no such note.', { tip: 'List the chart without --note.' });
  const { source, date, type, specialty, text } = note;
  print(json, { source, date, type, specialty, text }, () => text);
}
