import { describe, expect, test } from 'vitest';
import { rowId } from '../../base/index.ts';
import { decode, rowsOf } from './decode.test-support.ts';

const subject = { reference: 'Patient/1' };
const person_id = rowId('Patient/1');

describe('an encounter', () => {
  const encounter = { resourceType: 'Encounter', id: '1', subject, status: 'finished' };
  const site = (more: object) => {
    const rows = rowsOf('visit_occurrence', { ...encounter, ...more });
    return typeof rows === 'string' ? rows : rows[0]?.care_site_id;
  };

  test.each(['planned', 'cancelled', 'entered-in-error'])('[R46] that is %s is no visit', (status) => {
    expect(decode({ ...encounter, status })).toMatchObject({ kind: 'rows', rows: [] });
  });

  test.each(['finished', 'in-progress', 'unknown', undefined])('[R46] that is %s is one', (status) => {
    expect(rowsOf('visit_occurrence', { ...encounter, status })).toHaveLength(1);
  });

  test('[R46] took place at its first location that is not merely planned, else where its provider is', () => {
    const serviceProvider = { reference: 'Organization/3' };
    const location = [
      { status: 'planned', location: { reference: 'Location/1' } },
      { location: { reference: 'https://host.example/fhir/Location/2' } },
    ];
    expect(site({ location, serviceProvider })).toBe(rowId('Location/2'));
    expect(site({ location: location.slice(0, 1), serviceProvider })).toBe(rowId('Organization/3'));
    expect(site({ serviceProvider: { reference: '#inside' } })).toBeNull();
  });

  test('[R46] finds a site by its id or by an identifier of it', () => {
    const ward = {
      resourceType: 'Location',
      id: '2',
      name: 'Ward 2',
      identifier: [{ system: 'urn:x', value: '7' }],
      physicalType: { text: 'Ward' },
    };
    const told = { care_site_name: 'Ward 2', care_site_kind: 'location', place_of_service_source_value: 'Ward' };
    const named = site({ location: [{ location: { reference: 'Location?identifier=urn:x|7' } }] });
    const care_site_id = rowId('Location/2');
    expect(rowsOf('care_site', ward)).toEqual([{ ...told, care_site_id, care_site_source_value: 'Location/2' }]);
    expect(rowsOf('care_site_alias', ward)).toEqual([{ alias_id: named, care_site_id }]);
    const organization = { resourceType: 'Organization', id: '3', name: 'Clinic', type: [{ text: 'Department' }] };
    expect(rowsOf('care_site', organization)).toMatchObject([
      { care_site_kind: 'organization', place_of_service_source_value: 'Department' },
    ]);
  });
});

describe('a patient', () => {
  test('[R47] whom another record has replaced is no person', () => {
    const link = [{ type: 'replaced-by', other: { reference: 'Patient/2' } }];
    expect(decode({ resourceType: 'Patient', id: '1', link })).toMatchObject({ kind: 'rows', rows: [] });
  });

  test('[R47] who is not active, or has replaced another, is one', () => {
    const link = [{ type: 'replaces', other: { reference: 'Patient/2' } }];
    expect(rowsOf('person', { resourceType: 'Patient', id: '1', link, active: false })).toMatchObject([{ person_id }]);
  });
});

describe('a photograph', () => {
  const media = {
    resourceType: 'Media',
    id: '1',
    status: 'completed',
    subject,
    type: { coding: [{ code: 'image', display: 'Image' }] },
    modality: { text: 'Photograph' },
    bodySite: { text: 'Left hand' },
    createdDateTime: '2012-03',
    content: { contentType: 'image/jpeg', url: 'photos/1%20a.jpg' },
  };

  test('[R59] says what it shows and where its file is in the export', () => {
    expect(rowsOf('media', media)).toMatchObject([
      {
        person_id,
        media_date: '2012-03-01',
        media_date_source: '2012-03',
        media_source_value: 'Image; Photograph',
        body_site: 'Left hand',
        content_type: 'image/jpeg',
        media_path: 'photos/1 a.jpg',
        status: 'completed',
      },
    ]);
    expect(rowsOf('coding', media)).toMatchObject([{ table_name: 'media', code: 'image' }]);
  });

  test('[R59] has no path where its bytes stood in the line, and none outside of the export', () => {
    const at = (content: object) => rowsOf('media', { ...media, content });
    expect(at({ data: 'aGk=' })).toMatchObject([{ media_path: null }]);
    expect(at({ url: '../1.jpg' })).toBe('note.outside');
    expect(at({ url: 'https://host.example/1.jpg' })).toMatchObject([{ media_path: 'https://host.example/1.jpg' }]);
  });
});

describe('a diagnostic report', () => {
  const report = {
    resourceType: 'DiagnosticReport',
    id: '1',
    status: 'final',
    subject,
    category: [{ text: 'Radiology' }],
    code: { text: 'X-ray of hand', coding: [{ system: 'http://loinc.org', code: '36709-9' }] },
    effectiveDateTime: '2012-03',
  };
  const form = (text: string, contentType = 'text/plain') => ({
    contentType,
    data: Buffer.from(text).toString('base64'),
  });

  test('[R49] is a note: the form that was presented, else the conclusion', () => {
    const note = { note_id: rowId('DiagnosticReport/1'), note_date_source: '2012-03', specialty: 'Radiology' };
    const both = { ...report, presentedForm: [form('No fracture.')], conclusion: 'Normal.' };
    expect(rowsOf('note', both)).toMatchObject([
      { ...note, note_type_source_value: 'X-ray of hand', note_text: 'No fracture.' },
    ]);
    expect(rowsOf('coding', both)).toMatchObject([{ table_name: 'note', code: '36709-9' }]);
    expect(rowsOf('note', { ...report, conclusion: 'Normal.' })).toMatchObject([{ ...note, note_text: 'Normal.' }]);
  });

  test('[R49] has the conclusion too where its form has no text', () => {
    const scan = { ...report, presentedForm: [form('x', 'image/tiff')] };
    expect(rowsOf('note', { ...scan, conclusion: 'Normal.' })).toMatchObject([{ note_text: 'Normal.' }]);
    expect(rowsOf('note', scan)).toBe('note.not-text');
  });

  test('[R49] without any text is unmapped: it only groups results', () => {
    expect(rowsOf('note', report)).toBe('unmapped');
  });
});

describe('an allergy', () => {
  const allergy = { resourceType: 'AllergyIntolerance', id: '1', patient: subject };
  const coded = (code: string) => ({ text: code, coding: [{ system: 'http://snomed.info/sct', code }] });

  test('[R8] is to what it names, else to the substance of a reaction', () => {
    const reaction = [{ substance: coded('387406002'), manifestation: [{ text: 'rash' }] }];
    expect(rowsOf('observation', { ...allergy, code: coded('91936005'), reaction })).toMatchObject([
      { observation_source_value: '91936005', value_source_value: 'rash', observation_kind: 'allergy' },
    ]);
    expect(rowsOf('coding', { ...allergy, reaction })).toMatchObject([{ code: '387406002', vocabulary_id: 'SNOMED' }]);
  });
});

describe('references', () => {
  test('[R8] to resources inside of the line cost nothing but themselves', () => {
    const contained = [
      { resourceType: 'Practitioner', id: 'p' },
      { resourceType: 'Organization', id: 'o' },
      { resourceType: 'Medication', id: 'm', code: { text: 'colchicine', coding: [{ code: '2683' }] } },
    ];
    const order = {
      resourceType: 'MedicationRequest',
      id: '1',
      subject,
      contained,
      requester: { reference: '#p' },
      medicationReference: { reference: '#m' },
    };
    expect(rowsOf('drug_exposure', order)).toMatchObject([{ drug_source_value: 'colchicine', provider_id: null }]);
    expect(rowsOf('coding', order)).toMatchObject([{ code: '2683' }]);
    expect(rowsOf('drug_exposure', { ...order, subject: { reference: '#p' } })).toBe('fhir.unknown-reference');
  });

  test('[R8] follow every id that a resource may have', () => {
    const id = 'a_b.C-9';
    expect(rowsOf('person', { resourceType: 'Patient', id })).toMatchObject([{ person_id: rowId(`Patient/${id}`) }]);
    const order = { resourceType: 'MedicationRequest', id: '1', subject: { reference: `Patient/${id}` } };
    expect(rowsOf('drug_exposure', order)).toMatchObject([{ person_id: rowId(`Patient/${id}`) }]);
  });
});

describe('dates', () => {
  const dated: readonly [string, string, (date: string) => object][] = [
    [
      'condition_occurrence',
      'condition_start_date',
      (onsetDateTime) => ({ resourceType: 'Condition', subject, onsetDateTime }),
    ],
    [
      'condition_occurrence',
      'condition_end_date',
      (end) => ({ resourceType: 'Condition', subject, abatementPeriod: { end } }),
    ],
    ['visit_occurrence', 'visit_start_date', (start) => ({ resourceType: 'Encounter', subject, period: { start } })],
    [
      'drug_exposure',
      'drug_exposure_start_date',
      (authoredOn) => ({ resourceType: 'MedicationRequest', subject, authoredOn }),
    ],
    [
      'drug_exposure',
      'drug_exposure_start_date',
      (whenPrepared) => ({ resourceType: 'MedicationDispense', subject, whenPrepared }),
    ],
    [
      'drug_exposure',
      'drug_exposure_end_date',
      (end) => ({ resourceType: 'MedicationAdministration', subject, effectivePeriod: { end } }),
    ],
    [
      'drug_exposure',
      'drug_exposure_start_date',
      (dateAsserted) => ({ resourceType: 'MedicationStatement', subject, dateAsserted }),
    ],
    [
      'drug_exposure',
      'drug_exposure_start_date',
      (occurrenceDateTime) => ({ resourceType: 'Immunization', patient: subject, occurrenceDateTime }),
    ],
    [
      'procedure_occurrence',
      'procedure_date',
      (start) => ({ resourceType: 'Procedure', subject, performedPeriod: { start } }),
    ],
    [
      'measurement',
      'measurement_date',
      (effectiveDateTime) => ({ resourceType: 'Observation', subject, effectiveDateTime }),
    ],
    [
      'observation',
      'observation_date',
      (lastOccurrence) => ({ resourceType: 'AllergyIntolerance', patient: subject, lastOccurrence }),
    ],
    ['note', 'note_date', (issued) => ({ resourceType: 'DiagnosticReport', subject, issued, conclusion: 'x' })],
    ['media', 'media_date', (start) => ({ resourceType: 'Media', subject, createdPeriod: { start } })],
    ['person', 'birth_date', (birthDate) => ({ resourceType: 'Patient', birthDate })],
    ['person', 'death_date', (deceasedDateTime) => ({ resourceType: 'Patient', deceasedDateTime })],
  ];

  test.each(dated)('[R7] %s.%s keeps its precision', (table, column, resource) => {
    for (const [source, day] of [
      ['2012', '2012-01-01'],
      ['2012-03', '2012-03-01'],
      ['2012-03-05', '2012-03-05'],
      ['2012-03-05T10:00-05:00', '2012-03-05'],
    ] as const)
      expect(rowsOf(table, { id: '1', ...resource(source) })).toMatchObject([
        { [column]: day, [`${column}_source`]: source },
      ]);
    expect(rowsOf(table, { id: '1', ...resource('2012-3') })).toBe('fhir.bad-date');
  });
});

describe('a status in words', () => {
  test('is told in the form of its code', () => {
    const verificationStatus = { text: 'Entered in error' };
    expect(
      rowsOf('condition_occurrence', { resourceType: 'Condition', id: '1', subject, verificationStatus }),
    ).toMatchObject([{ verification_status: 'entered-in-error', condition_status_source_value: null }]);
  });
});
