import type { RouteDef } from '../../../src/server/contract/index.ts';

/** Below what the API answers. */
export const apiBase = '/api/v1';

type Value = string | number | boolean | readonly (string | number | boolean)[] | null | undefined;

/** The address of a call: parameters in their places, the query in order; what is absent stays out, lists repeat their key. */
export function addressOf(
  route: Pick<RouteDef, 'path'>,
  params: Readonly<Record<string, unknown>> = {},
  query: Readonly<Record<string, unknown>> = {},
): string {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new TypeError(`The route ${route.path} needs ${name}`);
    return encodeURIComponent(String(value));
  });
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query as Record<string, Value>)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null) search.append(key, String(each));
    }
  }
  return `${apiBase}${path}${search.size > 0 ? `?${search}` : ''}`;
}
