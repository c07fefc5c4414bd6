import { describe, expect, test } from 'vitest';
import { bundleEntries } from './bundle.ts';

describe('Bundles', () => {
  test('[R39] a reference to an entry names its resource, however the entry is called', () => {
    const entries = bundleEntries({
      resourceType: 'Bundle',
      entry: [
        { fullUrl: 'urn:uuid:11', resource: { resourceType: 'Patient', id: 'p' } },
        { fullUrl: 'urn:uuid:22', resource: { resourceType: 'Encounter', subject: { reference: 'urn:uuid:11' } } },
        {
          fullUrl: 'https://server/Condition/3',
          resource: {
            resourceType: 'Condition',
            id: '3',
            subject: { reference: 'urn:uuid:11' },
            encounter: { reference: 'urn:uuid:22' },
            evidence: [{ detail: [{ reference: 'https://server/Condition/3' }] }],
            asserter: { reference: 'urn:uuid:unknown' },
          },
        },
      ],
    });
    expect(entries).toEqual([
      { resourceType: 'Patient', id: 'p' },
      { resourceType: 'Encounter', id: '22', subject: { reference: 'Patient/p' } },
      {
        resourceType: 'Condition',
        id: '3',
        subject: { reference: 'Patient/p' },
        encounter: { reference: 'Encounter/22' },
        evidence: [{ detail: [{ reference: 'Condition/3' }] }],
        asserter: { reference: 'urn:uuid:unknown' },
      },
    ]);
  });

  test('[R39] an entry whose type is an object that does not become text is left as it is', () => {
    const resource = { resourceType: { toString: 1, valueOf: 2 }, id: 'p' };
    const entry = [{ fullUrl: 'urn:uuid:11', resource }];
    expect(bundleEntries({ resourceType: 'Bundle', entry })).toEqual([resource]);
  });

  test('[R39] entries without an id are not taken for one another', () => {
    const entries = bundleEntries({
      resourceType: 'Bundle',
      entry: [
        ...['1', '2'].map((id) => ({ fullUrl: `https://s/fhir/Patient/${id}`, resource: { resourceType: 'Patient' } })),
        { resource: { resourceType: 'Condition', id: 'c', subject: { reference: 'https://s/fhir/Patient/2' } } },
      ],
    });
    expect(entries[2]?.subject).toEqual({ reference: 'https://s/fhir/Patient/2' });
  });
});
