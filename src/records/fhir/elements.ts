/**
 * Reading elements of a resource that nobody has checked. An element that is absent is `undefined`; one of another kind
 * than FHIR says is refused, so that nothing is dropped in silence.
 */
import { Refusal } from '../quarantine-reasons.ts';

/** A resource or an element of one, as JSON gives it. */
export type Fhir = Readonly<Record<string, unknown>>;

export function isFhir(value: unknown): value is Fhir {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The object at `name`. */
export function objectAt(parent: Fhir | undefined, name: string): Fhir | undefined {
  const value = parent?.[name];
  if (value === undefined || value === null) return undefined;
  if (!isFhir(value)) throw new Refusal('fhir.wrong-shape', name);
  return value;
}

const NONE: readonly never[] = [];

/** The objects of the list at `name`. */
export function listAt(parent: Fhir | undefined, name: string): readonly Fhir[] {
  const value = parent?.[name];
  if (value === undefined || value === null) return NONE;
  if (!Array.isArray(value)) throw new Refusal('fhir.wrong-shape', name);
  for (const item of value) if (!isFhir(item)) throw new Refusal('fhir.wrong-shape', name);
  return value;
}

/** The texts of the list at `name`, such as the given names. */
export function textsAt(parent: Fhir | undefined, name: string): readonly string[] {
  const value = parent?.[name];
  if (value === undefined || value === null) return NONE;
  if (!Array.isArray(value)) throw new Refusal('fhir.wrong-shape', name);
  // FHIR pads such lists with null where an item has only extensions.
  return value.filter((item) => {
    if (item !== null && typeof item !== 'string') throw new Refusal('fhir.wrong-shape', name);
    return item !== null && item !== '';
  });
}

/** The text at `name`; `undefined` where it is empty. */
export function textAt(parent: Fhir | undefined, name: string): string | undefined {
  const value = parent?.[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw new Refusal('fhir.wrong-shape', name);
  return value;
}

export function numberAt(parent: Fhir | undefined, name: string): number | undefined {
  const value = parent?.[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number') throw new Refusal('fhir.wrong-shape', name);
  return value;
}

export function booleanAt(parent: Fhir | undefined, name: string): boolean | undefined {
  const value = parent?.[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'boolean') throw new Refusal('fhir.wrong-shape', name);
  return value;
}

/** A whole number that a column of 32 bits can hold; `undefined` where it is none. */
export function integerAt(parent: Fhir | undefined, name: string): number | undefined {
  const value = numberAt(parent, name);
  return value !== undefined && Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? value : undefined;
}
