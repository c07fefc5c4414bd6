/**
 * `npm run dev -- -w WORKSPACE`: the server, started anew when its sources change, and the web app with reload before it. What
 * follows `--` goes to `chartproof serve`.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createServer } from 'vite';

const PORT = '4123';
const root = join(import.meta.dirname, '..');
const given = ['--watch-path=src', '--watch-preserve-output', 'bin/chartproof.js', 'serve', '--port', PORT];
const server = spawn(process.execPath, [...given, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
server.once('exit', (code) => process.exit(code ?? 0));

process.env.CHARTPROOF_DEV_SERVER = `http://127.0.0.1:${PORT}`;
const web = await createServer({ configFile: join(import.meta.dirname, 'vite.config.ts') });
await web.listen();
web.printUrls();
