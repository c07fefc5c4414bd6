/**
 * PDFs are read in a thread beside this one, so that what a document takes of memory and time is its own and has an end.
 * One thread reads them all, since it takes a while to start; one that ran out of either is done with.
 */
import { Worker } from 'node:worker_threads';
import { Refusal } from '../quarantine-reasons.ts';
import type { PdfAnswer } from './pdf-worker.ts';

/** The memory of the thread, in MB; what parts of a PDF unfold to has a limit of its own. */
const MEMORY_MB = 512;
/** The time that one PDF may take, in milliseconds. */
const TIME = 60_000;

let worker: Worker | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * The text layer of a PDF: line by line as it stands on the page, with an empty line where a gap is wider than between
 * lines, and between pages. Refused as `note.no-text-layer` where it is a scan; as `note.unreadable` where it is damaged or
 * encrypted; as `note.too-large` where it takes more memory, or more than `time`.
 */
export async function pdfText(bytes: Uint8Array, time = TIME): Promise<string> {
  const asked = last.then(() => ask(bytes, time));
  last = asked.catch(() => {});
  const answer = await asked;
  if ('reason' in answer) throw new Refusal(answer.reason, answer.element);
  if (answer.text === '') throw new Refusal('note.no-text-layer', 'data');
  return answer.text;
}

function ask(bytes: Uint8Array, time: number): Promise<PdfAnswer> {
  worker ??= startWorker();
  const thread = worker;
  const copy = new Uint8Array(bytes);
  return new Promise((resolve, reject) => {
    const clock = setTimeout(() => giveUp(), time);
    const settle = (): void => {
      clearTimeout(clock);
      thread.off('message', receive).off('error', fail);
      thread.unref();
    };
    const receive = (answer: PdfAnswer): void => {
      settle();
      resolve(answer);
    };
    const giveUp = (): void => {
      settle();
      worker = undefined;
      thread.terminate().then(() => resolve(TOO_LARGE), reject);
    };
    const fail = (error: Error & { readonly code?: string }): void => {
      settle();
      worker = undefined;
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(TOO_LARGE);
      else reject(error);
    };
    thread.on('message', receive).on('error', fail);
    thread.ref();
    thread.postMessage(copy, [copy.buffer]);
  });
}

const TOO_LARGE: PdfAnswer = { reason: 'note.too-large', element: 'data' };

/** A thread that keeps no process alive while it has nothing to read. */
function startWorker(): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: MEMORY_MB };
  return new Worker(new URL('./pdf-worker.ts', import.meta.url), { resourceLimits, execArgv: [] });
}
