import { readFileSync } from 'node:fs';
import { z } from 'zod';

const packageSchema = z.object({ name: z.string(), version: z.string() });

/** The program's name and version, as a paper names it: `Chartproof 0.1.0`. */
export function softwareName(): string {
  const file = new URL('../../../package.json', import.meta.url);
  const { name, version } = packageSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)} ${version}`;
}
