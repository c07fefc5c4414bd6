/** `chartproof` as people run it: commands in a workspace, and the server as a process of its own. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../source-files.ts';

const PROGRAM = join(root, 'bin/chartproof.js');

/** Runs a command to its end. */
export function chartproof(...args: readonly string[]): string {
  return execFileSync(process.execPath, [PROGRAM, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/** A server that runs, and the link that it printed for the first account. */
export interface ServedProcess extends AsyncDisposable {
  readonly url: string;
  readonly setUpLink: string;
  /** What it wrote to its log. */
  readonly log: () => string;
}

/** Starts the server at a free port; told to end, it ends. */
export async function serveProcess(workspace: string): Promise<ServedProcess> {
  const child = spawn(process.execPath, [PROGRAM, 'serve', '-w', workspace, '--port', '0']);
  let log = '';
  child.stderr.on('data', (text: Buffer) => {
    log += text.toString();
  });
  const setUpLink = await printedLink(child);
  return {
    url: new URL(setUpLink).origin,
    setUpLink,
    log: () => log,
    async [Symbol.asyncDispose]() {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function printedLink(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let printed = '';
    child.stdout?.on('data', (text: Buffer) => {
      printed += text.toString();
      const link = /http:\/\/\S+\/link#[\w-]+/.exec(printed)?.[0];
      if (link !== undefined) found(link);
    });
    child.once('exit', (code) => failed(new Error(`The server ended with ${code}: ${printed}`)));
  });
}
