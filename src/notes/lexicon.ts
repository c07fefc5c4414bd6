/**
 * The words that decide an assertion, as data: `lexicon/*.yaml`, a list of groups. A group says what its texts have in
 * common (category, direction, scope, reach, source), a text is one trigger. `(a|b|)` stands for a, b or nothing;
 * `<number>` for digits, `<year>` for 1900-2099; words are folded as in `tokens.ts`, and a comma in a text is a comma
 * in the note. Adding a trigger is adding a line.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ScopeCategory } from './analysis.ts';
import { fold } from './tokens.ts';

/** One trigger: what its words mean where a note has them. */
export interface Trigger {
  readonly words: readonly string[];
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
}

/** Headings of one kind of section. */
export interface HeadingGroup {
  readonly kind: string;
  /** What holds of a mention in such a section when no cue says otherwise. */
  readonly default?: ScopeCategory | undefined;
  readonly names: readonly string[];
}

const scopeCategory = z.enum(['negated', 'possible', 'historical', 'hypothetical', 'family', 'other']);
const groups = z.array(
  z.strictObject({
    category: z.union([scopeCategory, z.enum(['pseudo', 'end'])]),
    of: z.array(scopeCategory).default([]),
    direction: z.enum(['forward', 'backward', 'both']).default('forward'),
    scope: z.enum(['sentence', 'clause', 'phrase']).default('clause'),
    reach: z.int().min(1).optional(),
    closes: z.boolean().default(false),
    source: z.string(),
    texts: z.array(z.string().min(1)).min(1),
  }),
);
const headingGroups = z.array(
  z.strictObject({ kind: z.string(), default: scopeCategory.optional(), names: z.array(z.string()).min(1) }),
);

const FILES = ['negated', 'possible', 'historical', 'hypothetical', 'experiencer', 'endings'] as const;

/** All triggers of the lexicon that comes with the program, alternatives written out. */
export function readTriggers(): Trigger[] {
  return FILES.flatMap((name) => triggersOf(groups.parse(readYaml(name))));
}

/** The headings that the program knows. */
export function readHeadings(): HeadingGroup[] {
  return headingGroups.parse(readYaml('headings'));
}

/** `no (sign|evidence|) of` -> `no sign of`, `no evidence of`, `no of`. */
export function alternatives(text: string): string[] {
  const match = /\(([^()]*\|[^()]*)\)/.exec(text);
  if (!match) return [text.replace(/\s+/g, ' ').trim()];
  const [whole, inside = ''] = match;
  return inside
    .split('|')
    .flatMap((one) => alternatives(text.slice(0, match.index) + one + text.slice(match.index + whole.length)));
}

function readYaml(name: string): unknown {
  return parse(readFileSync(new URL(`./lexicon/${name}.yaml`, import.meta.url), 'utf8'));
}

function triggersOf(list: z.infer<typeof groups>): Trigger[] {
  return list.flatMap(({ texts, ...common }) =>
    texts.flatMap(alternatives).map((text) => ({ ...common, words: text.split(' ').map(fold) })),
  );
}
