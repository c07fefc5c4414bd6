import { userInfo } from 'node:os';
import { InvalidArgumentError, Option } from 'commander';

/** `-w DIR`: the workspace; the current folder where it is left out. */
export const workspaceOption = (): Option =>
  new Option('-w, --workspace <dir>', 'the workspace folder')
    .default('.', 'the current folder')
    .env('CHARTPROOF_WORKSPACE');

/** `--json`: one JSON value on standard output, errors as JSON on standard error. */
export const jsonOption = (): Option => new Option('--json', 'print JSON').default(false);

/** `--dry-run` of an import. */
export const dryRunOption = (): Option => new Option('--dry-run', 'read and account for everything, and store nothing');

/** `--as NAME`: who did it, for the audit trail, which names somebody on every line. */
export const actorOption = (): Option =>
  new Option('--as <name>', 'who does this, for the audit trail')
    .default(userInfo().username, 'your login name')
    .argParser((name) => {
      if (name.trim() === '') throw new InvalidArgumentError('A name is needed.');
      return name;
    });

/** Reads a reason, which must say something. */
export function reasonOf(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('A reason is needed.');
  return text.trim();
}

/** What every command that works in a workspace is given. */
export interface CommonOptions {
  readonly workspace: string;
  readonly json: boolean;
}

/** The help text's closing example. */
export function example(...lines: readonly string[]): string {
  return `\nExample${lines.length > 1 ? 's' : ''}:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}

/** The time that a command writes into the audit trail. */
export function now(): string {
  return new Date().toISOString();
}
