/** The thread that decodes pieces, one at a time. */
import { ChartproofError, type ErrorDetails } from '../base/index.ts';
import { decodePiece, type PieceReport, type PieceWork } from './decode-piece.ts';

/** What the thread answers. An error of ours goes as data, since a thread passes on no class. */
export type WorkerAnswer =
  | { readonly report: PieceReport }
  | { readonly refusal: { readonly code: string; readonly message: string } & ErrorDetails };

/** What Piscina calls. */
// biome-ignore lint/style/noDefaultExport: a thread of Piscina is called by its default export
export default async function decodeInThread(work: PieceWork): Promise<WorkerAnswer> {
  try {
    return { report: await decodePiece(work) };
  } catch (error) {
    if (!(error instanceof ChartproofError)) throw error;
    const { code, message, tip, place } = error;
    return { refusal: { code, message, ...(tip === undefined ? {} : { tip }), ...(place ? { place } : {}) } };
  }
}
