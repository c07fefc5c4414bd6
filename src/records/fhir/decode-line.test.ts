import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowId } from '../../base/index.ts';
import { decode, nowhere } from './decode.test-support.ts';
import { decodeLine } from './decode-line.ts';
import { placesOf, replaced, resources } from './resources.test-support.ts';

const subject = { reference: 'Patient/1' };
const condition = { resourceType: 'Condition', id: '1', subject, code: { text: 'secret' } };
const note = (attachment: object) => ({
  resourceType: 'DocumentReference',
  id: '1',
  subject,
  content: [{ attachment }],
});
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('a line of FHIR', () => {
  const refused: readonly [string, object | string][] = [
    ['json.invalid', '{"resourceType": }'],
    ['json.truncated', '{"resourceType": "Condi'],
    ['fhir.not-a-resource', { eventId: 'kickoff' }],
    ['fhir.not-a-resource', '[1, 2]'],
    ['fhir.unknown-type', { resourceType: 'Diagnosis', id: '1' }],
    ['fhir.bad-id', { ...condition, id: 'a/b' }],
    ['fhir.bad-id', { ...condition, id: 7 }],
    ['fhir.no-subject', { ...condition, subject: undefined }],
    ['fhir.unknown-reference', { ...condition, subject: { reference: 'Group/1' } }],
    ['fhir.unknown-reference', { ...condition, subject: { reference: '#contained' } }],
    ['fhir.unknown-reference', { ...condition, subject: { display: 'somebody' } }],
    ['fhir.bad-date', { ...condition, onsetDateTime: '2012-13-01' }],
    ['fhir.bad-date', { ...condition, recordedDate: 'last summer' }],
    ['fhir.wrong-shape', { ...condition, code: 'gout' }],
    ['fhir.wrong-shape', { ...condition, code: { coding: {} } }],
    ['note.empty', note({ data: base64(' \n') })],
    ['note.empty', { ...note({}), content: [] }],
    ['note.remote', note({ contentType: 'text/plain', url: 'https://host.example/Binary/1' })],
    ['note.not-text', note({ contentType: 'image/jpeg', data: base64('x') })],
    ['note.unreadable', note({ data: 'a*b' })],
    ['note.unreadable', note({ contentType: 'text/plain; charset=klingon', data: base64('x') })],
  ];

  test.each(refused)('[R19] is refused as %s: %j', (reason, line) => {
    const decoded = decode(line);
    expect(decoded).toMatchObject({ kind: 'refused', reason });
    expect(JSON.stringify(decoded)).not.toContain('secret');
  });

  test('[R19] never throws, whatever stands at any place of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...resources), fc.nat(), fc.jsonValue(), async (resource, at, value) => {
        const places = placesOf(resource);
        const line = replaced(resource, places[at % places.length] ?? [], value);
        const { kind } = await decodeLine(JSON.stringify(line), nowhere);
        expect(['rows', 'unmapped', 'refused']).toContain(kind);
      }),
      { numRuns: 2000 },
    );
  });

  test.each(resources.map((resource) => [resource.resourceType, resource] as const))(
    '[R19] %s with an element of another kind is refused',
    async (_type, resource) => {
      for (const [name, value] of Object.entries(resource)) {
        if (name === 'resourceType' || name === 'id') continue;
        const other = typeof value === 'string' ? 7 : 'x';
        const line = JSON.stringify({ ...resource, [name]: other });
        expect(await decodeLine(line, nowhere), name).toMatchObject({ reason: 'fhir.wrong-shape' });
      }
    },
  );

  test('[R19] every one of the resources that are changed at random is stored as it stands', async () => {
    for (const resource of resources) {
      expect(await decodeLine(JSON.stringify(resource), nowhere), resource.resourceType).toMatchObject({
        kind: 'rows',
      });
    }
  });

  test.each(['Patient/1', 'https://host.example/fhir/Patient/1', 'Patient/1/_history/3', 'urn:uuid:1'])(
    '[R8] the person of %s is Patient/1',
    (reference) => {
      const decoded = decode({ ...condition, subject: { reference } });
      expect(decoded).toMatchObject({ rows: [{ values: { person_id: rowId('Patient/1') } }] });
    },
  );

  test('[R5] the text of a note is kept exactly, in the character set that it names', () => {
    const textOf = (attachment: object) => {
      const decoded = decode(note(attachment));
      return decoded.kind === 'rows' ? decoded.rows[0]?.values.note_text : decoded;
    };
    expect(textOf({ data: base64('  Größe\r\n\tx ') })).toBe('  Größe\r\n\tx ');
    const latin = Buffer.from('Größe', 'latin1').toString('base64');
    expect(textOf({ contentType: 'text/plain; charset=iso-8859-1', data: latin })).toBe('Größe');
    expect(textOf({ contentType: 'text/plain', data: latin })).toMatchObject({ reason: 'note.unreadable' });
  });

  test('[R7] a patient who died, nobody wrote when, has died', () => {
    const decoded = decode({ resourceType: 'Patient', id: '1', deceasedBoolean: true });
    expect(decoded).toMatchObject({ rows: [{ values: { death_date: null, death_date_source: 'unknown' } }, {}] });
  });
});
