/** Goes through many runs at once, term by term. */
import { inByteOrder } from './byte-order.ts';
import type { PostingSource } from './run-file.ts';

/** For each term, in byte order, the sources that stand at it, by their first note. */
export function* byTerm(sources: readonly PostingSource[]): Generator<readonly PostingSource[]> {
  const heap = new Heap();
  for (const source of sources) if (source.next()) heap.push(source);
  for (let first = heap.pop(); first; first = heap.pop()) {
    const same = [first];
    while (heap.top?.term === first.term) same.push(heap.pop() as PostingSource);
    yield same;
    for (const source of same) if (source.next()) heap.push(source);
  }
}

/** A binary heap: the least source on top. */
class Heap {
  private readonly list: PostingSource[] = [];

  get top(): PostingSource | undefined {
    return this.list[0];
  }

  push(source: PostingSource): void {
    const { list } = this;
    let at = list.push(source) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (compare(list[parent] as PostingSource, source) <= 0) break;
      list[at] = list[parent] as PostingSource;
      at = parent;
    }
    list[at] = source;
  }

  pop(): PostingSource | undefined {
    const { list } = this;
    const [least] = list;
    const last = list.pop();
    if (last && list.length > 0) this.sink(last);
    return least;
  }

  private sink(source: PostingSource): void {
    const { list } = this;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= list.length) break;
      if (child + 1 < list.length && compare(list[child + 1] as PostingSource, list[child] as PostingSource) < 0)
        child++;
      if (compare(list[child] as PostingSource, source) >= 0) break;
      list[at] = list[child] as PostingSource;
      at = child;
    }
    list[at] = source;
  }
}

function compare(a: PostingSource, b: PostingSource): number {
  return inByteOrder(a.term, b.term) || a.first - b.first;
}
