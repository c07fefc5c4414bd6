import type { ReceivedFile } from './client.ts';

/** Hands a file to the browser to be saved. */
export function saveFile({ name, blob }: ReceivedFile): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to read it by then; freed at once, some would save an empty file.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
