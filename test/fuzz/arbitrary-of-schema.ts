/** What a schema of the contract lets in, and what it does not, as arbitraries of fast-check. */
import fc from 'fast-check';
import { z } from 'zod';
import { hostileText } from './hostile-text.ts';

/** What is really there, by the name of the property that has it: `study`, `subject`, `note`, ... */
export type Known = Readonly<Record<string, readonly string[]>>;

/** The part of JSON Schema that the contract is made of. */
interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Anything that JSON can say, with hostile texts, huge numbers and names that objects have of their own. */
export const garbage: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1e308, Number.MAX_SAFE_INTEGER + 2, 0.1, '', [], {}, { ['__proto__']: { a: 1 } }),
  hostileText,
  fc.jsonValue({ maxDepth: 3 }),
);

/**
 * Values of a schema, most of them good: what is `known` by the name of its property, or anything in the form that is asked;
 * now and then a part is {@link garbage}, is missing, or is one too many.
 */
export function arbitraryOf(schema: z.ZodType, known: Known): fc.Arbitrary<unknown> {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return partOf(json, '', known);
}

function partOf(schema: JsonSchema, name: string, known: Known): fc.Arbitrary<unknown> {
  const good = goodOf(schema, name, known);
  const real = known[name];
  return fc.oneof(
    { weight: 12, arbitrary: good },
    { weight: 1, arbitrary: garbage },
    ...(real && schema.type === 'string' ? [{ weight: 120, arbitrary: fc.constantFrom(...real) }] : []),
    ...(real && schema.type === 'integer' ? [{ weight: 120, arbitrary: fc.constantFrom(...real).map(Number) }] : []),
  );
}

function goodOf(schema: JsonSchema, name: string, known: Known): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return fc.oneof(...either.map((one) => partOf(one, name, known)));
  if (schema.allOf) return goodOf(Object.assign({}, ...schema.allOf) as JsonSchema, name, known);
  switch (schema.type) {
    case 'object':
      return objectOf(schema, known);
    case 'array':
      return fc.array(partOf(schema.items ?? {}, name, known), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 5, 5),
      });
    case 'string':
      return textOf(schema);
    case 'integer':
      return fc.oneof(fc.integer(boundsOf(schema)), fc.maxSafeInteger().filter(isWithin(schema)));
    case 'number':
      return fc.oneof(fc.integer(boundsOf(schema)), fc.double({ ...boundsOf(schema), noNaN: true }));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return garbage;
  }
}

function objectOf(schema: JsonSchema, known: Known): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
  const named = fc.record(
    Object.fromEntries(Object.entries(properties).map(([key, part]) => [key, partOf(part, key, known)])),
    { requiredKeys: required.filter((key) => key in properties) },
  );
  const extra =
    typeof additionalProperties === 'object'
      ? fc.dictionary(keysOf(propertyNames ?? {}), partOf(additionalProperties, '', known), { maxKeys: 4 })
      : fc.oneof({ weight: 20, arbitrary: fc.constant({}) }, fc.dictionary(hostileText, garbage, { maxKeys: 2 }));
  const whole = fc.tuple(extra, named).map(([more, own]) => ({ ...more, ...own }));
  const keys = Object.keys(properties);
  if (keys.length === 0) return whole;
  // One of twenty lacks a key that it should have.
  const lacking = fc.tuple(whole, fc.constantFrom(...keys)).map(([of, key]) => ({ ...of, [key]: undefined }));
  return fc.oneof({ weight: 19, arbitrary: whole }, lacking);
}

function keysOf(schema: JsonSchema): fc.Arbitrary<string> {
  return schema.pattern === undefined ? hostileText : fc.stringMatching(new RegExp(schema.pattern));
}

function textOf({ pattern, minLength = 0, maxLength = 1_000 }: JsonSchema): fc.Arbitrary<string> {
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern)).map((text) => text.slice(0, maxLength));
  return hostileText.map((text) => text.padEnd(minLength, text || 'x').slice(0, Math.max(maxLength, minLength)));
}

function boundsOf({ minimum = -1e9, maximum = 1e9 }: JsonSchema): { min: number; max: number } {
  return { min: Math.max(minimum, -1e9), max: Math.min(Math.max(maximum, minimum), 1e9) };
}

function isWithin({ minimum = -Infinity, maximum = Infinity }: JsonSchema): (value: number) => boolean {
  return (value) => value >= minimum && value <= maximum;
}
