/**
 * `ro-crate-metadata.json`: what every file of a bundle is, for machines (RO-Crate 1.1, https://w3id.org/ro/crate/1.1).
 * Rules R67 and R68.
 */

import { sha256 } from '../../base/index.ts';
import type { Protocol, ReleaseRules } from '../../protocol/index.ts';
import { encodingOf, whatIs } from './file-kinds.ts';

/** What the metadata tell of the bundle as a whole. */
export interface CrateFacts {
  readonly id: string;
  readonly protocol: Pick<Protocol, 'title' | 'question' | 'version' | 'release' | 'period'>;
  readonly software: string;
}

type Entity = Readonly<Record<string, unknown>>;

const DESCRIPTOR = 'ro-crate-metadata.json';

/** The metadata of a bundle with these files. `release.json` and the metadata themselves are named without a checksum. */
export function crateMetadata(facts: CrateFacts, files: ReadonlyMap<string, string | Uint8Array>): string {
  const names = [...new Set([...files.keys(), 'release.json'])].filter((name) => name !== DESCRIPTOR).sort();
  const { release } = facts.protocol;
  const people = release.authors.map(personOf);
  const places = affiliationsOf(release);
  const graph: Entity[] = [
    {
      '@id': DESCRIPTOR,
      '@type': 'CreativeWork',
      about: { '@id': './' },
      conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
    },
    root(facts, names),
    ...names.map((name) => fileOf(name, files.get(name))),
    ...people,
    ...places,
    ...contactOf(release),
    ...licenseOf(release),
    { '@id': '#software', '@type': 'SoftwareApplication', name: facts.software },
  ];
  return `${JSON.stringify({ '@context': CONTEXT, '@graph': graph }, null, 2)}\n`;
}

/** The terms of RO-Crate, and one that it lacks. */
const CONTEXT = ['https://w3id.org/ro/crate/1.1/context', { sha256: 'https://w3id.org/ro/terms/workflow-run#sha256' }];

function root({ id, protocol }: CrateFacts, names: readonly string[]): Entity {
  const { title, question, version, release, period } = protocol;
  const license = licenseOf(release)[0];
  return {
    '@id': './',
    '@type': 'Dataset',
    identifier: id,
    name: title,
    description: question?.trim() ?? `${title}: protocol, de-identified data, tables, figures and code.`,
    version,
    // The clock is not asked: the same study gives the same bytes on any day.
    ...(release.published === undefined ? {} : { datePublished: release.published }),
    temporalCoverage: `${period.start}/${period.end}`,
    ...(release.keywords.length > 0 ? { keywords: release.keywords.join(', ') } : {}),
    ...(license ? { license: { '@id': license['@id'] } } : { license: 'Not stated. Ask before you use it.' }),
    ...(release.authors.length > 0 ? { author: release.authors.map((one) => ({ '@id': personOf(one)['@id'] })) } : {}),
    ...(release.publisher === undefined ? {} : { publisher: { '@id': organizationId(release.publisher) } }),
    ...(release.contact === undefined ? {} : { contactPoint: { '@id': '#contact' } }),
    ...(release.funding === undefined ? {} : { funding: release.funding }),
    hasPart: names.map((name) => ({ '@id': encodeURI(name) })),
  };
}

function fileOf(name: string, content: string | Uint8Array | undefined): Entity {
  return {
    '@id': encodeURI(name),
    '@type': name.endsWith('.R') ? ['File', 'SoftwareSourceCode'] : 'File',
    name,
    description: whatIs(name),
    encodingFormat: encodingOf(name),
    ...(content === undefined ? {} : { contentSize: String(Buffer.byteLength(content)), sha256: sha256(content) }),
    ...(name.endsWith('.R') ? { programmingLanguage: 'R' } : {}),
    creator: { '@id': '#software' },
  };
}

function personOf({ name, orcid, affiliation, role }: ReleaseRules['authors'][number]): Entity {
  return {
    '@id': orcid === undefined ? `#${encodeURIComponent(name)}` : `https://orcid.org/${orcid}`,
    '@type': 'Person',
    name,
    ...(affiliation === undefined ? {} : { affiliation: { '@id': organizationId(affiliation) } }),
    ...(role === undefined ? {} : { jobTitle: role }),
  };
}

function affiliationsOf({ authors, publisher }: ReleaseRules): Entity[] {
  const names = [...authors.map(({ affiliation }) => affiliation), publisher].filter((name) => name !== undefined);
  return [...new Set(names)].map((name) => ({ '@id': organizationId(name), '@type': 'Organization', name }));
}

function organizationId(name: string): string {
  return `#organization-${encodeURIComponent(name)}`;
}

function contactOf({ contact }: ReleaseRules): Entity[] {
  if (contact === undefined) return [];
  const email = /[^\s<>()]+@[^\s<>()]+/.exec(contact)?.[0];
  return [{ '@id': '#contact', '@type': 'ContactPoint', name: contact, ...(email === undefined ? {} : { email }) }];
}

function licenseOf({ license }: ReleaseRules): Entity[] {
  if (license === undefined) return [];
  const isSpdx = /^[A-Za-z0-9.+-]+$/.test(license);
  const id = isSpdx ? `https://spdx.org/licenses/${license}` : license.startsWith('http') ? license : '#license';
  return [{ '@id': id, '@type': 'CreativeWork', name: license }];
}
