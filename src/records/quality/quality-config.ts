/** `quality.yaml` in the workspace: what a site changes about the checks. docs/quality.md teaches it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ChartproofError, nearest, type PlaceOf, type Problem, readYaml } from '../../base/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { checkNames } from './all-checks.ts';
import type { QualityCheck, Threshold } from './check.ts';
import { limitsSchema } from './limits.ts';
import { rangeSchema } from './plausible-ranges.ts';

const SHARE = /^(?:100|\d{1,2}(?:\.\d+)?) ?%$/;

const threshold = z
  .custom<number | string>(
    (given) => (typeof given === 'string' ? SHARE.test(given) : Number.isInteger(given) && Number(given) >= 0),
    'write a number of rows, such as 25, or a share, such as 2.5 %',
  )
  .transform(
    (given): Threshold => (typeof given === 'number' ? { rows: given } : { share: Number.parseFloat(given) / 100 }),
  );

const configSchema = z.strictObject({
  limits: limitsSchema.prefault({}),
  thresholds: z.record(z.string(), threshold).default({}).describe('how much may be at fault, by check'),
  off: z
    .record(z.string(), z.string().trim().min(1))
    .default({})
    .describe('checks that are not run, each with the reason'),
  ranges: z.array(rangeSchema).default([]).describe('plausible ranges of more codes, or in the place of ours'),
});

/** What a site changes; all of it has defaults. */
export type QualityConfig = z.output<typeof configSchema>;

/** The configuration where a workspace has none. */
export const defaultQualityConfig: QualityConfig = configSchema.parse({});

/** Reads `quality.yaml` of a workspace, if there is one. Error: `quality.invalid`, whose `problems` are all mistakes. */
export function readQualityConfig(workspace: Workspace): QualityConfig {
  const path = join(workspace.dir, 'quality.yaml');
  if (!existsSync(path)) return defaultQualityConfig;
  const text = readFileSync(path, 'utf8');
  if (/^(?:\s*(?:#.*)?(?:\n|$))*$/.test(text)) return defaultQualityConfig;
  const { value, problems, placeOf } = readYaml(text, path, configSchema, 'quality');
  const found = value ? namesAtFault(value, placeOf) : problems;
  if (value && found.length === 0) return value;
  const count = `${found.length} mistake${found.length === 1 ? '' : 's'}`;
  throw new ChartproofError('quality.invalid', `quality.yaml has ${count}; nothing was checked.`, { problems: found });
}

function namesAtFault({ thresholds, off }: QualityConfig, placeOf: PlaceOf): Problem[] {
  const known = checkNames();
  const named = [
    ...Object.keys(thresholds).map((name) => ({ name, path: ['thresholds', name] })),
    ...Object.keys(off).map((name) => ({ name, path: ['off', name] })),
  ];
  return named.flatMap(({ name, path }) => {
    if (known.includes(name)) return [];
    const near = nearest(name, known);
    return {
      code: 'quality.unknown-check',
      message: `There is no check \`${name}\`.`,
      tip: near ? `Did you mean \`${near}\`?` : 'docs/quality.md lists the checks.',
      place: placeOf(path, 'key'),
    };
  });
}

/** What is said of a check: of itself, else of its kind. */
export function saidOf<Said>(said: Readonly<Record<string, Said>>, { id, kind }: QualityCheck): Said | undefined {
  return said[id] ?? said[kind];
}
