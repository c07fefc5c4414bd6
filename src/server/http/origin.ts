import type { Context } from 'hono';
import type { AppOptions } from './app.ts';

/** Where browsers reach us: the public URL, else the Host that they ask for. */
export function ownOrigin(context: Context, { isTls, publicUrl }: Pick<AppOptions, 'isTls' | 'publicUrl'>): string {
  if (publicUrl !== undefined) return new URL(publicUrl).origin;
  return `${isTls ? 'https' : 'http'}://${context.req.header('host') ?? ''}`;
}
