import { Command } from 'commander';
import { type Trace, type TracedValue, traceCell } from '../analysis/index.ts';
import type { Gate } from '../cohort/index.ts';
import { studyResults } from '../publish/index.ts';
import { withStudy } from '../review/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { type CommonOptions, example, jsonOption, workspaceOption } from './options.ts';
import { print } from './output.ts';

const UNFINISHED = 'note: the review is not finished; this number may still change\n';

/** `chartproof trace STUDY TABLE/ROW/COLUMN` */
export function traceCommand(): Command {
  return new Command('trace')
    .description('the subjects behind a printed number, the values that put them there, and the sentences')
    .argument('<study>', 'the id of the study')
    .argument('<cell>', 'TABLE/ROW/COLUMN, as in tables.json')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof trace gout-2024 table2/frequency-twice/PR'))
    .action((study: string, cell: string, options: CommonOptions) =>
      withStudy(openWorkspace(options.workspace), study, 'of-cohort', (open) => {
        const { data, results, state } = studyResults(open);
        const trace = traceCell(data, results, cell);
        if (state.open.length > 0) process.stderr.write(UNFINISHED);
        print(options.json, trace, () => traceText(trace, open.gate));
      }),
    );
}

function traceText({ table, row, column, cell, decidedBy, subjects }: Trace, gate: Gate): string {
  const head = [
    table.title,
    `${row.group === '' ? '' : `${row.group}: `}${row.label} \u00b7 ${column.label} \u00b7 ${cell.text === '' ? cell.n : cell.text}`,
    ...decidedBy.map((expression) => `  where ${expression}`),
  ];
  const parts = subjects.map((one) =>
    [
      one.subject,
      ...(one.response ? [`  response: ${one.response}`] : []),
      ...(one.treatments ?? []).flatMap(({ sentence, answers, rows }) => [
        `  treatment: ${sentence}`,
        ...answers.map((answer) => `      ${answer}`),
        ...rows.map((row) => `      ${row}`),
      ]),
      ...one.values.flatMap((value) => valueLines(value, gate)),
    ].join('\n'),
  );
  return [head.join('\n'), ...parts].join('\n\n');
}

/** A value with who said it (and `when`), and below it the sentences or rows that it rests on. */
export function valueLines({ instrument, row, field, settled }: TracedValue, gate: Gate, when = ''): string[] {
  const { answer, by, reviewers, reason, evidence, coverage } = settled;
  const said = 'value' in answer ? [answer.value].flat().join(', ') : `(${answer.missing})`;
  const where = row === '' ? '' : `[${row}]`;
  const who = `${by}: ${reviewers.join(', ')}${when}${reason === undefined ? '' : `; ${reason}`}`;
  const read = coverage ? [`      read: ${coverage.notes.length} notes; searched: ${coverage.terms.join(', ')}`] : [];
  return [
    `  ${instrument}${where}.${field} = ${said}  (${who})`,
    ...evidence.map((one) => `      ${citationText(one, gate)}`),
    ...read,
  ];
}

function citationText(evidence: TracedValue['settled']['evidence'][number], gate: Gate): string {
  if ('record' in evidence) return evidence.record;
  const note = gate.note(evidence.note);
  const head = [note?.date?.slice(0, 10), note?.type, note?.specialty].filter(Boolean).join(', ');
  return `\u201c${evidence.quote}\u201d  ${head} (${evidence.note}, ${evidence.start}\u2013${evidence.end})`;
}
