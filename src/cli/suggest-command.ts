import { Command, InvalidArgumentError } from 'commander';
import { type Suggestion, type SuggestionKind, tokenize } from '../notes/index.ts';
import { withStudy } from '../review/index.ts';
import { appendAudit, openWorkspace } from '../workspace/index.ts';
import { actorOption, type CommonOptions, example, jsonOption, now, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';
import { runSteps } from './steps.ts';

interface SuggestOptions extends CommonOptions {
  readonly study: string;
  readonly as: string;
}

/** `chartproof suggest TERM --study STUDY` */
export function suggestCommand(): Command {
  return new Command('suggest')
    .description('what else to look for: how the notes that the study may see misspell, bend and abbreviate a term')
    .argument('<term>', 'a word or a phrase, without signs of the query language', term)
    .requiredOption('--study <id>', 'whose authorization counts')
    .addOption(workspaceOption())
    .addOption(actorOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      example(
        'chartproof suggest psoriasis --study my-study',
        `chartproof suggest 'rheumatoid arthritis' --study my-study --json`,
      ),
    )
    .action(async (text: string, options: SuggestOptions) => {
      const done: { suggestions: readonly Suggestion[] } = { suggestions: [] };
      const run = async (): Promise<void> => {
        done.suggestions = await suggest(text, options);
      };
      await runSteps([{ title: 'Looking through the words of the notes', run }], options.json);
      print(options.json, { term: text, suggestions: done.suggestions }, () => suggestionText(done.suggestions));
    });
}

/** Counts of words are counts of patients' notes, so the audit trail keeps that they were asked for; never the words. */
function suggest(text: string, { workspace, study, as: actor }: SuggestOptions): Promise<readonly Suggestion[]> {
  return withStudy(openWorkspace(workspace), study, 'of-cohort', ({ gate, database }) => {
    const suggestions = gate.suggestTerms(text);
    const detail = { suggestions: suggestions.length, snapshot: gate.snapshot };
    appendAudit(database, { at: now(), actor, action: 'search.suggest', detail });
    return suggestions;
  });
}

const KINDS: Readonly<Record<SuggestionKind, string>> = {
  long: 'spelled out',
  short: 'abbreviation',
  form: 'other form',
  parts: 'together or apart',
  spelling: 'spelling',
};

function suggestionText(suggestions: readonly Suggestion[]): string {
  if (suggestions.length === 0) return 'The notes have nothing like it.';
  const rows = suggestions.map(({ kind, term, notes, why }, at) => [
    suggestions[at - 1]?.kind === kind ? '' : KINDS[kind],
    term,
    String(notes),
    why,
  ]);
  return columns(rows, ['kind', 'term', 'notes', 'why']);
}

function term(text: string): string {
  if (tokenize(text).words.length > 0) return text;
  throw new InvalidArgumentError('There is no word in it.');
}
