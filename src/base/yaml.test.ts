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

  test('follows aliases', () => {
    const { placeOf } = readYaml('id: a\nmany:\n  a: &one { label: A }\n  b: *one\n', 'f.yaml', schema, 'room');
    expect(placeOf(['many', 'b', 'label'])).toEqual({ file: 'f.yaml', line: 3, column: 20 });
  });

  test('what is no YAML, is told so', () => {
    expect(told('id: [a\n')[0]).toMatch(/^f\.yaml:2:1 room\.yaml-syntax /);
    expect(told('id: a\nid: b\n')[0]).toMatch(/^f\.yaml:2:1 room\.yaml-syntax .*unique/);
    expect(told('id: *nothing\n')[0]).toMatch(/room\.yaml-syntax/);
    expect(told('')).toEqual(['f.yaml:1:1 room.wrong-type The file is empty; it should be a map of keys and values.']);
  });
});
