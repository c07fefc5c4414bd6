/** Files of a release that are made of one thing each, as text. */
import { csvText, type DataSet, safeCsv, sensitivity, type TextFile } from '../analysis/index.ts';
import type { CohortRun, Outcome } from '../cohort/index.ts';
import type { ReleasedTable } from './deidentify/deidentify.ts';
import type { AcceptedWarning } from './disclosure/accepted.ts';

/** Every column of the released data set, and what was done to it. */
export function codebookFile(tables: readonly ReleasedTable[]): TextFile {
  const rows = tables.flatMap(({ name, columns }) =>
    columns.map((one) => [name, one.name, one.label, one.type, one.unit, one.choices, one.released]),
  );
  const header = ['file', 'column', 'label', 'type', 'unit', 'choices', 'released'];
  return { name: 'data/codebook.csv', text: safeCsv(header, rows) };
}

/** The accepted warnings of the disclosure check, with their reasons. */
export function disclosureFile(accepted: readonly AcceptedWarning[]): TextFile {
  const rows = accepted.map(({ code, place, text, reason, actor }) => [code, place, text, reason, actor]);
  return { name: 'disclosure.csv', text: safeCsv(['code', 'place', 'text', 'reason', 'accepted_by'], rows) };
}

/** Each candidate with the arms that found it, the reason it left at and every exclusion that holds. */
export function ledgerFile(run: CohortRun, found: readonly Outcome[]): TextFile {
  const arms = new Map(run.candidates.map((candidate) => [candidate.subject, candidate.arms]));
  const rows = found.map(({ subject, outcome, first, all }) => [
    subject,
    arms.get(subject)?.join('; '),
    first ?? outcome,
    all.join('; '),
  ]);
  return { name: 'data/ledger.csv', text: csvText(['subject', 'arms', 'outcome', 'all_exclusions'], rows) };
}

/** The study under each definition of response, and who moved; where there is a response. The verdicts stay: they have dates. */
export function sensitivityFiles(data: DataSet): TextFile[] {
  if (!data.protocol.response) return [];
  const definitions = sensitivity(data).definitions.map(({ moved, ...one }) => ({
    ...one,
    moved: moved.map(({ subject, from, to }) => ({ subject, from, to })),
  }));
  return [{ name: 'sensitivity.json', text: `${JSON.stringify({ definitions }, null, 2)}\n` }];
}
