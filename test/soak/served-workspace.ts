/** Serves a workspace, tells where on standard output, and ends when it is killed, or with whoever started it. For a test. */
import { serve } from '../../src/server/index.ts';
import { openWorkspace } from '../../src/workspace/index.ts';

const [dir = '', webRoot = ''] = process.argv.slice(2);
const { url } = await serve({ workspace: openWorkspace(dir), port: 0, webRoot, idleMinutes: 600 });
process.stdout.write(`${url}\n`);
process.stdin.resume().on('end', () => process.exit());
