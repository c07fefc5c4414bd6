/** Whether the files are those that were written: their sums, the seal, the metadata, the protocol. Rules R71 and R72. */
import { z } from 'zod';
import { sha256 } from '../../base/index.ts';
import { type Protocol, parseProtocol } from '../../protocol/index.ts';
import { type Manifest, manifestSchema, sealOf, textOf } from '../bundle/manifest.ts';
import { releaseId } from '../release.ts';
import type { Findings } from './findings.ts';

/** The manifest, where it is sound enough to go on with. */
export function checkManifest(found: Findings): Manifest | undefined {
  let manifest: Manifest | undefined;
  found.check('release.json', () => {
    const text = found.textOf('release.json') ?? '';
    const read = manifestSchema.safeParse(JSON.parse(text));
    if (!read.success) {
      found.wrong('release.json', `It is not as a release writes it (${read.error.issues[0]?.path.join('.') ?? ''}).`);
      return undefined;
    }
    manifest = read.data;
    const { seal, ...body } = read.data;
    if (sealOf(body) !== seal) found.wrong('release.json', 'Its seal does not fit what it says.');
    else if (textOf(JSON.parse(text)) !== text)
      found.wrong('release.json', 'It is not written as a release writes it.');
    return 'release.json: its seal fits';
  });
  return manifest;
}

/** Every file is as its sum says; none is missing, none is there besides. */
export function checkSums(found: Findings, manifest: Manifest): void {
  found.check('release.json', () => {
    for (const [name, sum] of Object.entries(manifest.sha256)) {
      const bytes = found.bytesOf(name);
      if (bytes === undefined) found.wrong(name, 'It is missing.');
      else if (sha256(bytes) !== sum) found.wrong(name, 'It was altered: its SHA-256 is not that of release.json.');
    }
    for (const name of found.names)
      if (name !== 'release.json' && !Object.hasOwn(manifest.sha256, name)) found.wrong(name, 'No release wrote it.');
    return `${Object.keys(manifest.sha256).length} files as they were written, none missing, none added`;
  });
}

/** The protocol, where it is the one that the release names. */
export function checkProtocolFile(found: Findings, manifest: Manifest): Protocol | undefined {
  let protocol: Protocol | undefined;
  found.check('protocol.yaml', () => {
    const text = found.textOf('protocol.yaml') ?? '';
    if (sha256(text) !== manifest.protocol)
      found.wrong('protocol.yaml', 'It is not the protocol that release.json names.');
    protocol = parseProtocol(text, 'protocol.yaml', 'any');
    const { id, title, version } = protocol;
    if (id !== manifest.study || title !== manifest.title || version !== manifest.protocolVersion)
      found.wrong('release.json', 'Study, title or version are not those of the protocol.');
    return `protocol ${version} (${manifest.protocol.slice(0, 12)}), records ${manifest.snapshot}, lock ${manifest.lock.slice(0, 12)}`;
  });
  return protocol;
}

const crateSchema = z.object({ '@graph': z.array(z.looseObject({ '@id': z.string() })) });

/** The metadata name every file, with its sum, and the release by its name. */
export function checkCrate(found: Findings, manifest: Manifest): void {
  const place = 'ro-crate-metadata.json';
  found.check(place, () => {
    const graph = crateSchema.parse(JSON.parse(found.textOf(place) ?? ''))['@graph'];
    const entities = new Map(graph.map((one) => [one['@id'], one]));
    const { software: _, sha256: sums, seal: __, ...facts } = manifest;
    if (entities.get('./')?.identifier !== releaseId(facts)) found.wrong(place, 'It is of another release.');
    for (const [name, sum] of Object.entries(sums)) {
      if (name === place) continue;
      const entity = entities.get(encodeURI(name));
      if (!entity) found.wrong(place, `It does not name ${name}.`);
      else if (entity.sha256 !== sum) found.wrong(place, `It has another sum for ${name}.`);
    }
    if (entities.get('./')?.datePublished === undefined)
      found.notes.push(
        'ro-crate-metadata.json has no date of publication, which RO-Crate asks for: say `release.published`',
      );
    return 'ro-crate-metadata.json names every file with its sum';
  });
}
