import { type ImportReport, quarantineReasons } from '../../records/index.ts';
import type { ImportDone, ImportView } from '../contract/index.ts';
import type { RecordResults } from './record-work.ts';

/** An import, as it is told. */
export function importViewOf(report: ImportReport): ImportView {
  const { id, kind, at, snapshot, changed, dryRun = false, byType, reasons, files, ignored, linkage } = report;
  const { lines, stored, superseded, unmapped, quarantined } = report;
  return {
    id,
    kind,
    at,
    snapshot,
    changed,
    dryRun,
    lines,
    stored,
    superseded,
    unmapped,
    quarantined,
    byType: Object.entries(byType).map(([type, account]) => ({ type, ...account })),
    reasons: Object.entries(reasons).map(([reason, count]) => ({ reason, words: wordsOf(reason), lines: count })),
    files: files.map((file) => ({ name: file.name, bytes: file.bytes, lines: file.lines })),
    ignored: [...ignored],
    linkage: linkage ? linkageOf(linkage) : null,
  };
}

/** What an import came to, or would come to. */
export function importDoneOf({ report, notes }: RecordResults['import']): ImportDone {
  const preview = (report.preview ?? []).map(({ file, line, person, linkage = null, values }) => ({
    file,
    line,
    person,
    linkage,
    values: Object.entries(values).map(([column, value]) => ({ column, value: String(value) })),
  }));
  return { ...importViewOf(report), preview, notes: notes && { notes: notes.notes, added: notes.added } };
}

/** Why a line is in quarantine, in words. */
export function wordsOf(reason: string): string {
  return quarantineReasons[reason as keyof typeof quarantineReasons] ?? '';
}

function linkageOf(linkage: NonNullable<ImportReport['linkage']>): NonNullable<ImportView['linkage']> {
  const { byRule, ambiguous, contradiction, rejected = 0, unlinked, proposed = 0 } = linkage;
  const rules = Object.entries(byRule).map(([rule, rows]) => ({ rule, rows }));
  return { byRule: rules, ambiguous, contradiction, rejected, unlinked, proposed };
}
