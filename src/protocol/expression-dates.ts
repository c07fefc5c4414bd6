import fhirpath from 'fhirpath';
import { type PartialDate, parsePartialDate } from '../base/index.ts';

const cache = new Map<string, unknown>();
const CACHE_SIZE = 50_000;

/** Text that stays text although it may look like a date: the lot number `2012`. */
export class PlainText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A focus of which many expressions are asked: its dates are looked for once. It must not change any more. */
export class PreparedFocus {
  /** As FHIRPath takes it. */
  readonly value: unknown;

  constructor(focus: unknown) {
    this.value = withDates(focus);
  }
}

/** The value with every partial date in it, at any depth, as FHIRPath's own kind of date. */
export function withDates(value: unknown): unknown {
  if (typeof value === 'string') return startsWithDigit(value) && parsePartialDate(value) ? dateOf(value) : value;
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof PlainText) return value.text;
  if (value instanceof PreparedFocus) return value.value;
  if (Array.isArray(value)) return value.map(withDates);
  const dated: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) dated[key] = withDates(inner);
  return dated;
}

function startsWithDigit(text: string): boolean {
  return text.charCodeAt(0) >= 0x30 && text.charCodeAt(0) <= 0x39;
}

/** What FHIRPath answers with, as plain text, numbers and booleans. */
export function withoutDates(value: unknown): unknown {
  return isFhirpathDate(value) ? String(value) : fhirpath.resolveInternalTypes(value);
}

/** The text of a date as FHIRPath holds it, or of plain text; `undefined` where it is no date. */
export function dateText(value: unknown): PartialDate | undefined {
  if (typeof value !== 'string' && !isFhirpathDate(value)) return undefined;
  return parsePartialDate(String(value));
}

function dateOf(text: string): unknown {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const [date] = fhirpath.evaluate({}, `@${text}`, undefined, undefined, { resolveInternalTypes: false }) as unknown[];
  if (cache.size < CACHE_SIZE) cache.set(text, date);
  return date;
}

function isFhirpathDate(value: unknown): boolean {
  return value !== null && typeof value === 'object' && 'timeMatchData' in value;
}
