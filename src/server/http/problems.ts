/** The one place that turns an error into an answer: problem details of RFC 9457. Rules R32 and R34 of SPEC.md. */
import type { z } from 'zod';
import { ChartproofError, type Problem } from '../../base/index.ts';
import type { ProblemDetails } from '../contract/index.ts';

/** Somebody changes what another changed in the meantime; `current` is what stands there now. */
export class ConflictError extends ChartproofError {
  readonly current: unknown;

  constructor(code: string, message: string, current: unknown, tip: string) {
    super(code, message, { tip });
    this.name = 'ConflictError';
    this.current = current;
  }
}

/** Codes that do not say that the input is wrong (422), by the status that they have. */
const STATUS: Readonly<Record<string, number>> = {
  'server.bad-request': 400,
  'server.sign-in': 401,
  'server.wrong-password': 401,
  'server.forbidden': 403,
  'server.openid-refused': 403,
  'server.openid-unknown': 403,
  'server.other-origin': 403,
  'server.csrf': 403,
  'server.not-found': 404,
  'server.method': 405,
  'server.too-large': 413,
  'server.media-type': 415,
  'server.other-host': 421,
  'server.revision-needed': 428,
  'server.purpose-needed': 428,
  'server.too-many-attempts': 429,
  'server.job-running': 409,
  'review.blinded': 403,
  'review.own-chart': 403,
  'review.not-taken': 409,
  'review.no-place': 409,
  'review.has-entries': 409,
  'study.exists': 409,
  'server.busy': 503,
  'server.openid-unreachable': 503,
  'workspace.locked': 503,
  'workspace.study-id': 404,
  'cohort.not-in-sample': 404,
  'data.not-in-inbox': 404,
  'linkage.unknown-row': 404,
};

/** Codes of what is not there, or not to be seen. */
const NOT_FOUND =
  /^[a-z-]+\.(no-(study|subject|person|note|cell|table|version|snapshot|step|search|row|job|release|figure)|closed-chart)$/;

export function statusOf(error: ChartproofError): number {
  if (error instanceof ConflictError) return 412;
  return STATUS[error.code] ?? (NOT_FOUND.test(error.code) ? 404 : 422);
}

/** What is told of an error. Of one that is not ours nothing is: its message may quote a chart. */
export function problemOf(error: unknown): ProblemDetails {
  if (!(error instanceof ChartproofError)) {
    return told(500, 'server.fault', 'The server failed by a fault of its own; nothing stored was changed.', {
      tip: 'Try again. If it stays, give the administrator the time of it.',
    });
  }
  const { code, message, tip, place, problems } = error;
  // Of an error with a place and no problems, it is itself the one problem: a query that is wrong at a character.
  const all = problems.length > 0 ? problems : place?.column === undefined ? [] : [{ code, message, place }];
  return told(statusOf(error), code, message, {
    tip: tipFor(code, tip),
    ...(all.length > 0 ? { problems: all.map(toldProblem) } : {}),
    ...(error instanceof ConflictError ? { current: error.current } : {}),
  });
}

/** What to do in the browser, of errors whose tip names a command. */
const TIPS: Readonly<Record<string, string>> = {
  'cohort.none': 'Identify the candidates first, on the page of the cohort.',
  'cohort.no-run-before': 'Name a version of the protocol to compare with.',
  'cohort.other-protocol': 'Identify the candidates again, on the page of the cohort.',
  'publish.stale-cohort': 'Identify the candidates again, on the page of the cohort.',
  'cohort.no-search': 'The log of searches has them all.',
  'cohort.other-term-sets': 'Draw the sample again.',
  'notes.not-indexed': 'A data steward can index the notes.',
};

/** A command is of no use to somebody at a browser. */
function tipFor(code: string, tip: string | undefined): string | undefined {
  return TIPS[code] ?? (/\bchartproof [a-z]/.test(tip ?? '') ? undefined : tip);
}

/** What zod found in a call, by its place; never the value. */
export function badRequest(part: string, { issues }: z.ZodError): ChartproofError {
  const problems = issues.map((issue) => ({
    code: `server.${issue.code}`,
    message: `${[part, ...issue.path.map(String)].join('.')}: ${WORDS[issue.code] ?? 'is not as it must be'}`,
  }));
  return new ChartproofError('server.bad-request', 'The call is not as the interface has it.', {
    problems: problems.slice(0, 20),
    tip: 'The interface is described in /api/openapi.json.',
  });
}

const WORDS: Readonly<Record<string, string>> = {
  invalid_type: 'is missing or of the wrong kind',
  too_small: 'is too short or too small',
  too_big: 'is too long or too large',
  invalid_format: 'is not in the form that it must have',
  invalid_value: 'is none of the values that it may have',
  unrecognized_keys: 'has a key that is not known',
};

function told(
  status: number,
  code: string,
  title: string,
  more: Omit<ProblemDetails, 'type' | 'status' | 'code' | 'title'>,
): ProblemDetails {
  return { type: `urn:chartproof:problem:${code}`, title, status, code, ...more };
}

/** Of a place only line and column are told: the path of a file is of the machine. */
function toldProblem({ code, message, tip, place }: Problem) {
  const { line, column } = place ?? {};
  return { code, message, tip, line, column };
}
