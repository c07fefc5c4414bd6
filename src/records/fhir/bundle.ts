/**
 * Bundles (collection, transaction, searchset, history, message): their entries as resources of their own. A reference
 * to the `fullUrl` of an entry becomes a reference to its resource; an entry without an id is called by its `urn:uuid:`.
 */
import { type Fhir, isFhir } from './elements.ts';
import { URN } from './references.ts';

/** The resources of a Bundle, in their order, with those of Bundles within; an entry without one is `undefined`. */
export function bundleEntries(bundle: Fhir): readonly (Fhir | undefined)[] {
  const entries = entriesIn(bundle, 0);
  const names = new Map<string, string>();
  for (const { url, resource } of entries) {
    const { resourceType: type, id } = resource ?? {};
    // A type may be anything in a damaged file, also an object that does not become text.
    if (typeof url === 'string' && typeof type === 'string' && typeof id === 'string') names.set(url, `${type}/${id}`);
  }
  return entries.map(({ resource }) => resource && (withNames(resource, names, 0) as Fhir));
}

interface Entry {
  readonly url: unknown;
  readonly resource: Fhir | undefined;
}

/** No resource is nested more deeply; what is stays as it is. */
const DEEPEST = 200;

function entriesIn(bundle: Fhir, depth: number): readonly Entry[] {
  const entries = Array.isArray(bundle.entry) ? bundle.entry.filter(isFhir) : [];
  return entries.flatMap((entry): readonly Entry[] => {
    const resource = resourceOf(entry);
    return resource?.resourceType === 'Bundle' && depth < DEEPEST
      ? entriesIn(resource, depth + 1)
      : [{ url: entry.fullUrl, resource }];
  });
}

function resourceOf({ fullUrl, resource }: Fhir): Fhir | undefined {
  if (!isFhir(resource)) return undefined;
  if (resource.id !== undefined || typeof fullUrl !== 'string') return resource;
  const id = URN.exec(fullUrl)?.[1];
  return id === undefined ? resource : { ...resource, id };
}

/** The value with every reference in it that is a key of `names` said by its name. */
function withNames(value: unknown, names: ReadonlyMap<string, string>, depth: number): unknown {
  if (depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((item) => withNames(item, names, depth + 1));
  if (!isFhir(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const name = key === 'reference' && typeof inner === 'string' ? names.get(inner) : undefined;
      return [key, name ?? withNames(inner, names, depth + 1)];
    }),
  );
}
