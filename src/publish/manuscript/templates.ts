/**
 * The library of sentences: a file a template, `NAME.md`, with parameters `$id` that a call fills in. A study's own come before those
 * that all studies of the workspace share, and those before the ones that come with Chartproof. Rule R29 of SPEC.md.
 *
 *     ---
 *     about: A proportion with its exact interval.
 *     defaults: { digits: "0" }
 *     ---
 *     {{$id.n}} of {{$id.N}} ({{$id.percent:$digits}} %)
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { ChartproofError } from '../../base/index.ts';

/** A sentence with parameters. */
export interface Template {
  readonly name: string;
  readonly about: string;
  readonly from: 'study' | 'workspace' | 'chartproof';
  readonly text: string;
  readonly parameters: readonly string[];
  readonly defaults: Readonly<Record<string, string>>;
}

const BUILT_IN = fileURLToPath(new URL('templates', import.meta.url));
const headSchema = z.strictObject({
  about: z.string().default(''),
  defaults: z.record(z.string(), z.union([z.string(), z.number()]).transform(String)).default({}),
});

/** All templates by name; a folder that is not there has none. Error: `publish.template`, where a file's head is wrong. */
export function templateLibrary(folders: {
  readonly study: string;
  readonly workspace: string;
}): Map<string, Template> {
  const library = new Map<string, Template>();
  for (const [from, folder] of [
    ['chartproof', BUILT_IN],
    ['workspace', folders.workspace],
    ['study', folders.study],
  ] as const) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.md')))
      library.set(name.slice(0, -'.md'.length), readTemplate(join(folder, name), name.slice(0, -'.md'.length), from));
  }
  return library;
}

function readTemplate(file: string, name: string, from: Template['from']): Template {
  const source = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  const [, head = '', body = source] = /^---\n([\s\S]*?)\n?---\n([\s\S]*)$/.exec(source) ?? [];
  const { about, defaults } = headOf(head, file);
  const text = body.trim();
  const parameters = [...new Set([...text.matchAll(PARAMETER)].map((match) => match[1] ?? ''))];
  return { name, about, from, text, parameters, defaults };
}

function headOf(head: string, file: string): z.output<typeof headSchema> {
  try {
    return headSchema.parse(parse(head) ?? {});
  } catch (cause) {
    throw new ChartproofError('publish.template', 'The head of this template cannot be read.', {
      tip: 'Between the lines --- it may have `about`, a sentence, and `defaults`, a value for each parameter.',
      place: { file, line: 1 },
      cause,
    });
  }
}

/** `$id`; it ends where no letter, digit or low line follows. */
const PARAMETER = /\$([a-z][a-z0-9_]*)/gi;

/** What a call comes to, or what is wrong with it. */
export type Filled = { readonly text: string } | { readonly message: string; readonly tip: string };

/** Fills in the parameters. A call names each just once; those with a default may be left out. */
export function fillTemplate(template: Template, given: Readonly<Record<string, string>>): Filled {
  const { name, parameters, defaults } = template;
  const all = `The template takes: ${parameters.join(', ') || 'nothing'}.`;
  const unknown = Object.keys(given).find((one) => !parameters.includes(one));
  if (unknown !== undefined) return { message: `The template \`${name}\` has no parameter \`${unknown}\`.`, tip: all };
  const missing = parameters.find((one) => given[one] === undefined && defaults[one] === undefined);
  if (missing !== undefined)
    return { message: `The template \`${name}\` lacks its parameter \`${missing}\`.`, tip: all };
  return { text: template.text.replaceAll(PARAMETER, (_, one: string) => given[one] ?? defaults[one] ?? '') };
}
