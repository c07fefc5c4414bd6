import type { z } from 'zod';
import type { YamlPath } from './yaml-place.ts';
import { likeliestBranch, valueAt } from './yaml-problems.ts';

type Issue = z.core.$ZodIssue;

/** What of a file fits the schema once the parts with mistakes are left out. */
export interface SoundPart<Value> {
  readonly value: Value;
  /** Names that stand in what was left out: others may refer to them. */
  readonly leftOut: ReadonlySet<string>;
  /** Where in the file a part of `value` stands. */
  pathInFile(path: YamlPath): YamlPath;
}

/** The list in `value` and, for each of its items, the index in the file. */
type Origins = WeakMap<readonly unknown[], readonly number[]>;

/**
 * Leaves out what the schema finds wrong, and what is wrong without it, until the rest fits; `undefined` where nothing
 * is left. With the rest, checks beyond the schema can tell their mistakes at once with those of the schema. What must
 * stand at the top and does not is taken from `fallbacks`.
 */
export function soundPart<Schema extends z.ZodType>(
  plain: unknown,
  schema: Schema,
  fallbacks: Readonly<Record<string, unknown>> = {},
): SoundPart<z.output<Schema>> | undefined {
  const removed = new Map<string, YamlPath>();
  const filled: Record<string, unknown> = {};
  for (;;) {
    const origins: Origins = new WeakMap();
    const rest = withFallbacks(without(plain, [], removed, origins), filled);
    const parsed = schema.safeParse(rest);
    if (parsed.success) {
      return {
        value: parsed.data,
        leftOut: new Set([
          ...namesOf(filled),
          ...[...removed.values()].flatMap((path) => namesOf(valueAt(plain, path), path)),
        ]),
        pathInFile: (path) => inFile(rest, path, origins),
      };
    }
    const before = removed.size + Object.keys(filled).length;
    for (const path of culprits(parsed.error.issues, rest)) {
      const [top] = path;
      if (top === undefined) return undefined;
      if (path.length === 1 && valueAt(rest, path) === undefined) {
        if (!Object.hasOwn(fallbacks, top)) return undefined;
        filled[String(top)] = fallbacks[String(top)];
        continue;
      }
      const original = inFile(rest, path, origins);
      removed.set(JSON.stringify(original), original);
    }
    if (removed.size + Object.keys(filled).length === before) return undefined;
  }
}

/** The paths that have to go: unknown keys, wrong values, and what lacks a key. */
function culprits(issues: readonly Issue[], root: unknown): YamlPath[] {
  return issues.flatMap((issue) => {
    const { path } = issue;
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...path, key]);
    const branch = issue.code === 'invalid_union' ? likeliestBranch(issue.errors) : undefined;
    if (branch) {
      return culprits(
        branch.map((inner) => ({ ...inner, path: [...path, ...inner.path] }) as Issue),
        root,
      );
    }
    return [valueAt(root, path) === undefined && path.length > 1 ? path.slice(0, -1) : path];
  });
}

function withFallbacks(rest: unknown, filled: Readonly<Record<string, unknown>>): unknown {
  return rest !== null && typeof rest === 'object' && !Array.isArray(rest) ? { ...rest, ...filled } : rest;
}

function without(value: unknown, path: YamlPath, removed: ReadonlyMap<string, YamlPath>, origins: Origins): unknown {
  const stays = (key: PropertyKey): boolean => !removed.has(JSON.stringify([...path, key]));
  if (Array.isArray(value)) {
    const indices = [...value.keys()].filter(stays);
    const list = indices.map((index) => without(value[index], [...path, index], removed, origins));
    origins.set(list, indices);
    return list;
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => stays(key))
      .map(([key, inner]) => [key, without(inner, [...path, key], removed, origins)]),
  );
}

function inFile(root: unknown, path: YamlPath, origins: Origins): YamlPath {
  let value = root;
  return path.map((step) => {
    const original = Array.isArray(value) ? (origins.get(value)?.[Number(step)] ?? step) : step;
    value = valueAt(value, [step]);
    return original;
  });
}

/** The keys on the way to a value, and every key and every short text in it. */
function namesOf(value: unknown, path: YamlPath = []): string[] {
  const here = path.filter((step) => typeof step === 'string');
  if (typeof value === 'string') return [...here, value];
  if (value === null || typeof value !== 'object') return here;
  return [...here, ...Object.entries(value).flatMap(([key, inner]) => [key, ...namesOf(inner)])];
}
