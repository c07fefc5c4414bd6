import { isDeepStrictEqual } from 'node:util';
import {
  ChartproofError,
  nearest,
  type PlaceOf,
  type Problem,
  parsePartialDate,
  type YamlPath,
} from '../base/index.ts';
import { compileExpression } from './expression.ts';
import { expressionNames, type NamePath } from './expression-names.ts';
import { forbiddenFunctions, knownFunctions } from './expression-vocabulary.ts';
import type { Protocol } from './schema.ts';

/** Names and, where they are known, the names of what they hold, and so on. */
export interface NameTree {
  readonly [name: string]: readonly string[] | NameTree | undefined;
}

/** What an expression may name: the elements of its focus and the `%variables`. */
export interface Names {
  readonly focus: NameTree;
  readonly variables: NameTree;
}

/** What `%person` and `%study` hold. */
export const PERSON = ['sex', 'birthDate'];
export const STUDY = ['start', 'end'];

/** The names of the term sets that a protocol may name besides its own; `any` where they were checked before. */
export type OtherTermSets = readonly string[] | 'any';

const MANY = 20;

/** Gathers the problems of a protocol, each with its place. */
export class Checker {
  readonly problems: Problem[] = [];
  /** The term sets outside of the protocol that its queries may name. */
  readonly termSets: OtherTermSets;
  readonly #placeOf: PlaceOf;

  constructor(placeOf: PlaceOf, termSets: OtherTermSets = []) {
    this.#placeOf = placeOf;
    this.termSets = termSets;
  }

  add(path: YamlPath, code: string, message: string, tip?: string): void {
    const place = this.#placeOf(path);
    // An alias (`choices: *sites`) or a name used twice would tell the same mistake again.
    if (this.problems.some((one) => one.message === message && isDeepStrictEqual(one.place, place))) return;
    this.problems.push({ code: `protocol.${code}`, message, place, ...(tip === undefined ? {} : { tip }) });
  }

  /** The name is one of those known; `where` they are known ends the sentence: " in `visit`". */
  known(path: YamlPath, what: string, name: string, all: Iterable<string>, where = ''): boolean {
    const known = [...new Set(all)];
    if (known.includes(name)) return true;
    const near = nearest(name, known);
    this.add(
      path,
      'unknown-name',
      `There is no ${what} \`${name}\`${where}.`,
      near
        ? `Did you mean \`${near}\`?`
        : `There is: ${known.length > MANY ? `${known.slice(0, MANY).join(', ')} and others` : known.join(', ') || 'none'}.`,
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
    for (const one of used.functions) this.#function(path, one.name, one.arguments);
    for (const literal of used.literals) this.#literal(path, literal);
    this.#paths(path, 'variable', used.variables, names.variables);
    this.#paths(path, 'name', used.paths, names.focus);
  }

  #function(path: YamlPath, name: string, given: number): void {
    const reason = forbiddenFunctions[name];
    if (reason) {
      this.add(path, 'function', `A protocol must not call \`${name}()\`.`, reason);
      return;
    }
    if (!this.known(path, 'function', name, knownFunctions.keys())) return;
    const [least, most] = knownFunctions.get(name) ?? [0, 0];
    if (given >= least && given <= most) return;
    const wanted = least === most ? `${least}` : `${least} to ${most}`;
    this.add(path, 'function', `\`${name}()\` has ${given} arguments in its brackets.`, `It takes ${wanted}.`);
  }

  /** A date is one, and does not stand in quotes, where it would be text. */
  #literal(path: YamlPath, literal: string): void {
    if (/^@\d/.test(literal) && !parsePartialDate(literal.slice(1).replace(/T.*$/, '')))
      this.add(path, 'date', `\`${literal}\` is no date.`, 'A date is written @2012, @2012-03 or @2012-03-05.');
    const inside = literal.slice(1, -1);
    if (/^'\d{4}-/.test(literal) && parsePartialDate(inside))
      this.add(path, 'date', 'A date in quotes is text, not a date.', `Write @${inside}.`);
  }

  #paths(path: YamlPath, what: string, used: readonly NamePath[], names: NameTree): void {
    for (const [first, ...deeper] of used) {
      if (!this.known(path, what, first, Object.keys(names))) continue;
      let [inner, where] = [names[first], first];
      for (const name of deeper) {
        if (name === undefined || !inner) break;
        if (!this.known(path, 'name', name, isList(inner) ? inner : Object.keys(inner), ` in \`${where}\``)) break;
        [inner, where] = [isList(inner) ? undefined : inner[name], `${where}.${name}`];
      }
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
      variables: { person: PERSON, study: STUDY },
    });
  }
}

function isList(inner: NonNullable<NameTree[string]>): inner is readonly string[] {
  return Array.isArray(inner);
}

/** The elements of one record: its fields, and `field_missing` for each. */
export function recordNames(protocol: Protocol, instrument: string): NameTree {
  const fields = protocol.instruments.find((one) => one.id === instrument)?.fields ?? [];
  return Object.fromEntries(
    fields.flatMap(({ id }) => [[id, undefined] as const, [`${id}_missing`, undefined] as const]),
  );
}
