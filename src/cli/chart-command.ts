import { Command } from 'commander';
import { ChartproofError, type PersonId } from '../base/index.ts';
import { type Gate, sampledPerson, subjectOf } from '../cohort/index.ts';
import type { StoredNote } from '../notes/index.ts';
import { withStudy } from '../review/index.ts';
import { appendAudit, openWorkspace } from '../workspace/index.ts';
import { actorOption, type CommonOptions, example, jsonOption, now, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';

/** A row of the records that a reviewer may cite by `source`. */
interface ChartRow {
  readonly source: string;
  readonly date: string | null;
  readonly kind: string;
  readonly text: string | null;
}

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
        withStudy(openWorkspace(options.workspace), study, 'of-cohort', async ({ database, gate }) => {
          const { person, personId } = subject.startsWith('N')
            ? sampledPerson(database, gate, subject)
            : subjectOf(database, subject);
          if (!gate.isAuthorized(personId)) throw closedChart();
          const detail = options.note === undefined ? {} : { note: options.note };
          appendAudit(database, { at: now(), actor: options.as, action: 'chart.view', subject, detail });
          const heads = gate.notesOf(personId as PersonId);
          if (options.note !== undefined) {
            const note = heads.some((head) => head.source === options.note) ? gate.note(options.note) : undefined;
            return printNote(note, options.json);
          }
          const rows = await chartRows(gate, personId);
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

/** Nothing is said of who is not to be shown, not even the person's id. */
function closedChart(): ChartproofError {
  return new ChartproofError('cli.closed-chart', 'The chart of this subject may not be used any more.', {
    tip: 'List the candidates: chartproof cohort list STUDY',
  });
}

function printNote(note: StoredNote | undefined, json: boolean): void {
  if (!note)
    throw new ChartproofError('cli.no-note', 'The chart has no such note.', { tip: 'List the chart without --note.' });
  const { source, date, type, specialty, text } = note;
  print(json, { source, date, type, specialty, text }, () => text);
}

/** What stands in the records of a person, by date. */
function chartRows(gate: Gate, personId: string): Promise<ChartRow[]> {
  const part = (table: string, date: string, text: string): string =>
    `SELECT src_id AS source, ${date}_source AS date, '${table}' AS kind, ${text} AS text, ${date} AS day FROM ${table} WHERE person_id = $1::BIGINT`;
  const parts = [
    part('condition_occurrence', 'condition_start_date', 'condition_source_value'),
    part('drug_exposure', 'drug_exposure_start_date', "concat_ws(', ', drug_source_value, route, sig)"),
    part('procedure_occurrence', 'procedure_date', 'procedure_source_value'),
    part(
      'measurement',
      'measurement_date',
      "concat_ws(' ', measurement_source_value, value_source_value, unit_source_value)",
    ),
    part('observation', 'observation_date', 'observation_source_value'),
  ];
  return gate.all<ChartRow>(
    `SELECT source, date, kind, text FROM (${parts.join(' UNION ALL ')}) ORDER BY day NULLS LAST, source`,
    [personId],
  );
}
