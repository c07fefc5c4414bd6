/** Run in a thread of Node itself: gives the text of every document that it is sent. */
import { parentPort } from 'node:worker_threads';
import { documentText } from './document-text.ts';

parentPort?.on('message', async ([bytes, contentType]: readonly [Uint8Array, string]) => {
  parentPort?.postMessage(await documentText(bytes, contentType));
});
