import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canonicalJson, sha256 } from '../base/index.ts';
import { armOverlapDiagram } from './arm-overlap-diagram.ts';
import { attritionDiagram } from './attrition-diagram.ts';
import { manifestText } from './bundle/manifest.ts';
import { crateMetadata } from './bundle/ro-crate.ts';
import { figureFiles } from './figures/index.ts';
import { pngOf } from './png.ts';
import type { ReleaseContent, ReleaseFacts } from './release-content.ts';
import { tableFiles } from './table-files.ts';
import { tablesDocument } from './tables-docx.ts';
import { resultsPage } from './tables-html.ts';

/** The name of a release's folder: what it was made from, so that the same inputs come to lie in the same place. */
export function releaseId(facts: Readonly<Record<string, unknown>> | ReleaseFacts): string {
  return sha256(canonicalJson(facts)).slice(0, 12);
}

/**
 * Writes a release to `releases/<id>/` and returns that folder. It appears whole or not at all; one that was there
 * before under the same id is replaced.
 */
export async function writeRelease(releases: string, content: ReleaseContent): Promise<string> {
  const folder = join(releases, releaseId(content.facts));
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  for (const [name, bytes] of await releaseFiles(content)) {
    mkdirSync(dirname(join(draft, name)), { recursive: true });
    writeFileSync(join(draft, name), bytes);
  }
  const old = `${folder}.old`;
  rmSync(old, { recursive: true, force: true });
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(draft, folder);
  rmSync(old, { recursive: true, force: true });
  return folder;
}

async function releaseFiles(content: ReleaseContent): Promise<Map<string, string | Uint8Array>> {
  const { facts, results, attrition, screened, gate, arms, overlaps, search, statistics } = content;
  const attritionSvg = attritionDiagram({ arms, steps: attrition }, `${facts.title}: flow of persons`);
  const armsSvg = armOverlapDiagram({ arms, overlaps }, `${facts.title}: overlap of the arms`);
  const page = {
    facts,
    results,
    attrition,
    screened,
    attritionSvg,
    gate,
    arms,
    overlaps,
    armsSvg,
    search,
    figures: content.figures,
    captions: content.captions,
    statistics,
  };
  const files = new Map<string, string | Uint8Array>([
    ['tables.json', json(results)],
    ['statistics.json', json(statistics)],
    ['attrition.json', json({ steps: attrition, screened, gate })],
    ['attrition.svg', attritionSvg],
    ['attrition.png', pngOf(attritionSvg)],
    ['arms.svg', armsSvg],
    ['arms.png', pngOf(armsSvg)],
    ...figureFiles(content.figures ?? []),
    ['tables.html', await resultsPage(page)],
    ['tables.docx', await tablesDocument(facts, results, statistics)],
    ...tableFiles(results, statistics).map((file) => [file.name, file.text] as const),
    ...content.files.map((file) => [file.name, file.text] as const),
    ...(content.manuscript ?? []),
  ]);
  const { protocol, software } = content;
  files.set('ro-crate-metadata.json', crateMetadata({ id: releaseId(facts), protocol, software }, files));
  return files.set('release.json', manifestText(facts, software, files));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
