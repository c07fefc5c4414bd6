import type { QueryKey } from '@tanstack/react-query';
import type { RouteDef, RouteId } from '../../../src/server/contract/index.ts';

/** What of a call's input tells one answer from another. */
interface Asked {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

/** Where an answer belongs: to a study, or to the workspace. */
export function scopeOf(params: unknown): string {
  const study = typeof params === 'object' && params !== null && 'study' in params ? params.study : undefined;
  return typeof study === 'string' ? `study ${study}` : 'workspace';
}

/** Under what an answer is kept: its scope first, so that a change forgets what it may have touched and no more. */
export function queryKeyOf(route: Pick<RouteDef, 'id'>, { params, query, body }: Asked = {}): QueryKey {
  return [scopeOf(params), route.id, params ?? {}, query ?? {}, body ?? null];
}

/** Whether a change makes an answer stale: one of the named routes, or else everything of its scope. */
export function isTouched(key: QueryKey, scope: string, routes: readonly RouteId[] | undefined): boolean {
  return routes ? routes.some((id) => id === key[1]) : key[0] === scope;
}
