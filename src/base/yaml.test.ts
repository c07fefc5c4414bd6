import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { placeText } from './errors.ts';
import { readYaml } from './yaml.ts';

const leaf = z.strictObject({ drug: z.string(), routes: z.array(z.string()).optional() });
const schema = z.strictObject({
  id: z.string(),
  size: z.enum(['small', 'large']).optional(),
  many: z.record(z.string(), z.strictObject({ label: z.string(), count: z.int().default(1) })).default({}),
  criterion: z
    .union([z.strictObject({ condition: z.string() }), leaf, z.strictObject({ all: z.array(leaf) })])
    .optional(),
});

function told(text: string): string[] {
  return readYaml(text, 'f.yaml', schema, 'room').problems.map(
    ({ code, message, tip, place }) => `${place ? placeText(place) : '?'} ${code} ${message}${tip ? ` ${tip}` : ''}`,
  );
}

describe('readYaml', () => {
  test('gives the value with its defaults, and the places of its parts', () => {
    const { value, problems, placeOf } = readYaml('id: gout\nmany:\n  a: { label: A }\n', 'f.yaml', schema, 'room');
    expect(problems).toEqual([]);
    expect(value).toEqual({ id: 'gout', many: { a: { label: 'A', count: 1 } } });
    expect(placeOf(['many', 'a', 'label'])).toEqual({ file: 'f.yaml', line: 3, column: 15 });
    expect(placeOf(['many', 'a', 'label'], 'key')).toEqual({ file: 'f.yaml', line: 3, column: 8 });
    expect(placeOf(['many', 'a', 'nothing'])).toEqual({ file: 'f.yaml', line: 3, column: 6 });
    expect(placeOf([])).toEqual({ file: 'f.yaml', line: 1, column: 1 });
  });

  test('tells all mistakes at once, each at its place', () => {
    expect(told('size: lage\nidd: gout\nmany:\n  a:\n    labl: 1\n    count: two\n')).toEqual([
      'f.yaml:1:1 room.missing-key `id` is missing (text).',
      'f.yaml:1:7 room.not-allowed `size` is not one of those allowed. Did you mean `large`? Allowed: `small`, `large`.',
      'f.yaml:2:1 room.unknown-key `idd` is not known here. Did you mean `id`?',
      'f.yaml:5:5 room.missing-key `label` is missing (text).',
      'f.yaml:5:5 room.unknown-key `labl` is not known here. Did you mean `label`?',
      'f.yaml:6:12 room.wrong-type `many.a.count` is text; it should be a number.',
    ]);
  });

  test('a number where text belongs is told to be put in quotes', () => {
    expect(told('id: 709.3\n')).toEqual([
      'f.yaml:1:5 room.wrong-type `id` is a number; it should be text. Put it in quotes.',
    ]);
  });

  test('of a union, the alternative that was meant is explained', () => {
    expect(told('id: a\ncriterion: { drug: x, rotes: [oral] }\n')).toEqual([
      'f.yaml:2:23 room.unknown-key `rotes` is not known here. Did you mean `routes`?',
    ]);
    expect(told('id: a\ncriterion:\n  all:\n    - { drug: 1 }\n')).toEqual([
      'f.yaml:4:15 room.wrong-type `criterion.all.0.drug` is a number; it should be text. Put it in quotes.',
    ]);
  });

  test('of keys of another alternative, it is not said that they are meant', () => {
    expect(told('id: a\ncriterion: { condition: x, routes: [oral] }\n')).toEqual([
      'f.yaml:2:28 room.unknown-key `routes` is not known here. Known here: `condition`.',
    ]);
  });

  test('where a kind is missing or misspelled, the kinds are named', () => {
    const kinds = z.object({
      field: z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('date') }),
        z.strictObject({ type: z.literal('number'), unit: z.string() }),
      ]),
    });
    const of = (text: string) => readYaml(text, 'f', kinds, 'r').problems.map(({ message, tip }) => [message, tip]);
    expect(of('field: { type: dtae }')).toEqual([
      ['`field.type` is not one of those allowed.', 'Did you mean `date`? Allowed: `date`, `number`.'],
    ]);
    expect(of('field: { unit: mg }')).toEqual([['`type` is missing.', 'Allowed: `date`, `number`.']]);
    expect(of('field: { type: date, unit: mg }')).toEqual([['`unit` is not known here.', 'Known here: `type`.']]);
  });

  test('follows aliases', () => {
    const { placeOf } = readYaml('id: a\nmany:\n  a: &one { label: A }\n  b: *one\n', 'f.yaml', schema, 'room');
    expect(placeOf(['many', 'b', 'label'])).toEqual({ file: 'f.yaml', line: 3, column: 20 });
  });

  test('what is no YAML, is told so', () => {
    expect(told('id: [a\n')[0]).toMatch(/^f\.yaml:2:1 room\.yaml-syntax /);
    expect(told('id: a\nid: b\n')[0]).toMatch(/^f\.yaml:2:1 room\.yaml-syntax .*unique/);
    expect(told('id: *nothing\n')[0]).toMatch(/room\.yaml-syntax/);
    expect(told('a: 1\n---\nb: 2\n')[0]).toBe(
      'f.yaml:2:1 room.yaml-syntax This is not YAML: Source contains multiple documents',
    );
    expect(told('? [a]\n: 1\n')[0]).toMatch(/room\.yaml-syntax/);
    expect(told('id: &x [*x]\n')).toEqual([
      'f.yaml:1:9 room.yaml-syntax An alias (*name) stands within the part that it names.',
    ]);
    expect(told('')).toEqual(['f.yaml:1:1 room.wrong-type The file is empty; it should be a map of keys and values.']);
  });

  test('of a file with mistakes, what is sound is there for further checks, with its places', () => {
    const list = z.strictObject({ items: z.array(z.strictObject({ id: z.string(), size: z.int().optional() })) });
    const text = 'items:\n  - { id: 1 }\n  - { id: b, sise: 2 }\n  - { id: c, size: two }\n  - { id: d }\n';
    const { value, problems, sound } = readYaml(text, 'f', list, 'r');
    expect([value, problems.length]).toEqual([undefined, 3]);
    expect(sound?.value).toEqual({ items: [{ id: 'b' }, { id: 'c' }, { id: 'd' }] });
    expect([...(sound?.leftOut ?? [])].sort()).toEqual(['id', 'items', 'sise', 'size', 'two']);
    expect(sound?.placeOf(['items', 2, 'id'])).toEqual({ file: 'f', line: 5, column: 11 });
    expect(readYaml('items: 3', 'f', list, 'r').sound).toBeUndefined();
  });

  test('never throws, whatever the text', () => {
    const piece = fc.constantFrom(
      'id',
      'many',
      'criterion',
      ': ',
      '\n',
      '  ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '&a ',
      '*a',
      '"',
      "'",
      '709.3',
      '|',
      '#',
      '? ',
      '\0',
      '\t',
      'x',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece).map((pieces) => pieces.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          const { value, problems } = readYaml(text, 'f.yaml', schema, 'room');
          expect(value === undefined).toBe(problems.length > 0);
          expect(problems.every(({ place }) => (place?.line ?? 0) >= 1 && (place?.column ?? 0) >= 1)).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
