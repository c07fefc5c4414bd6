/** One of several, lent to whoever asked for it. */
export interface Lent<Item> {
  readonly item: Item;
  giveBack(): void;
}

/**
 * Lends each of these to one at a time, in the order in which they ask. A connection of DuckDB has one result that streams:
 * whoever asks another query of it meanwhile ends it, and its rows are then fewer, without an error.
 */
export function lender<Item>(items: readonly Item[]): () => Promise<Lent<Item>> {
  const free = [...items];
  const waiting: ((item: Item) => void)[] = [];
  const giveBack = (item: Item): void => {
    const next = waiting.shift();
    if (next) next(item);
    else free.unshift(item);
  };
  return async () => {
    const item = free.shift() ?? (await new Promise<Item>((resolve) => waiting.push(resolve)));
    return { item, giveBack: () => giveBack(item) };
  };
}
