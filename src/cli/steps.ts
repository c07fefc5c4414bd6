/** Long work on the screen: one line a step with how far it is, on standard error, and only where a person watches. */
import { Listr, ListrLogger, ProcessOutput } from 'listr2';
import type { Progress } from '../base/index.ts';

/** One piece of work with a name; it may tell how far it is. */
export interface Step {
  readonly title: string;
  run(progress: Progress): Promise<void> | void;
}

/** Runs steps in turn and stops at the first that throws. Silent when standard error is no terminal. */
export async function runSteps(steps: readonly Step[], quiet = false): Promise<void> {
  if (quiet || !process.stderr.isTTY) {
    for (const step of steps) await step.run(plain);
    return;
  }
  const logger = new ListrLogger({ processOutput: new ProcessOutput(process.stderr, process.stderr) });
  const list = new Listr(
    steps.map((step) => ({
      title: step.title,
      task: async (_context, task) => {
        await step.run(
          drawn((text) => {
            task.title = text === '' ? step.title : `${step.title}: ${text}`;
          }),
        );
      },
    })),
    { rendererOptions: { logger, timer: { condition: true, field: (ms: number) => `${(ms / 1000).toFixed(1)} s` } } },
  );
  await list.run();
}

const plain: Progress = { step() {}, advance() {} };

const REDRAW_MS = 100;

function drawn(show: (text: string) => void): Progress {
  let label = '';
  let total: number | undefined;
  let began = Date.now();
  let last = 0;
  return {
    step(next, of) {
      [label, total, began, last] = [next, of, Date.now(), 0];
      show(label);
    },
    advance(done, counted) {
      const now = Date.now();
      if (now - last < REDRAW_MS) return;
      last = now;
      const far = total ? `${share(done, total)}${left(done, total, now - began)}` : String(done);
      show([`${label} ${far}`, ...(counted === undefined ? [] : [counted])].join(' · '));
    },
  };
}

function share(done: number, total: number): string {
  return `${Math.min(100, Math.floor((done / total) * 100))} %`;
}

function left(done: number, total: number, spent: number): string {
  const seconds = Math.round((spent * (total - done)) / Math.max(1, done) / 1000);
  return seconds > 1 ? `, ${seconds} s left` : '';
}
