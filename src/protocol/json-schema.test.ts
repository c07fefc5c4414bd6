import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { GOUT } from './gout.test-support.ts';
import { protocolJsonSchema } from './parse.ts';

interface Schema {
  readonly $schema?: string;
  readonly $ref?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const schema = protocolJsonSchema() as Schema;
const FILE = new URL('../../docs/schema/protocol.schema.json', import.meta.url);

/** The schema and all alternatives of it, references followed. */
function alternatives(one: Schema): readonly Schema[] {
  const named = one.$ref?.replace('#/definitions/', '');
  const target = named === undefined ? undefined : schema.definitions?.[named];
  const more = [...(target ? [target] : []), ...(one.anyOf ?? []), ...(one.oneOf ?? []), ...(one.allOf ?? [])];
  return [one, ...more.flatMap(alternatives)];
}

/** What an editor offers for a value: the keys, each with what it is told of. */
function offered(one: readonly Schema[]): Map<string, Schema[]> {
  const keys = new Map<string, Schema[]>();
  for (const { properties } of one.flatMap(alternatives))
    for (const [key, value] of Object.entries(properties ?? {})) keys.set(key, [...(keys.get(key) ?? []), value]);
  return keys;
}

/** Keys of a value, at any depth, that an editor would not offer there. */
function notOffered(value: unknown, one: readonly Schema[], path = ''): string[] {
  const all = one.flatMap(alternatives);
  if (Array.isArray(value)) {
    const items = all.flatMap(({ items: item }) => item ?? []);
    return value.flatMap((inner, at) => notOffered(inner, items, `${path}.${at}`));
  }
  if (value === null || typeof value !== 'object') return [];
  const keys = offered(one);
  const free = all.flatMap(({ additionalProperties: rest }) => (typeof rest === 'object' ? rest : []));
  return Object.entries(value).flatMap(([key, inner]) => {
    const next = keys.get(key) ?? free;
    return next.length === 0 ? [`${path}.${key}`] : notOffered(inner, next, `${path}.${key}`);
  });
}

/** Whether it is told what a key is for, beside the reference or where it leads. */
function described({ $ref, description }: Schema): boolean {
  const target = $ref === undefined ? undefined : schema.definitions?.[$ref.replace('#/definitions/', '')];
  return (description ?? target?.description) !== undefined;
}

function undescribed(one: Schema, path: string): string[] {
  const own = Object.entries(one.properties ?? {}).flatMap(([key, value]) => [
    ...(described(value) ? [] : [`${path}.${key}`]),
    ...undescribed(value, `${path}.${key}`),
  ]);
  const rest = typeof one.additionalProperties === 'object' ? [one.additionalProperties] : [];
  const inner = [
    ...rest,
    ...(one.items ? [one.items] : []),
    ...(one.anyOf ?? []),
    ...(one.oneOf ?? []),
    ...(one.allOf ?? []),
  ];
  const definitions = Object.values(one.definitions ?? {});
  return [...own, ...[...inner, ...definitions].flatMap((next) => undescribed(next, path))];
}

describe('the JSON Schema of a protocol', () => {
  test('[R29] is published as it is', () => {
    const renew = 'npm run --silent chartproof -- protocol schema > docs/schema/protocol.schema.json';
    expect(readFileSync(FILE, 'utf8'), `docs/schema/protocol.schema.json is not current. Renew it:\n  ${renew}`).toBe(
      `${JSON.stringify(schema, null, 2)}\n`,
    );
  });

  test('[R29] is of the draft that editors know, and every key in it is described', () => {
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
    expect(undescribed(schema, '')).toEqual([]);
  });

  test('[R29] offers every key of a study, criteria within criteria too', () => {
    const study = parse(GOUT) as Record<string, unknown>;
    expect(notOffered(study, [schema])).toEqual([]);
    expect(
      notOffered({ arms: [{ criterion: { all: [{ any: [{ none: [{ drug: 'x', rotes: [] }] }] }] } }] }, [schema]),
    ).toEqual(['.arms.0.criterion.all.0.any.0.none.0.rotes']);
    const top = offered([schema]);
    expect([...top.keys()].slice(0, 5)).toEqual(['chartproof', 'id', 'version', 'title', 'question']);
    expect(top.get('arms')?.[0]?.description).toMatch(/patients are found/);
  });
});
