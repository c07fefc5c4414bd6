/** The thread that reads PDFs, one at a time. */
import { parentPort } from 'node:worker_threads';
import { type QuarantineReason, Refusal } from '../quarantine-reasons.ts';
import { limitUnfolding } from './pdf-limit.ts';
import { pdfLines } from './pdf-lines.ts';

/** What the thread answers: the text, empty where there is no text layer, or why there is none. */
export type PdfAnswer = { readonly text: string } | { readonly reason: QuarantineReason; readonly element?: string };

const limit = limitUnfolding();

parentPort?.on('message', async (bytes: Uint8Array) => {
  limit.begin();
  const answer = await answerTo(bytes);
  parentPort?.postMessage(limit.isReached() ? { reason: 'note.too-large', element: 'data' } : answer);
});

async function answerTo(bytes: Uint8Array): Promise<PdfAnswer> {
  try {
    return { text: await pdfLines(bytes) };
  } catch (error) {
    if (!(error instanceof Refusal)) return { reason: 'note.unreadable', element: 'data' };
    return { reason: error.reason, ...(error.element === undefined ? {} : { element: error.element }) };
  }
}
