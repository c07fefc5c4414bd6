/** The form of the files of a lexicon (docs/lexicon.md). */
import { z } from 'zod';
import { scopeCategories } from './analysis.ts';
import { isMarkText } from './marks.ts';
import { fold, tokenize } from './tokens.ts';

const scopeCategory = z.enum(scopeCategories);

/** A text that stands for more triggers than this has a mistake. */
const MOST_ALTERNATIVES = 50_000;

const triggerText = z.string().superRefine((text, context) => {
  const say = (message: string) => context.addIssue({ code: 'custom', message });
  const strange = text
    .replace(/\([-+]\)/g, ' ')
    .split(/[\s(|)]+/)
    .find((word) => !isOneWord(word));
  if (strange !== undefined) say(`\`${strange}\` is not one word; write \`${tokenize(strange).words.join(' ')}\``);
  else if (countOf(text) > MOST_ALTERNATIVES) say(`stands for more than ${MOST_ALTERNATIVES} texts; part it`);
  else if (/^\s*$/.test(text.replace(ALTERNATIVES, (group) => (/[(|]\s*[|)]/.test(group) ? '' : group)))) {
    say('one of its alternatives has no word');
  }
});

const ALTERNATIVES = /\([^()]*\|[^()]*\)/g;

/** How many texts the alternatives of a text make. */
function countOf(text: string): number {
  return (text.match(ALTERNATIVES) ?? []).reduce((count, group) => count * group.split('|').length, 1);
}

/** Can a note have it as one word, or is it a mark or a placeholder? */
function isOneWord(word: string): boolean {
  return (
    word === '' ||
    isMarkText(word) ||
    word === '<number>' ||
    word === '<year>' ||
    tokenize(word).words.join(' ') === fold(word)
  );
}

const triggerEntry = z
  .strictObject({
    category: z.enum([...scopeCategories, 'pseudo', 'end']),
    of: z.array(scopeCategory).default([]),
    direction: z.enum(['forward', 'backward', 'both']).default('forward'),
    scope: z.enum(['sentence', 'clause', 'phrase']).default('clause'),
    reach: z.int().min(1).max(100).optional(),
    closes: z.boolean().default(false),
    source: z.string().min(1),
    /** Takes these texts of this category away, whoever says them. */
    remove: z.boolean().default(false),
    texts: z.array(triggerText).min(1),
  })
  .refine(({ category, of, remove }) => remove || ['pseudo', 'end'].includes(category) === of.length > 0, {
    path: ['of'],
    message: 'a pseudo trigger and an end name the categories that they concern here, and no other trigger does',
  })
  // Without a limit every cue of a long sentence would read all of it.
  .refine(
    ({ direction, scope, reach, remove }) =>
      remove || reach !== undefined || (direction === 'forward' && scope !== 'phrase'),
    {
      path: ['reach'],
      message: 'a trigger that looks back, or no further than its phrase, needs a limit (words)',
    },
  );

const headingEntry = z.strictObject({
  kind: z.string().regex(/^[a-z]+(?:-[a-z]+)*$/, 'small letters and single hyphens, such as past-history'),
  default: scopeCategory.optional(),
  names: z.array(z.string().regex(/\S/, 'is empty')).min(1),
});

export const triggersSchema = z.array(triggerEntry);
export const headingsSchema = z.array(headingEntry);
