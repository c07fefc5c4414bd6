import { type ProblemDetails, problemSchema } from '../../../src/server/contract/index.ts';

/** What went wrong with a call: the problem that the server answered, or one of our own where it did not (`client.…`, status 0). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  /** Stable and dotted, such as `review.invalid`. */
  readonly code: string;
  readonly status: number;
  /** What to do about it. */
  readonly tip: string | undefined;
  readonly problems: ProblemDetails['problems'];
  /** With 412: what stands there now, with its revision. */
  readonly current: unknown;

  constructor({ title, code, status, tip, problems, current }: Omit<ProblemDetails, 'type'>, options?: ErrorOptions) {
    super(title, options);
    this.code = code;
    this.status = status;
    this.tip = tip;
    this.problems = problems;
    this.current = current;
  }
}

/** Whether no server was reached, so that the same call may succeed in a while. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === 'client.unreachable';
}

/** No server was reached. */
export function unreachable(cause: unknown): ApiProblem {
  return new ApiProblem(
    {
      code: 'client.unreachable',
      status: 0,
      title: 'Chartproof does not answer.',
      tip: 'Check the connection to the server, then try again.',
    },
    { cause },
  );
}

/** The problem that an answer says; a proxy may have answered in its own words, which are not shown. */
export async function problemOf(answer: Response): Promise<ApiProblem> {
  const said = problemSchema.safeParse(await answer.json().catch(() => undefined));
  if (said.success) return new ApiProblem(said.data);
  return new ApiProblem({
    code: 'client.unexpected-answer',
    status: answer.status,
    title: `The server answered with status ${answer.status}, and not as Chartproof does.`,
    tip: 'Try again. If it stays, whoever runs the server finds the call in its log.',
  });
}
