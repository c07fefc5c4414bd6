/**
 * Decoding on all cores: a thread a core takes piece after piece. Small imports are decoded here, since a thread takes
 * longer to start than they do.
 */
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { ChartproofError } from '../base/index.ts';
import { decodePiece, type PieceReport, type PieceWork } from './decode-piece.ts';
import type { WorkerAnswer } from './decode-worker.ts';

/** Decodes pieces, each as soon as a core is free. Close it. */
export interface DecodePool {
  decode(work: PieceWork): Promise<PieceReport>;
  close(): Promise<void>;
}

/** Bytes that are decoded sooner than a thread is up. */
const SMALL = 24 << 20;
/** Each thread holds some 200 MB. */
const MOST_THREADS = 8;
/** Lines live briefly: with more room fewer of them are still there when their memory is looked through. */
const YOUNG_MB = 64;

/** Opens a pool for so many bytes of input. */
export function openDecodePool(bytes: number): DecodePool {
  if (bytes < SMALL) return { decode: decodePiece, close: async () => {} };
  const maxThreads = Math.min(MOST_THREADS, availableParallelism());
  const filename = new URL('./decode-worker.ts', import.meta.url).href;
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
  const pool = new Piscina<PieceWork, WorkerAnswer>({ filename, maxThreads, minThreads: maxThreads, resourceLimits });
  return {
    decode: async (work) => {
      const answer = await pool.run(work);
      if ('report' in answer) return answer.report;
      const { code, message, ...details } = answer.refusal;
      throw new ChartproofError(code, message, details);
    },
    close: () => pool.destroy(),
  };
}
