#!/usr/bin/env node
// Plain JavaScript that any Node understands: it finds Node 24 and hands over to the TypeScript program.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WANTED = 24;
const here = dirname(fileURLToPath(import.meta.url));
// Node does not strip types under node_modules, so an installed package runs its compiled form.
const installed = here.split(/[\\/]/).includes('node_modules');
const main = join(here, '..', installed ? 'dist/src/cli/main.js' : 'src/cli/main.ts');

if (Number(process.versions.node.split('.')[0]) >= WANTED) {
  await import(new URL(`file://${main}`).href);
} else {
  const suffix = process.platform === 'win32' ? 'node.exe' : 'node';
  const pinned = [join(here, '..', 'node_modules/node/bin', suffix), join(here, '..', '..', 'node/bin', suffix)].find(
    (path) => existsSync(path),
  );
  if (!pinned) {
    process.stderr.write(
      `chartproof needs Node ${WANTED}, this is Node ${process.versions.node}: run "npm ci" in its folder, which installs Node ${WANTED} beside it.\n`,
    );
    process.exit(1);
  }
  const run = spawnSync(pinned, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exit(run.status ?? 1);
}
