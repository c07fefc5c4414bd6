/**
 * Whether two values are equal all the way down, of plain data: objects and lists as JSON has them, and what stands in them.
 * Several times faster than `isDeepStrictEqual`, which looks for everything else that an object may be.
 */
export function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((one, at) => sameData(one, b[at]));
  if (!isObject(a) || !isObject(b) || Array.isArray(b)) return false;
  for (const key in a) if (!(Object.hasOwn(b, key) && sameData(a[key], b[key]))) return false;
  for (const key in b) if (!Object.hasOwn(a, key)) return false;
  return true;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
