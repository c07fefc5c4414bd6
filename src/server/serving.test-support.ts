/** A server that listens, with a web app of one line. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import type { Workspace } from '../workspace/index.ts';
import { type ServeOptions, type Serving, serve } from './serve.ts';

export const PAGE = '<!doctype html><title>Chartproof</title>';

/** Serves a workspace at a free port; without a log, unless a test gives one. */
export function serving(workspace: Workspace, options: Partial<ServeOptions> = {}): Promise<Serving> {
  const webRoot = join(workspace.dir, 'web');
  mkdirSync(join(webRoot, 'assets'), { recursive: true });
  writeFileSync(join(webRoot, 'index.html'), PAGE);
  return serve({ workspace, port: 0, webRoot, log: pino({}, { write() {} }), ...options });
}
