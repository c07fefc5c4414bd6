/**
 * Bundles (collection, transaction, searchset, history, message): their entries as resources of their own. A reference
 * to the `fullUrl` of an entry becomes a reference to its resource; an entry without an id is called by its `urn:uuid:`.
 */
import { type Fhir, isFhir } from './elements.ts';

const URN = /^urn:(?:uuid|oid):([A-Za-z0-9.-]+)$/;

/** The resources of a Bundle, in their order, with those of Bundles within; an entry without one is `undefined`. */
export function bundleEntries(bundle: Fhir): readonly (Fhir | undefined)[] {
  const entries = Array.isArray(bundle.entry) ? bundle.entry.filter(isFhir) : [];
  const resources = entries.map(resourceOf);
  const names = new Map<string, string>();
  for (const [at, { fullUrl }] of entries.entries()) {
    const resource = resources[at];
    if (typeof fullUrl === 'string' && resource) names.set(fullUrl, `${resource.resourceType}/${resource.id}`);
  }
  return resources.flatMap((resource) => {
    const found = resource && (withNames(resource, names) as Fhir);
    return found?.resourceType === 'Bundle' ? bundleEntries(found) : [found];
  });
}

function resourceOf({ fullUrl, resource }: Fhir): Fhir | undefined {
  if (!isFhir(resource)) return undefined;
  if (resource.id !== undefined || typeof fullUrl !== 'string') return resource;
  const id = URN.exec(fullUrl)?.[1];
  return id === undefined ? resource : { ...resource, id };
}

/** The value with every reference in it that is a key of `names` said by its name. */
function withNames(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => withNames(item, names));
  if (!isFhir(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const name = key === 'reference' && typeof inner === 'string' ? names.get(inner) : undefined;
      return [key, name ?? withNames(inner, names)];
    }),
  );
}
