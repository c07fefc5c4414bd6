/**
 * The words that decide an assertion, as data: `lexicon/*.yaml`, a list of groups. A group says what its texts have in
 * common (category, direction, scope, reach, source), a text is one trigger. `(a|b|)` stands for a, b or nothing;
 * `<number>` for digits, `<year>` for 1900-2099; words are folded as in `tokens.ts`, and a comma in a text is a comma
 * in the note. Adding a trigger is adding a line. A site adds its own in the folder `lexicon/` of its workspace
 * (docs/lexicon.md).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { ChartproofError, canonicalJson, once, type Problem, readYaml, sha256 } from '../base/index.ts';
import type { ScopeCategory } from './analysis.ts';
import { headingsSchema, triggersSchema } from './lexicon-schema.ts';

/** Triggers that are alike: what their words mean where a note has them. */
export interface TriggerGroup {
  /** `pseudo` looks like a cue of the categories in `of` and is none; `end` ends their scopes. */
  readonly category: ScopeCategory | 'pseudo' | 'end';
  /** The categories that a pseudo trigger or an end concerns. */
  readonly of: readonly ScopeCategory[];
  readonly direction: 'forward' | 'backward' | 'both';
  /** What bounds the reach: the sentence; a clause (ends count too); a phrase (a comma counts too). */
  readonly scope: 'sentence' | 'clause' | 'phrase';
  /** Words at most; absent: no limit. */
  readonly reach?: number | undefined;
  /** Counts only as the last words before a comma, a bracket or the end ("Fever: no"). */
  readonly closes: boolean;
  readonly source: string;
  /** Takes these texts of this category away, whatever group has them. */
  readonly remove: boolean;
  readonly texts: readonly string[];
}

/** Headings of one kind of section. */
export interface HeadingGroup {
  readonly kind: string;
  /** What holds of a mention in such a section when no cue says otherwise. */
  readonly default?: ScopeCategory | undefined;
  readonly names: readonly string[];
}

/** The words by which notes are analysed. Plain data, so that it can be sent to a thread. */
export interface Lexicon {
  readonly triggers: readonly TriggerGroup[];
  readonly headings: readonly HeadingGroup[];
  /** The same for the same words of the site and lines of the program: an analysis made by another version is to be made anew. */
  readonly version: string;
}

const PROGRAM_FILES = ['negated', 'possible', 'historical', 'hypothetical', 'experiencer', 'endings', 'headings'].map(
  (name) => fileURLToPath(new URL(`./lexicon/${name}.yaml`, import.meta.url)),
);

/**
 * The lexicon that comes with the program. Its own words are read when somebody first asks for one: to open notes takes the
 * version alone.
 * @param siteFolder `workspace.paths.lexicon`: its words are added, where there is such a folder
 * Error: `notes.lexicon`, whose `problems` are all mistakes.
 */
export function readLexicon(siteFolder?: string): Lexicon {
  const site = siteFolder === undefined ? [] : yamlFiles(siteFolder);
  return site.length > 0 ? withProgram(wordsOf(site)) : withoutSite();
}

function yamlFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));
}

type Words = Pick<Lexicon, 'triggers' | 'headings'>;

function withProgram(site: Words): Lexicon {
  const all = once(() => {
    const program = programWords();
    return {
      triggers: [...program.triggers, ...site.triggers],
      headings: [...program.headings, ...site.headings],
    };
  });
  return {
    get triggers() {
      return all().triggers;
    },
    get headings() {
      return all().headings;
    },
    version: sha256(canonicalJson([programLines(), site.triggers, site.headings])).slice(0, VERSION_LENGTH),
  };
}

const withoutSite = once(() => withProgram({ triggers: [], headings: [] }));
const programWords = once(() => wordsOf(PROGRAM_FILES));
const programLines = once(() => PROGRAM_FILES.map((file) => readFileSync(file, 'utf8').replace(COMMENTS, '')));

function wordsOf(files: readonly string[]): Words {
  const problems: Problem[] = [];
  const read = <Group>(file: string, schema: z.ZodType<Group[]>): readonly Group[] => {
    const text = readFileSync(file, 'utf8');
    if (text.replace(COMMENTS, '') === '') return [];
    const reading = readYaml(text, file, schema, 'notes');
    problems.push(...reading.problems);
    return reading.value ?? [];
  };
  const isHeadings = (file: string) => basename(file) === HEADINGS;
  const triggers = files.filter((file) => !isHeadings(file)).flatMap((file) => read(file, triggersSchema));
  const headings = files.filter(isHeadings).flatMap((file) => read(file, headingsSchema));
  if (problems.length > 0) {
    const count = problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`;
    throw new ChartproofError('notes.lexicon', `The lexicon has ${count}; nothing was read by it.`, { problems });
  }
  return { triggers, headings };
}

const HEADINGS = 'headings.yaml';
/** Lines that say nothing. */
const COMMENTS = /^[^\S\n]*(?:#.*)?(?:\n|$(?![\s\S]))/gm;
const VERSION_LENGTH = 16;
