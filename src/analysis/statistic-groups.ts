import type { Protocol } from '../protocol/index.ts';
import { type DataSet, type SubjectData, singleOf } from './data-set.ts';

/** The values that put subjects in groups, in the order of print; a value that is not among them belongs to no group. */
export interface Grouping {
  readonly values: readonly string[];
  labelOf(value: string): string;
}

/** The one value of an expression for a subject as text: `true`, `severe`, `3`; undefined where it is not known. */
export function textValue({ protocol }: DataSet, text: string, one: SubjectData): string | undefined {
  const value = singleOf(protocol, text, one);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : undefined;
}

/**
 * The groups that an expression makes of subjects, whose values of it are given: those asked for, else those found, in the
 * order of the field's choices or of the response categories where the expression is one of those, else no before yes, by
 * number, by alphabet.
 */
export function groupingOf(
  data: DataSet,
  text: string,
  values: Iterable<string | undefined>,
  asked?: readonly (string | boolean)[],
): Grouping {
  const choices = choicesOf(data.protocol, text);
  const found = new Set(values);
  const known = choices.map(({ code }) => code).filter((code) => found.has(code));
  const others = [...found].flatMap((one) => (one === undefined || known.includes(one) ? [] : one)).toSorted(inOrder);
  const labels = new Map(choices.map(({ code, label }) => [code, label]));
  const distinct = new Set(labels.values()).size === labels.size;
  return {
    values: asked?.map(String) ?? [...known, ...others],
    labelOf: (value) => (distinct ? labels.get(value) : undefined) ?? YES_NO[value] ?? value,
  };
}

const YES_NO: Readonly<Record<string, string>> = { true: 'yes', false: 'no' };

function choicesOf(protocol: Protocol, text: string): readonly { readonly code: string; readonly label: string }[] {
  const [, first, second] = /^\s*(\w+)\.(\w+)\s*$/.exec(text) ?? [];
  if (first === 'response' && second === 'category') return protocol.response?.categories ?? [];
  const field = protocol.instruments.find(({ id }) => id === first)?.fields.find(({ id }) => id === second);
  return field?.type === 'choice' ? field.choices : [];
}

function inOrder(a: string, b: string): number {
  const numbers = Number(a) - Number(b);
  if (!Number.isNaN(numbers)) return numbers;
  return a < b ? -1 : 1;
}
