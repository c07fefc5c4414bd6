import { ChartproofError, nearest, type PlaceOf, type Problem, type YamlPath } from '../base/index.ts';
import { compileExpression } from './expression.ts';
import { expressionNames } from './expression-names.ts';
import type { Protocol } from './schema.ts';

/** What an expression may name: the elements of its focus (with theirs, where they are known) and the `%variables`. */
export interface Names {
  readonly focus: Readonly<Record<string, readonly string[] | undefined>>;
  readonly variables: readonly string[];
}

/** Gathers the problems of a protocol, each with its place. */
export class Checker {
  readonly problems: Problem[] = [];
  readonly #placeOf: PlaceOf;

  constructor(placeOf: PlaceOf) {
    this.#placeOf = placeOf;
  }

  add(path: YamlPath, code: string, message: string, tip?: string): void {
    const place = this.#placeOf(path);
    this.problems.push({ code: `protocol.${code}`, message, place, ...(tip === undefined ? {} : { tip }) });
  }

  /** The name is one of those known. */
  known(path: YamlPath, what: string, name: string, known: readonly string[]): boolean {
    if (known.includes(name)) return true;
    const near = nearest(name, known);
    this.add(
      path,
      'unknown-name',
      `There is no ${what} \`${name}\`.`,
      near ? `Did you mean \`${near}\`?` : `There is: ${known.join(', ') || 'none'}.`,
    );
    return false;
  }

  /** No two things of a list have the same id. */
  unique(list: readonly { readonly id: string }[], path: YamlPath): void {
    for (const [at, { id }] of list.entries()) {
      if (list.findIndex((other) => other.id === id) === at) continue;
      this.add([...path, at, 'id'], 'duplicate-id', `\`${id}\` is there twice.`, 'Give each its own id.');
    }
  }

  /** The expression compiles, and every name in it that can be checked is known. */
  expression(path: YamlPath, text: string, names: Names): void {
    try {
      compileExpression(text);
    } catch (error) {
      if (!(error instanceof ChartproofError)) throw error;
      this.add(path, 'expression', error.message, error.tip);
      return;
    }
    const used = expressionNames(text);
    for (const variable of used.variables) this.known(path, 'variable', variable, names.variables);
    for (const [first, second] of used.paths) {
      if (!this.known(path, 'name', first, Object.keys(names.focus))) continue;
      const inner = names.focus[first];
      if (second !== undefined && inner) this.known(path, `field of \`${first}\``, second, inner);
    }
  }

  /** An exclusion by reviewer: its instrument is there and its expression speaks of the instrument's fields. */
  reviewer(
    protocol: Protocol,
    { instrument, when }: { readonly instrument: string; readonly when: string },
    path: YamlPath,
  ): void {
    const ids = protocol.instruments.map((one) => one.id);
    if (!this.known([...path, 'instrument'], 'instrument', instrument, ids)) return;
    this.expression([...path, 'when'], when, {
      focus: recordNames(protocol, instrument),
      variables: ['person', 'study'],
    });
  }
}

/** The elements of one record: its fields, and `field_missing` for each. */
export function recordNames(protocol: Protocol, instrument: string): Names['focus'] {
  const fields = protocol.instruments.find((one) => one.id === instrument)?.fields ?? [];
  return Object.fromEntries(
    fields.flatMap(({ id }) => [[id, undefined] as const, [`${id}_missing`, undefined] as const]),
  );
}
