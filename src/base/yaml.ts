/**
 * Files that people write, read so that every mistake is told at its place, all at once:
 *
 *     const { value, problems, placeOf } = readYaml(text, 'protocol.yaml', protocolSchema, 'protocol');
 *
 * `value` is there when the text is YAML and fits the zod schema. Checks that a schema cannot do (a name that refers to
 * nothing) come after it and take their places from `placeOf(['arms', 0, 'criterion', 'drug'])`.
 */
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Problem } from './errors.ts';
import { offsetOf, type PlaceOf, placeAt } from './yaml-place.ts';
import { problemsOf } from './yaml-problems.ts';

/** `value` is `undefined` exactly when there are problems. */
export interface YamlReading<Value> {
  readonly value: Value | undefined;
  readonly problems: readonly Problem[];
  readonly placeOf: PlaceOf;
}

/**
 * Reads YAML 1.2 text against a schema. `room` begins the codes of the problems: `protocol.unknown-key`,
 * `.missing-key`, `.wrong-type`, `.not-allowed`, `.yaml-syntax`. Never throws for what is in the text.
 */
export function readYaml<Schema extends z.ZodType>(
  text: string,
  file: string,
  schema: Schema,
  room: string,
): YamlReading<z.output<Schema>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => placeAt(lines, file, offset);
  const placeOf: PlaceOf = (path, what = 'value') => at(offsetOf(document, path, what));
  const failed = (problems: readonly Problem[]) => ({ value: undefined, problems, placeOf });

  const syntax = document.errors.map(({ message, pos }) => ({
    code: `${room}.yaml-syntax`,
    message: `This is not YAML: ${message}`,
    place: at(pos[0]),
  }));
  if (syntax.length > 0) return failed(syntax);
  let plain: unknown;
  try {
    plain = document.toJS();
  } catch {
    // Only an alias can fail here: of nothing, or of so many that they would fill the memory.
    return failed([{ code: `${room}.yaml-syntax`, message: 'An alias (*name) cannot be followed.', place: at(0) }]);
  }
  const parsed = schema.safeParse(plain);
  if (!parsed.success) return failed(problemsOf(parsed.error.issues, plain, schema, placeOf, room));
  return { value: parsed.data, problems: [], placeOf };
}
