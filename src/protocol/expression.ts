/**
 * FHIRPath, the one expression language of a protocol. An expression is compiled once and asked of plain objects:
 *
 *     compileExpression("start_date < @2014-03 and 'zinc' in allergies").evaluate({ start_date: '2014', allergies: ['zinc'] })
 *
 * Text that is a partial date is compared as one: where its precision does not decide, the answer is empty (unknown), as
 * FHIRPath has it. Beyond the standard there are `date.daysTo(date)`, `.monthsTo(date)` and `.yearsTo(date)`, empty
 * where the dates are too coarse for one number.
 */
import fhirpath from 'fhirpath';
import { ChartproofError } from '../base/index.ts';
import { withDates, withoutDates } from './expression-dates.ts';
import { dateFunctions } from './expression-functions.ts';
import { syntaxMistake } from './expression-mistakes.ts';

export { PreparedFocus } from './expression-dates.ts';

/** What `%name` stands for. */
export type Environment = Readonly<Record<string, unknown>>;

/** A compiled expression. */
export interface Expression {
  readonly text: string;
  /** All values, in order; none is an empty list. Fails with `protocol.expression-failed`. */
  evaluate(focus: unknown, environment?: Environment): unknown[];
}

const compiled = new Map<string, Expression>();

/** Compiles; one text is compiled once. Fails with `protocol.expression-syntax`. */
export function compileExpression(text: string): Expression {
  const known = compiled.get(text);
  if (known) return known;
  const expression = { text, evaluate: evaluatorOf(text) };
  compiled.set(text, expression);
  return expression;
}

function evaluatorOf(text: string): Expression['evaluate'] {
  let run: (focus: object, environment: Record<string, unknown>) => unknown[];
  try {
    run = fhirpath.compile(text, undefined, {
      userInvocationTable: dateFunctions,
      resolveInternalTypes: false,
    }) as typeof run;
  } catch (error) {
    const { message, ...tip } = syntaxMistake(text, error);
    throw new ChartproofError('protocol.expression-syntax', message, { ...tip, cause: error });
  }
  return (focus, environment = {}) => {
    try {
      return run(withDates(focus) as object, withDates(environment) as Record<string, unknown>).map(withoutDates);
    } catch (error) {
      // The cause is left out: its words may quote a value of the chart.
      throw new ChartproofError('protocol.expression-failed', `The expression cannot be worked out: ${text}`, {
        tip: `${kindOf(error)}Check the names and that each side of a comparison is of one kind.`,
      });
    }
  };
}

/** `true` or `false` where the answer is just that, otherwise unknown. */
export function evaluateBoolean(
  expression: Expression,
  focus: unknown,
  environment?: Environment,
): boolean | undefined {
  const [answer, ...more] = expression.evaluate(focus, environment);
  return more.length === 0 && typeof answer === 'boolean' ? answer : undefined;
}

/** The value where there is just one. */
export function evaluateSingle(expression: Expression, focus: unknown, environment?: Environment): unknown {
  const values = expression.evaluate(focus, environment);
  return values.length === 1 ? values[0] : undefined;
}

/** A function or variable that is not known may be named, since the protocol's author wrote it. */
function kindOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  return (
    /^(Not implemented: \w+|Attempting to access an undefined environment variable: \w+)/
      .exec(message)?.[1]
      ?.concat('. ') ?? ''
  );
}
