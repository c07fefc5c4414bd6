/** Files of entries: NDJSON, one entry a line. */
import { ChartproofError, type Place, type Problem, readLines } from '../base/index.ts';
import { type Entry, entrySchema } from './entry.ts';

/** An entry and where it stands. */
export interface LocatedEntry {
  readonly entry: Entry;
  readonly place?: Place;
}

/** Adds the entries of a file, and what is wrong with its lines. Error: `review.missing-file`. */
export async function readEntries(file: string, read: LocatedEntry[], problems: Problem[]): Promise<void> {
  try {
    for await (const { text, number } of readLines(file)) {
      const content = number === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text;
      if (content.trim() === '') continue;
      const place = { file, line: number };
      const entry = parseEntry(content);
      if ('problem' in entry) problems.push({ ...entry.problem, place });
      else read.push({ entry: entry.entry, place });
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' && (error as NodeJS.ErrnoException).code !== 'EISDIR')
      throw error;
    throw new ChartproofError('review.missing-file', 'There is no such file of entries.', {
      tip: 'Name files of entries, one JSON object a line (docs/review.md).',
      place: { file },
    });
  }
}

function parseEntry(text: string): { readonly entry: Entry } | { readonly problem: Problem } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    const cut = !text.trimEnd().endsWith('}');
    const message = cut ? 'The line ends in the middle of its JSON.' : 'The line is not JSON.';
    return { problem: { code: 'review.not-json', message } };
  }
  const parsed = entrySchema.safeParse(json);
  if (parsed.success) return { entry: parsed.data };
  const said = parsed.error.issues.map((issue) => `${pathText(issue.path)}: ${shapeMessage(issue.code)}`);
  return { problem: { code: 'review.shape', message: `Not an entry (${[...new Set(said)].join('; ')}).` } };
}

/** Where in the entry; a key that is no plain word may be text of a chart and is not shown. */
function pathText(path: readonly PropertyKey[]): string {
  return path.map((part) => (/^\w{1,100}$/.test(String(part)) ? String(part) : '?')).join('.') || 'entry';
}

/** Words for what zod found; its own may quote the value. */
function shapeMessage(code: string | undefined): string {
  const words: Readonly<Record<string, string>> = {
    unrecognized_keys: 'has a key that is not known',
    invalid_type: 'is missing or of the wrong kind',
    invalid_union:
      'is none of the forms that it may have (an answer is an object with `value` and `evidence`, or with `missing`)',
    invalid_format: 'is not in the form that it must have (a time is 2024-02-01T10:00:00Z)',
    invalid_key: 'has a name that no field can have',
  };
  return words[code ?? ''] ?? 'is not as it must be';
}
