import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { quarantineReasons } from './quarantine-reasons.ts';

test('[R19] docs/import.md explains every reason, and no other', () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/import.md'), 'utf8');
  const explained = [...text.matchAll(/^\| `([a-z]+\.[a-z-]+)` \|/gm)].map((match) => match[1]);
  expect(explained).toEqual(Object.keys(quarantineReasons));
});
