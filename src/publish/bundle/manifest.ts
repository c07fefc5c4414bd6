/**
 * `release.json`: what a release was made from, the SHA-256 of every other file, and a seal over all of that. Who has the seal from
 * elsewhere (the paper, the audit trail) can tell whether the release is the very one. Rule R69.
 */
import { z } from 'zod';
import { canonicalJson, sha256 } from '../../base/index.ts';
import type { ReleaseFacts } from '../release-content.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256');

/** `release.json` as it is read back. */
export const manifestSchema = z.strictObject({
  study: z.string(),
  title: z.string(),
  protocolVersion: z.string(),
  protocol: hash,
  snapshot: z.string(),
  lock: z.string(),
  termSets: hash.optional(),
  sample: hash.optional(),
  searches: hash.optional(),
  disclosure: hash.optional(),
  manuscript: hash.optional(),
  software: z.string(),
  sha256: z.record(z.string(), hash),
  seal: hash,
});

/** A release's account of itself. */
export type Manifest = z.infer<typeof manifestSchema>;

/** The text of `release.json`. */
export function manifestText(
  facts: ReleaseFacts,
  software: string,
  files: ReadonlyMap<string, string | Uint8Array>,
): string {
  const sums = Object.fromEntries([...files].sort().map(([name, bytes]) => [name, sha256(bytes)]));
  const body = { ...facts, software, sha256: sums };
  return textOf({ ...body, seal: sealOf(body) });
}

/** The seal over everything else in a manifest. */
export function sealOf(body: Omit<Manifest, 'seal'>): string {
  return sha256(canonicalJson(body));
}

/** A manifest in the one form in which it is written. */
export function textOf(manifest: object): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
