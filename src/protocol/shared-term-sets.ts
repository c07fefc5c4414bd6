/**
 * Term sets of the workspace: files `termsets/NAME.yaml`, which every study may name as `@NAME`.
 *
 *     label: Gout
 *     terms:
 *       - { text: gout, synonyms: [podagra, "gouty arthritis", gowt] }
 *
 * The terms have the form of those of a protocol's concept set, misspellings among the synonyms. A file is read when a
 * query names it, so that a mistake in one disturbs nobody who does not.
 */
import { isUtf8 } from 'node:buffer';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ChartproofError, nearest, readYaml } from '../base/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { type Term, termsSchema } from './schema-terms.ts';
import { slug } from './schema-words.ts';

/** A term set that all studies of a workspace share. */
export interface SharedTermSet {
  readonly name: string;
  readonly label: string;
  readonly terms: readonly Term[];
}

const fileSchema = z.strictObject({
  label: z.string().optional().describe('Shown in lists; the name where it is left out'),
  terms: termsSchema.min(1).describe('Words and phrases in notes'),
});

const END = '.yaml';

/**
 * The names of the term sets of the workspace, sorted. Error: `protocol.term-set-name`, for a file whose name no query
 * could name.
 */
export function sharedTermSetNames({ paths }: Pick<Workspace, 'paths'>): string[] {
  if (!existsSync(paths.termSets)) return [];
  return readdirSync(paths.termSets, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && /\.ya?ml$/i.test(entry.name))
    .map(({ name }) => name)
    .sort()
    .map((file) => nameOf(file, join(paths.termSets, file)));
}

function nameOf(file: string, path: string): string {
  const name = file.slice(0, -END.length);
  if (file.endsWith(END) && slug.safeParse(name).success) return name;
  throw new ChartproofError('protocol.term-set-name', 'The name of this file is no name of a term set.', {
    tip: 'Name it in small letters, digits and single hyphens, with .yaml at the end, such as night-sweats.yaml.',
    place: { file: path },
  });
}

/**
 * A term set of the workspace. Errors: `protocol.no-term-set`, `protocol.term-set-name`, `protocol.invalid-term-set`, whose
 * `problems` are all mistakes of the file with their places.
 */
export function readSharedTermSet(workspace: Pick<Workspace, 'paths'>, name: string): SharedTermSet {
  const names = sharedTermSetNames(workspace);
  if (!names.includes(name)) throw noSuchSet(name, names);
  const file = join(workspace.paths.termSets, `${name}${END}`);
  const { value, problems } = readYaml(textOf(file), file, fileSchema, 'protocol');
  if (value) return { name, label: value.label ?? name, terms: value.terms };
  throw new ChartproofError(
    'protocol.invalid-term-set',
    `${file} has ${problems.length} mistake${problems.length === 1 ? '' : 's'}.`,
    { problems },
  );
}

function noSuchSet(name: string, names: readonly string[]): ChartproofError {
  const near = nearest(name, names);
  return new ChartproofError('protocol.no-term-set', 'The workspace has no such term set.', {
    tip: near ? `Did you mean ${near}?` : 'List them: chartproof termsets list',
  });
}

function textOf(file: string): string {
  const bytes = readFileSync(file);
  if (isUtf8(bytes) && !bytes.includes(0)) return bytes.toString('utf8');
  throw new ChartproofError('protocol.invalid-term-set', 'This file is not text in UTF-8.', {
    tip: 'Save it as a text file in UTF-8.',
    place: { file },
  });
}
