/** The one place that turns an error into words on the screen and an exit code. */
import { CommanderError } from 'commander';
import { ChartproofError, type Problem, placeText } from '../base/index.ts';

/**
 * 0 done; 1 the input or the state does not allow it; 2 the command was called wrongly; 70 a fault of the program; 130 stopped
 * by Ctrl-C.
 */
export const exitCodes = { done: 0, refused: 1, usage: 2, fault: 70, stopped: 130 } as const;

/** Tells the error on standard error (as one JSON object with `json`) and returns the exit code. */
export function tellFailure(error: unknown, json: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (error instanceof ChartproofError) {
    process.stderr.write(json ? `${JSON.stringify({ error: failureOf(error) })}\n` : failureText(error));
    return exitCodes.refused;
  }
  process.stderr.write(json ? `${JSON.stringify({ error: { code: 'fault' } })}\n` : faultText(error));
  return exitCodes.fault;
}

function failureOf(error: ChartproofError): object {
  const { code, message, tip, place, problems } = error;
  return { code, message, tip, place, ...(problems.length > 0 ? { problems } : {}) };
}

function failureText(error: ChartproofError): string {
  const lines = [`error: ${error.message}`, ...(error.place ? [`  at ${placeText(error.place)}`] : [])];
  const tip = error.tip === undefined ? [] : [`  ${error.tip}`];
  return `${[...lines, ...error.problems.flatMap(problemLines), ...tip].join('\n')}\n`;
}

function problemLines(problem: Problem): string[] {
  const place = problem.place ? `${placeText(problem.place)}: ` : '';
  return [`  ${place}${problem.message}`, ...(problem.tip === undefined ? [] : [`      ${problem.tip}`])];
}

/**
 * A fault of ours: the reader cannot mend it. Only the kind of error and the program's own line are told, since the
 * message of a library may quote what it was given.
 */
function faultText(error: unknown): string {
  if (process.env.CHARTPROOF_DEBUG) return `${error instanceof Error ? error.stack : String(error)}\n`;
  const where = error instanceof Error ? /([\w-]+\.[jt]s:\d+)/.exec(error.stack ?? '')?.[1] : undefined;
  const kind = error instanceof Error ? error.name : typeof error;
  return `error: chartproof failed by a fault of its own (${kind}${where ? ` at ${where}` : ''}); nothing stored was changed.\n  Run it again with CHARTPROOF_DEBUG=1 for the details, which may hold clinical text.\n`;
}
