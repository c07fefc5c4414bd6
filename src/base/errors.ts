/** Where in a file something is wrong. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** What a {@link ChartproofError} may carry besides its code and sentence. */
export interface ErrorDetails {
  /** What the reader can do about it, one sentence. */
  readonly tip?: string;
  readonly place?: Place;
  readonly cause?: unknown;
  /** All the problems of a batch (a protocol with five mistakes), each with its own place. */
  readonly problems?: readonly Problem[];
}

/** One of several things wrong with an input. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly tip?: string;
  readonly place?: Place;
}

/**
 * The one error class of the program. `code` is stable and dotted (`protocol.unknown-field`), for machines and
 * documentation; `message` is a plain sentence for people. Neither ever holds clinical text, a name or an identifier.
 */
export class ChartproofError extends Error {
  readonly code: string;
  readonly tip: string | undefined;
  readonly place: Place | undefined;
  readonly problems: readonly Problem[];

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'ChartproofError';
    this.code = code;
    this.tip = details.tip;
    this.place = details.place;
    this.problems = details.problems ?? [];
  }
}

/** `file:line:column`, as editors and terminals link it. */
export function placeText(place: Place): string {
  return [place.file, place.line, place.column].filter((part) => part !== undefined).join(':');
}
