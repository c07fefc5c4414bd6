/** One record (an instrument filled in for one subject, one row) held against its instrument. Rules: `SPEC.md`. */
import { parsePartialDate } from '../base/index.ts';
import { compileExpression, type Environment, evaluateBoolean, evaluateSingle } from './expression.ts';
import { PlainText } from './expression-dates.ts';
import type { Field, Instrument, MissingKind } from './schema-instruments.ts';

/** What a field may hold. Choices are codes, dates partial dates. */
export type Scalar = string | number | boolean | readonly string[];
/** A value, or the statement that there is none. */
export type FieldValue = { readonly value: Scalar } | { readonly missing: MissingKind };
/** A field that a reviewer fills in. */
type EnteredField = Exclude<Field, { readonly type: 'computed' }>;
/** By field id. */
export type RecordValues = Readonly<Record<string, FieldValue>>;

/** Something wrong with one field. The message names the rule, never the value. */
export interface FieldProblem {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

export interface RecordVerdict {
  /** Ids of the fields that are asked. */
  readonly visible: ReadonlySet<string>;
  /** The values of computed fields; absent where they cannot be worked out. */
  readonly computed: Readonly<Record<string, Scalar>>;
  readonly problems: readonly FieldProblem[];
  /** Visible required fields that hold neither a value nor a missing kind. */
  readonly unanswered: readonly string[];
}

/** The record as an expression sees it: field id to plain value; `field_missing` to the kind of what is missing. */
export function focusOf(values: RecordValues): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([field, held]) =>
      'value' in held ? [field, held.value] : [`${field}_missing`, held.missing],
    ),
  );
}

/**
 * {@link focusOf} where the instrument is known: text and choices that look like dates stay what they are, and a value
 * of the wrong kind, which no expression can be asked of, is left out.
 */
export function recordFocus(instrument: Instrument, values: RecordValues): Record<string, unknown> {
  const focus = focusOf(values);
  for (const field of instrument.fields) {
    const held = values[field.id];
    if (!held || 'missing' in held) continue;
    if (field.type === 'computed' || typeProblem(field, held.value)) delete focus[field.id];
    else focus[field.id] = typedValue(field, held.value);
  }
  return focus;
}

function typedValue(field: Field, value: Scalar): unknown {
  if (field.type !== 'text' && field.type !== 'choice' && field.type !== 'choices') return value;
  if (Array.isArray(value)) return value.map((code: string) => new PlainText(code));
  return typeof value === 'string' ? new PlainText(value) : value;
}

/** Works out what is asked, what is computed and what is wrong. `environment` holds `%person`, `%study` and other instruments. */
export function evaluateRecord(
  instrument: Instrument,
  values: RecordValues,
  environment: Environment = {},
): RecordVerdict {
  const focus = recordFocus(instrument, values);
  const computed: Record<string, Scalar> = {};
  const visible = new Set<string>();
  const problems: FieldProblem[] = [];
  for (const field of instrument.fields) {
    const asked = field.visible === undefined || holds(field.visible, focus, environment) === true;
    if (asked) visible.add(field.id);
    if (field.type === 'computed') {
      if (values[field.id]) problems.push(problem(field, 'value', 'is computed, not entered'));
      const result = asked ? evaluateSingle(compileExpression(field.value), focus, environment) : undefined;
      if (isScalar(result)) focus[field.id] = computed[field.id] = result;
      continue;
    }
    const held = values[field.id];
    if (held && !asked) problems.push(problem(field, 'not-asked', `is not asked here (${field.visible})`));
    else if (held) problems.push(...fieldProblems(field, held, focus, environment));
  }
  problems.push(
    ...Object.keys(values)
      .filter((id) => !instrument.fields.some((field) => field.id === id))
      .map(unknownField),
  );
  const unanswered = instrument.fields.filter(
    (field) => field.type !== 'computed' && field.required && visible.has(field.id) && values[field.id] === undefined,
  );
  return { visible, computed, problems, unanswered: unanswered.map((field) => field.id) };
}

function fieldProblems(field: EnteredField, held: FieldValue, focus: object, environment: Environment): FieldProblem[] {
  if ('missing' in held) {
    if (field.missing.includes(held.missing)) return [];
    const allowed = field.missing.length > 0 ? `allowed: ${field.missing.join(', ')}` : 'it must have a value';
    return [problem(field, 'missing-kind', `cannot be "${held.missing}" (${allowed})`)];
  }
  const typed = typeProblem(field, held.value);
  if (typed) return [problem(field, 'value', typed)];
  const broken = field.validate.filter(
    (rule) => holds(rule.expression, focus, { ...environment, value: typedValue(field, held.value) }) === false,
  );
  return broken.map((rule) => problem(field, 'validation', rule.message));
}

/** What is wrong with the kind of the value, or nothing. */
function typeProblem(field: EnteredField, value: Scalar): string | undefined {
  switch (field.type) {
    case 'text':
      return typeof value === 'string' && value.trim() !== '' ? undefined : 'must be text';
    case 'yesno':
      return typeof value === 'boolean' ? undefined : 'must be true or false';
    case 'date':
      return typeof value === 'string' && parsePartialDate(value)
        ? undefined
        : 'must be a date such as 2012, 2012-03 or 2012-03-05';
    case 'integer':
    case 'decimal':
      return numberProblem(field, value);
    case 'choice':
      return field.choices.some((choice) => choice.code === value) ? undefined : `must be one of: ${codes(field)}`;
    case 'choices': {
      const chosen = Array.isArray(value) ? (value as readonly string[]) : [];
      const known = chosen.every((code) => field.choices.some((choice) => choice.code === code));
      const fits = known && chosen.length > 0 && new Set(chosen).size === chosen.length;
      return fits ? undefined : `must be a list, each once, of: ${codes(field)}`;
    }
  }
}

function numberProblem(field: Extract<Field, { type: 'integer' | 'decimal' }>, value: Scalar): string | undefined {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = field;
  const fits = field.type === 'integer' ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (typeof value !== 'number' || !fits) return `must be ${field.type === 'integer' ? 'a whole number' : 'a number'}`;
  return value < min || value > max ? `must lie between ${field.min ?? 'any'} and ${field.max ?? 'any'}` : undefined;
}

function codes(field: Extract<Field, { type: 'choice' | 'choices' }>): string {
  return field.choices.map((choice) => choice.code).join(', ');
}

function holds(text: string, focus: object, environment: Environment): boolean | undefined {
  return evaluateBoolean(compileExpression(text), focus, environment);
}

function unknownField(field: string): FieldProblem {
  return { field, code: 'unknown-field', message: `${field}: the instrument asks no such field` };
}

function problem(field: Field, code: string, message: string): FieldProblem {
  return { field: field.id, code, message: `${field.id} ${message}` };
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
