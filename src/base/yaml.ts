/**
 * Files that people write, read so that every mistake is told at its place, all at once:
 *
 *     const { value, problems, placeOf } = readYaml(text, 'protocol.yaml', protocolSchema, 'protocol');
 *
 * `value` is there when the text is YAML and fits the zod schema. Checks that a schema cannot do (a name that refers to
 * nothing) come after it and take their places from `placeOf(['arms', 0, 'criterion', 'drug'])`.
 */
import { isDeepStrictEqual } from 'node:util';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Problem } from './errors.ts';
import { offsetOf, type PlaceOf, placeAt, repeatedKeys, type YamlPath } from './yaml-place.ts';
import { inFileOrder, problemsOf } from './yaml-problems.ts';
import { soundPart } from './yaml-sound-part.ts';

/** `value` is `undefined` exactly when there are problems. */
export interface YamlReading<Value> {
  readonly value: Value | undefined;
  readonly problems: readonly Problem[];
  readonly placeOf: PlaceOf;
  /** What fits the schema of a file that has problems, for further checks; its places come from its own `placeOf`. */
  readonly sound?: { readonly value: Value; readonly leftOut: ReadonlySet<string>; readonly placeOf: PlaceOf };
}

/**
 * Reads YAML 1.2 text against a schema. `room` begins the codes of the problems: `protocol.unknown-key`,
 * `.missing-key`, `.wrong-type`, `.not-allowed`, `.yaml-syntax`. `fallbacks` stand in for parts at the top that are
 * missing or wrong, so that the rest of a faulty file can be checked. Never throws for what is in the text.
 */
export function readYaml<Schema extends z.ZodType>(
  text: string,
  file: string,
  schema: Schema,
  room: string,
  fallbacks: Readonly<Record<string, unknown>> = {},
): YamlReading<z.output<Schema>> {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false,
  });
  const at = (offset: number) => placeAt(lines, file, offset);
  const placeOf: PlaceOf = (path, what = 'value') => at(offsetOf(document, path, what));
  const failed = (problems: readonly Problem[]) => ({ value: undefined, problems, placeOf });

  const notYaml = (message: string, offset: number) => ({
    code: `${room}.yaml-syntax`,
    message: `This is not YAML: ${message}`,
    place: at(offset),
  });
  const syntax = inFileOrder([
    ...document.errors.map(({ message, pos }) => notYaml(message.replace(/;? please use YAML\.parse\S+$/, ''), pos[0])),
    ...repeatedKeys(document).map((offset) => notYaml('Map keys must be unique', offset)),
  ]);
  // The parser may complain of one place twice.
  if (syntax.length > 0) return failed(syntax.filter((one, at) => !isDeepStrictEqual(one, syntax[at - 1])));
  let plain: unknown;
  try {
    plain = document.toJS();
  } catch {
    // Only an alias can fail here: of nothing, or of so many that they would fill the memory.
    return failed([{ code: `${room}.yaml-syntax`, message: 'An alias (*name) cannot be followed.', place: at(0) }]);
  }
  const circle = circleIn(plain);
  if (circle) {
    const message = 'An alias (*name) stands within the part that it names.';
    return failed([{ code: `${room}.yaml-syntax`, message, place: placeOf(circle) }]);
  }
  const parsed = schema.safeParse(plain);
  if (parsed.success) return { value: parsed.data, problems: [], placeOf };
  const reading = failed(problemsOf(parsed.error.issues, plain, schema, placeOf, room));
  const sound = soundPart(plain, schema, fallbacks);
  if (!sound) return reading;
  const { value, leftOut, pathInFile } = sound;
  return { ...reading, sound: { value, leftOut, placeOf: (path, what) => placeOf(pathInFile(path), what) } };
}

/** The path to a value that is one of those around it. */
function circleIn(value: unknown, path: YamlPath = [], around: readonly object[] = []): YamlPath | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  if (around.includes(value)) return path;
  for (const [key, inner] of Object.entries(value)) {
    const found = circleIn(inner, [...path, key], [...around, value]);
    if (found) return found;
  }
  return undefined;
}
