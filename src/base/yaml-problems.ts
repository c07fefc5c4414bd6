import type { z } from 'zod';
import type { Problem } from './errors.ts';
import { nearest } from './nearest.ts';
import type { PlaceOf, YamlPath } from './yaml-place.ts';
import { keysAt } from './yaml-schema-keys.ts';

type Issue = z.core.$ZodIssue;

/** What a schema found wrong, in plain words and in the order of the file, each with what would be right. */
export function problemsOf(
  issues: readonly Issue[],
  root: unknown,
  schema: z.core.$ZodType,
  placeOf: PlaceOf,
  room: string,
): Problem[] {
  return inFileOrder(issues.flatMap((issue) => problemOf(issue, root, schema, placeOf, room)));
}

/** Problems of one file by line and column. */
export function inFileOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted(
    ({ place: a }, { place: b }) => (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0),
  );
}

function problemOf(issue: Issue, root: unknown, schema: z.core.$ZodType, placeOf: PlaceOf, room: string): Problem[] {
  const { path } = issue;
  if (issue.code === 'invalid_union') {
    const branch = likeliestBranch(issue.errors);
    if (branch) {
      const deeper = branch.map((inner) => ({ ...inner, path: [...path, ...inner.path] }) as Issue);
      return problemsOf(deeper, root, schema, placeOf, room);
    }
  }
  if (issue.code === 'unrecognized_keys') {
    const allowed = [...keysAt(schema, path, root)];
    return issue.keys.map((key) => ({
      code: `${room}.unknown-key`,
      message: `${label(key)} is not known here.`,
      tip: tipFor(key, allowed),
      place: placeOf([...path, key], 'key'),
    }));
  }
  const name = path.at(-1);
  if (issue.code === 'invalid_type' && valueAt(root, path) === undefined && name !== undefined) {
    const message = `${label(name)} is missing (${words(issue.expected)}).`;
    return [{ code: `${room}.missing-key`, message, place: placeOf(path.slice(0, -1)) }];
  }
  const place = placeOf(path);
  if (issue.code === 'invalid_type') {
    const found = kindOf(valueAt(root, path));
    const quote = issue.expected === 'string' && (found === 'a number' || found === 'yes or no (true, false)');
    return [
      {
        code: `${room}.wrong-type`,
        message: `${where(path)} is ${found}; it should be ${words(issue.expected)}.`,
        ...(quote ? { tip: 'Put it in quotes.' } : {}),
        place,
      },
    ];
  }
  const choices = choicesOf(issue);
  if (choices) return [choiceProblem(path, valueAt(root, path), choices, placeOf, room)];
  const message = `${where(path)}: ${issue.message.replace(/\.$/, '')}.`;
  return [{ code: `${room}.not-allowed`, message, place }];
}

/** The texts and numbers of which one must stand here, where the issue says that none of them does. */
function choicesOf(issue: Issue): readonly string[] | undefined {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  // A discriminated union says so with its `options`, which the type of the issue lacks.
  const options: unknown = issue.code === 'invalid_union' && 'options' in issue ? issue.options : undefined;
  // A key that may be left out has the option `undefined`, which nobody can write.
  return Array.isArray(options) ? options.filter((one) => one !== undefined).map(String) : undefined;
}

function choiceProblem(
  path: YamlPath,
  given: unknown,
  choices: readonly string[],
  placeOf: PlaceOf,
  room: string,
): Problem {
  const allowed = `Allowed: ${choices.map(label).join(', ')}.`;
  const name = path.at(-1);
  if (given === undefined && name !== undefined) {
    const place = placeOf(path.slice(0, -1));
    return { code: `${room}.missing-key`, message: `${label(name)} is missing.`, tip: allowed, place };
  }
  const close = typeof given === 'string' ? nearest(given, choices) : undefined;
  return {
    code: `${room}.not-allowed`,
    message: `${where(path)} is not one of those allowed.`,
    tip: close === undefined ? allowed : `Did you mean ${label(close)}? ${allowed}`,
    place: placeOf(path),
  };
}

/**
 * Of the alternatives of a union, the one that was meant: one that allows this kind of value at all, then the one that
 * leaves the fewest keys unknown, then the one with the fewest mistakes. `undefined` for a union of none.
 */
export function likeliestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const cost = (branch: readonly Issue[]): readonly number[] => [
    branch.some(({ path, code }) => path.length === 0 && (code === 'invalid_type' || code === 'invalid_value')) ? 1 : 0,
    branch.reduce(
      (sum, issue) => sum + (issue.code === 'unrecognized_keys' && !issue.path.length ? issue.keys.length : 0),
      0,
    ),
    branch.length,
  ];
  return branches.toSorted((a, b) => compare(cost(a), cost(b)))[0];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, index) => number !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

function tipFor(key: string, allowed: readonly string[]): string {
  const close = nearest(key, allowed);
  if (close !== undefined) return `Did you mean ${label(close)}?`;
  return allowed.length > 0 ? `Known here: ${allowed.map(label).join(', ')}.` : 'Remove it.';
}

/** The value at a path of plain data; `undefined` where there is none. */
export function valueAt(root: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      value !== null && typeof value === 'object' ? (value as Record<PropertyKey, unknown>)[step] : undefined,
    root,
  );
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys and values',
  record: 'a map of keys and values',
};

function words(expected: string): string {
  return WORDS[expected] ?? expected;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map of keys and values';
  if (typeof value === 'number') return 'a number';
  return typeof value === 'boolean' ? 'yes or no (true, false)' : 'text';
}

function where(path: YamlPath): string {
  return path.length === 0 ? 'The file' : label(path.map(String).join('.'));
}

function label(name: PropertyKey): string {
  return `\`${String(name)}\``;
}
