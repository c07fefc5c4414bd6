import type { z } from 'zod';
import type { Problem } from './errors.ts';
import { nearest } from './nearest.ts';
import type { PlaceOf, YamlPath } from './yaml-place.ts';

type Issue = z.core.$ZodIssue;

/** What a schema found wrong, in plain words and in the order of the file, each with what would be right. */
export function problemsOf(
  issues: readonly Issue[],
  root: unknown,
  schema: z.core.$ZodType,
  placeOf: PlaceOf,
  room: string,
): Problem[] {
  return issues.flatMap((issue) => problemOf(issue, root, schema, placeOf, room)).toSorted(byPlace);
}

function byPlace({ place: a }: Problem, { place: b }: Problem): number {
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);
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
    const allowed = [...keysAt(schema, path)];
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
  if (issue.code === 'invalid_value') {
    const given = valueAt(root, path);
    const close = typeof given === 'string' ? nearest(given, issue.values.map(String)) : undefined;
    const allowed = issue.values.map((value) => label(String(value))).join(', ');
    return [
      {
        code: `${room}.not-allowed`,
        message: `${where(path)} is not one of those allowed.`,
        tip: close === undefined ? `Allowed: ${allowed}.` : `Did you mean ${label(close)}? Allowed: ${allowed}.`,
        place,
      },
    ];
  }
  const message = `${where(path)}: ${issue.message.replace(/\.$/, '')}.`;
  return [{ code: `${room}.not-allowed`, message, place }];
}

/**
 * Of the alternatives of a union, the one that was meant: the one that leaves the fewest keys unknown, then the one that
 * fails the deepest inside, then the one with the fewest mistakes. `undefined` for a union of none.
 */
function likeliestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const cost = (branch: readonly Issue[]): readonly number[] => [
    branch.reduce(
      (sum, issue) => sum + (issue.code === 'unrecognized_keys' && !issue.path.length ? issue.keys.length : 0),
      0,
    ),
    branch.some((issue) => issue.path.length === 0 && issue.code === 'invalid_type') ? 1 : 0,
    branch.length,
  ];
  return branches.toSorted((a, b) => compare(cost(a), cost(b)))[0];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, index) => number !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/** Every key that the schema allows at a path, over all alternatives of a union. */
function keysAt(schema: z.core.$ZodType, path: YamlPath): Set<string> {
  const keys = new Set<string>();
  for (const inner of unwrapped(schema)) {
    const { def } = inner._zod;
    const [step, ...rest] = path;
    if (def.type === 'object') {
      if (step === undefined) for (const key of Object.keys(def.shape)) keys.add(key);
      const next = step === undefined ? undefined : def.shape[String(step)];
      if (next) for (const key of keysAt(next, rest)) keys.add(key);
    } else if (def.type === 'array' && step !== undefined) {
      for (const key of keysAt(def.element, rest)) keys.add(key);
    } else if (def.type === 'record' && step !== undefined) {
      for (const key of keysAt(def.valueType, rest)) keys.add(key);
    }
  }
  return keys;
}

/** The schemas that stand behind defaults, optionals, unions and the like. */
function unwrapped(schema: z.core.$ZodType): z.core.$ZodTypes[] {
  const known = schema as z.core.$ZodTypes;
  const { def } = known._zod;
  if (def.type === 'union') return def.options.flatMap(unwrapped);
  if (def.type === 'lazy') return unwrapped(def.getter());
  if (def.type === 'pipe') return unwrapped(def.in);
  if (def.type === 'intersection') return [...unwrapped(def.left), ...unwrapped(def.right)];
  if ('innerType' in def) return unwrapped(def.innerType);
  return [known];
}

function tipFor(key: string, allowed: readonly string[]): string {
  const close = nearest(key, allowed);
  if (close !== undefined) return `Did you mean ${label(close)}?`;
  return allowed.length > 0 ? `Known here: ${allowed.map(label).join(', ')}.` : 'Remove it.';
}

function valueAt(root: unknown, path: YamlPath): unknown {
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
