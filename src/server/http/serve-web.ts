/** The built web app: its files as they are, and its one page for every other address, since the page finds its way itself. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { ChartproofError } from '../../base/index.ts';
import type { AppEnv } from './implement.ts';

/** Error: `server.no-web` where the app is not built. */
export function serveWeb(app: OpenAPIHono<AppEnv>, root: string): void {
  const page = join(root, 'index.html');
  if (!existsSync(page)) {
    throw new ChartproofError('server.no-web', 'The web app is not built.', { tip: 'Build it: npm run build:web' });
  }
  const html = readFileSync(page, 'utf8');
  // Files in assets/ have their hash in their name.
  app.use('/assets/*', async (context, next) => {
    await next();
    if (context.res.ok) context.header('Cache-Control', 'public, max-age=31536000, immutable');
  });
  app.use('/assets/*', serveStatic({ root }));
  app.get('*', (context, next) => {
    const { path } = context.req;
    if (path.startsWith('/assets/') || path.startsWith('/auth/')) return next();
    context.header('Cache-Control', 'no-cache');
    return context.html(html);
  });
}
