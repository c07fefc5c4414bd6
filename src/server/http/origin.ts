import type { Context } from 'hono';

/** How browsers reach us: by TLS or not, and where, if that is not the Host that they ask for. */
export interface Reached {
  readonly isTls: boolean;
  readonly publicUrl?: string;
}

/** Our origin as browsers see it. */
export function ownOrigin(context: Context, { isTls, publicUrl }: Reached): string {
  if (publicUrl !== undefined) return new URL(publicUrl).origin;
  return `${isTls ? 'https' : 'http'}://${context.req.header('host') ?? ''}`;
}
