import { ChartproofError } from '../base/index.ts';

/** An error at a character of a query; columns count from 1. */
export function queryError(message: string, column: number, tip?: string): ChartproofError {
  const place = { file: 'query', line: 1, column };
  return new ChartproofError('notes.query', message, tip === undefined ? { place } : { place, tip });
}

const DEEPEST = 100;

/** Where the parser is in the text of a query. */
export class QueryReader {
  readonly text: string;
  at = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
    this.skipBlank();
  }

  atEnd(): boolean {
    return this.at >= this.text.length;
  }

  column(): number {
    return this.at + 1;
  }

  peek(): string {
    return this.text.charAt(this.at);
  }

  /** Takes what the pattern (sticky) matches here, and the white space after it. */
  take(pattern: RegExp): string | undefined {
    const found = this.takeTight(pattern);
    if (found !== undefined) this.skipBlank();
    return found;
  }

  /** As {@link take}, but leaves white space, since `= a` is not `=a`. */
  takeTight(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  looksAt(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }

  skipBlank(): void {
    while (this.at < this.text.length && /\s/.test(this.text.charAt(this.at))) this.at++;
  }

  /** Reads a level deeper; bounded, so that no query can exhaust the stack. */
  deeper<T>(read: () => T): T {
    if (++this.depth > DEEPEST) throw queryError(`More than ${DEEPEST} levels of brackets.`, this.column());
    const result = read();
    this.depth--;
    return result;
  }
}
