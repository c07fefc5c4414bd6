/**
 * Gives one after the other a turn, in the order in which they ask. A connection of DuckDB has one result that streams: whoever
 * asks another query meanwhile ends it, and its rows are then fewer, without an error.
 */
export function oneAtATime(): () => Promise<() => void> {
  let last: Promise<void> = Promise.resolve();
  return async () => {
    const before = last;
    const { promise, resolve } = Promise.withResolvers<void>();
    last = promise;
    await before;
    return resolve;
  };
}
