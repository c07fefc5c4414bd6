import { Command, InvalidArgumentError } from 'commander';
import type { Mention, NoteHit } from '../notes/index.ts';
import { withStudy } from '../review/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { type CommonOptions, example, jsonOption, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';

interface SearchOptions extends CommonOptions {
  readonly study: string;
  readonly notes: boolean;
  readonly limit: number;
}

/** `chartproof search QUERY` */
export function searchCommand(): Command {
  return new Command('search')
    .description('search the notes of those who may be used for research')
    .argument('<query>', 'what to look for (docs/search.md)')
    .requiredOption('--study <id>', 'whose term sets and authorization count')
    .option('--notes', 'show the notes and where the words stand', false)
    .option('--limit <n>', 'how many notes to show', positive, 20)
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      example(
        "chartproof search 'affirmed(psoriasis)' --study my-study",
        `chartproof search 'not_negated("night sweats") AND date:[2012 TO 2015]' --study my-study --notes`,
      ),
    )
    .action(async (query: string, options: SearchOptions) => {
      const found = await search(query, options);
      print(options.json, found, () => told(found));
    });
}

/** A note of the answer; `snippet` is its text around the first mention, or its beginning. */
interface ShownNote {
  readonly source: string;
  readonly person: string;
  readonly date: string | null;
  readonly type: string | null;
  readonly specialty: string | null;
  readonly snippet: string;
  readonly mentions: readonly Mention[];
}

interface Found {
  readonly mentions: number;
  readonly notes: number;
  readonly persons: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly shown?: readonly ShownNote[];
}

function search(query: string, options: SearchOptions): Promise<Found> {
  return withStudy(openWorkspace(options.workspace), options.study, 'of-cohort', ({ gate }) => {
    let [mentions, notes, persons] = [0, 0, 0];
    let person: string | undefined;
    let [first, last]: [string | null, string | null] = [null, null];
    const shown: ShownNote[] = [];
    for (const hit of gate.searchNotes(query)) {
      notes += 1;
      mentions += hit.mentions.length;
      if (hit.personId !== person) persons += 1; // hits come person by person
      person = hit.personId;
      if (hit.day !== null && (first === null || hit.day < first)) first = hit.day;
      if (hit.day !== null && (last === null || hit.day > last)) last = hit.day;
      if (options.notes && shown.length < options.limit) shown.push(shownNote(hit, gate.note(hit.source)?.text ?? ''));
    }
    return { mentions, notes, persons, first, last, ...(options.notes ? { shown } : {}) };
  });
}

function shownNote({ source, personId, date, type, specialty, mentions }: NoteHit, text: string): ShownNote {
  return { source, person: personId, date, type, specialty, snippet: snippetOf(text, mentions[0]), mentions };
}

const AROUND = 60;

/** The words around a mention on one line. */
function snippetOf(text: string, mention: Mention | undefined): string {
  const from = Math.max(0, (mention?.start ?? 0) - AROUND);
  const to = Math.min(text.length, (mention?.end ?? 0) + AROUND);
  const line = text.slice(from, to).replace(/\s+/g, ' ').trim();
  return `${from > 0 ? '…' : ''}${line}${to < text.length ? '…' : ''}`;
}

function told({ mentions, notes, persons, first, last, shown }: Found): string {
  const counts = columns([
    ['Mentions', String(mentions)],
    ['Notes', String(notes)],
    ['Persons', String(persons)],
  ]);
  const dates = first === null ? [] : [`From ${first} to ${last}`];
  const hits = (shown ?? []).map((note) => `\n${headLine(note)}\n  ${note.snippet}`);
  const more = shown && notes > shown.length ? [`\nand ${notes - shown.length} more (--limit shows them)`] : [];
  return [counts, ...dates, ...hits, ...more].join('\n');
}

function headLine({ source, date, type, specialty, mentions }: ShownNote): string {
  const words = [...new Set(mentions.map((mention) => mention.assertion))].join(', ');
  return [date?.slice(0, 'YYYY-MM-DD'.length) ?? 'undated', source, type, specialty, words]
    .filter((part) => part !== null && part !== '')
    .join(' · ');
}

function positive(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Not a number above 0.');
}
