import { describe, expect, test } from 'vitest';
import { newPlace } from './records.test-support.ts';

const order = {
  resourceType: 'MedicationRequest',
  id: '1',
  subject: { reference: 'Patient/1' },
  medicationReference: { reference: 'Medication/1' },
};
const medication = {
  resourceType: 'Medication',
  id: '1',
  code: { text: 'colchicine', coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '2683' }] },
  form: { text: 'tablet' },
};
const drugs = 'SELECT drug_source_value AS drug, dose_form AS form, route FROM drug_exposure';
const codes = "SELECT vocabulary_id AS vocabulary, code FROM coding WHERE table_name = 'drug_exposure'";

describe('a drug that is named by a Medication', () => {
  test.each([
    ['after', [[order, medication]]],
    ['before', [[medication, order]]],
    ['in a later import', [[order], [medication]]],
    ['in an earlier import', [[medication], [order]]],
  ])('[R13] has its text, form, route and codes when it comes %s', async (_when, imports) => {
    using place = newPlace();
    for (const [at, lines] of imports.entries()) await place.import(lines, `${at}.ndjson`);
    expect(await place.query(drugs)).toEqual([{ drug: 'colchicine', form: 'tablet', route: 'oral' }]);
    expect(await place.query(codes)).toEqual([{ vocabulary: 'RxNorm', code: '2683' }]);
  });

  test('[R13] keeps the route that it states itself', async () => {
    using place = newPlace();
    const dosageInstruction = [{ route: { text: 'topical' } }];
    await place.import([medication, { ...order, dosageInstruction }]);
    expect(await place.query(drugs)).toEqual([{ drug: 'colchicine', form: 'tablet', route: 'topical' }]);
  });
});
