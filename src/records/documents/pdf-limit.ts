/**
 * A limit on what the parts of a PDF unfold to, whatever they are packed with and however often: a small file can hold
 * gigabytes. The reader of PDFs puts what it unfolds into byte arrays, which lie outside of the memory that a thread can be
 * held to. So every byte array that is made in the thread is counted, and one too many is refused.
 */
import { LARGEST } from './limits.ts';

/** Whether a document went over the limit; the reader may go on with part of it, so this is to be asked at the end. */
export interface UnfoldingLimit {
  /** Another document begins. */
  begin(): void;
  isReached(): boolean;
}

/** All arrays together. They double while they grow, so that this is four times what is unfolded at most. */
const TOGETHER = 16 * LARGEST;

/** Sets the limit in this thread, for good. */
export function limitUnfolding(): UnfoldingLimit {
  let current = new Account();
  globalThis.Uint8Array = new Proxy(Uint8Array, {
    construct: (target, [first, ...more]) => {
      if (typeof first === 'number') current.take(first);
      return Reflect.construct(target, [first, ...more]);
    },
  });
  const Native = globalThis.DecompressionStream;
  globalThis.DecompressionStream = class {
    readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
    readonly writable: InstanceType<typeof Native>['writable'];

    /** What unfolds is counted as it comes: the reader makes an array only of the whole. */
    constructor(format: ConstructorParameters<typeof Native>[0]) {
      const { readable, writable } = new Native(format);
      this.readable = readable.pipeThrough(counted(current));
      this.writable = writable;
    }
  };
  return {
    begin: () => {
      current = new Account();
    },
    isReached: () => current.isReached,
  };
}

/** What a document has taken. */
class Account {
  isReached = false;
  #left = TOGETHER;

  /** Takes so many bytes more for an array that comes to `size`. */
  take(bytes: number, size = bytes): void {
    this.#left -= bytes;
    if (size <= LARGEST && this.#left >= 0) return;
    this.isReached = true;
    throw new RangeError('The document unfolds to more than is read.');
  }
}

function counted(account: Account): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let size = 0;
  return new TransformStream({
    transform: (chunk, controller) => {
      size += chunk.byteLength;
      account.take(chunk.byteLength, size);
      controller.enqueue(chunk);
    },
  });
}
