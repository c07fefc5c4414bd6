/** What a search lists, as a person reads it. */
import type { ListLine, NoteLine, PersonLine, ShownNote, Whose } from '../cohort/index.ts';
import type { OpenStudy } from '../review/index.ts';
import { columns } from './output.ts';
import { snippetLines } from './snippets.ts';

/** The lines as a person reads them. */
export function listText(open: OpenStudy, lines: readonly ListLine[]): string {
  const [first] = lines;
  if (!first) return '';
  if ('snippet' in first) return (lines as readonly ShownNote[]).map((note) => highlightText(open, note)).join('\n\n');
  const whose = ({ person, subject }: Whose) => [subject ?? '', person];
  return 'notes' in first
    ? columns(
        (lines as readonly PersonLine[]).map((line) => [
          ...whose(line),
          String(line.mentions),
          String(line.notes),
          line.first ?? '',
          line.last ?? '',
        ]),
        ['subject', 'person', 'mentions', 'notes', 'first', 'last'],
      )
    : columns(
        (lines as readonly NoteLine[]).map((line) => [
          ...whose(line),
          dayOf(line.date),
          line.source,
          String(line.mentions),
          line.type ?? '',
          line.specialty ?? '',
        ]),
        ['subject', 'person', 'date', 'note', 'mentions', 'type', 'specialty'],
      );
}

function highlightText(
  { gate }: OpenStudy,
  { source, person, subject, date, type, specialty, mentions }: ShownNote,
): string {
  const words = [...new Set(mentions.map(({ assertion }) => assertion))].join(', ');
  const head = [dayOf(date) || 'undated', source, subject ?? person, type, specialty, words]
    .filter(Boolean)
    .join(' · ');
  const lines = snippetLines(gate.note(source)?.text ?? '', mentions).map((line) => `  ${line}`);
  return [head, ...lines].join('\n');
}

function dayOf(date: string | null): string {
  return date?.slice(0, 'YYYY-MM-DD'.length) ?? '';
}
