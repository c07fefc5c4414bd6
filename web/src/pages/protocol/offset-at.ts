/** Where a line and column, which count from 1, stand in a text; its end where it has no such line. */
export function offsetAt(text: string, line: number, column: number): number {
  const lines = text.split('\n').slice(0, line);
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const own = lines[line - 1];
  return own === undefined ? text.length : before + Math.min(column - 1, own.length);
}
