import type { z } from 'zod';
import type { YamlPath } from './yaml-place.ts';

/** Every key that the schema allows at a path; of a union, the keys of the alternatives that the value is most like. */
export function keysAt(schema: z.core.$ZodType, path: YamlPath, value: unknown): Set<string> {
  const keys = new Set<string>();
  const [step, ...rest] = path;
  for (const { _zod } of likest(unwrapped(schema), value)) {
    const { def } = _zod;
    if (step === undefined) {
      if (def.type === 'object') for (const key of Object.keys(def.shape)) keys.add(key);
      continue;
    }
    const next = inner(def, step);
    if (next) for (const key of keysAt(next, rest, member(value, step))) keys.add(key);
  }
  return keys;
}

function inner(def: z.core.$ZodTypes['_zod']['def'], step: PropertyKey): z.core.$ZodType | undefined {
  if (def.type === 'object') return def.shape[String(step)];
  if (def.type === 'array') return def.element;
  return def.type === 'record' ? def.valueType : undefined;
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

/** The alternatives that least contradict a map: by a literal such as `type: date`, then by how many of its keys they lack, then by how many of theirs it lacks. */
function likest(alternatives: readonly z.core.$ZodTypes[], value: unknown): readonly z.core.$ZodTypes[] {
  if (alternatives.length < 2 || value === null || typeof value !== 'object' || Array.isArray(value))
    return alternatives;
  const costs = alternatives.map((alternative) => cost(alternative, value));
  const least = Math.min(...costs);
  return alternatives.filter((_, at) => costs[at] === least);
}

const CONTRADICTION = 1000;

function cost({ _zod: { def } }: z.core.$ZodTypes, value: object): number {
  if (def.type !== 'object') return Number.POSITIVE_INFINITY;
  const missing = Object.entries(def.shape).filter(([key, { _zod }]) => !(key in value) && _zod.optin !== 'optional');
  return Object.entries(value).reduce((sum, [key, held]) => {
    const schema = (def.shape[key] as z.core.$ZodTypes | undefined)?._zod.def;
    if (!schema) return sum + 1;
    return schema.type === 'literal' && !schema.values.includes(held) ? sum + CONTRADICTION : sum;
  }, missing.length / CONTRADICTION);
}

function member(value: unknown, step: PropertyKey): unknown {
  return value !== null && typeof value === 'object' ? (value as Record<PropertyKey, unknown>)[step] : undefined;
}
