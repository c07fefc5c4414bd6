import { describe, expect, test } from 'vitest';
import { decode } from './decode.test-support.ts';

const research = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'research' }] };

/** What a consent says, as `granted 2020-01-01`; or what kind of line it is. */
function said(more: object): readonly string[] | string {
  const consent = { resourceType: 'Consent', id: '1', status: 'active', patient: { reference: 'Patient/1' }, ...more };
  const decoded = decode(consent);
  if (decoded.kind === 'refused') return decoded.reason;
  if (decoded.kind === 'unmapped') return 'unmapped';
  return decoded.rows.map(({ values }) => `${values.decision} ${values.decided_date_source}`);
}
const permit = { scope: research, dateTime: '2020-01-01', provision: { type: 'permit' } };

describe('research consent', () => {
  test('[R14] is told by scope, category or purpose', () => {
    expect(said(permit)).toEqual(['granted 2020-01-01']);
    const { scope: _scope, ...rest } = permit;
    expect(said({ ...rest, category: [{ text: 'Research use of the record' }] })).toEqual(['granted 2020-01-01']);
    const purpose = [{ code: 'HRESCH' }];
    expect(said({ ...rest, provision: { type: 'permit', purpose } })).toEqual(['granted 2020-01-01']);
  });

  test('[R14] a consent about anything else is unmapped', () => {
    expect(said({ ...permit, scope: { coding: [{ code: 'treatment' }] } })).toBe('unmapped');
  });

  test('[R15] is dated by its date, else the beginning of its period, else its last update', () => {
    const { dateTime: _dateTime, ...undated } = permit;
    const meta = { lastUpdated: '2022-01-01T00:00:00Z' };
    const provision = { type: 'permit', period: { start: '2021-06' } };
    expect(said({ ...permit, provision, meta })).toEqual(['granted 2020-01-01']);
    expect(said({ ...undated, provision, meta })).toEqual(['granted 2021-06']);
    expect(said({ ...undated, meta })).toEqual(['granted 2022-01-01T00:00:00Z']);
  });

  test('[R16] that denies or is rejected is a refusal', () => {
    expect(said({ ...permit, provision: { type: 'deny' } })).toEqual(['refused 2020-01-01']);
    expect(said({ ...permit, status: 'rejected' })).toEqual(['refused 2020-01-01']);
  });

  test('[R141] that permitted and is inactive was revoked; a refusal that is inactive stays one', () => {
    expect(said({ ...permit, status: 'inactive' })).toEqual(['revoked 2020-01-01']);
    expect(said({ ...permit, status: 'inactive', provision: { type: 'deny' } })).toEqual(['refused 2020-01-01']);
  });

  test('[R140] that is proposed is a letter, of its own date or of its last update', () => {
    const { dateTime: _dateTime, ...undated } = permit;
    const meta = { lastUpdated: '2022-01-01T00:00:00Z' };
    const provision = { type: 'permit', period: { start: '2021-06', end: '2023' } };
    expect(said({ ...permit, status: 'proposed', provision: undefined })).toEqual(['requested 2020-01-01']);
    expect(said({ ...undated, status: 'proposed', provision, meta })).toEqual(['requested 2022-01-01T00:00:00Z']);
    expect(said({ ...permit, status: 'proposed', provision: { type: 'deny' } })).toEqual([]);
    expect(said({ ...permit, status: 'proposed', scope: { coding: [{ code: 'treatment' }] } })).toBe('unmapped');
  });

  test('[R48] that excepts anything is a refusal, and what it excepts may be what makes it one about research', () => {
    const excepting = (provision: object[]) => ({ type: 'permit', provision });
    expect(said({ ...permit, provision: excepting([{ type: 'deny' }]) })).toEqual(['refused 2020-01-01']);
    const deep = excepting([{ type: 'permit', provision: [{ type: 'deny' }] }]);
    expect(said({ ...permit, provision: deep })).toEqual(['refused 2020-01-01']);
    const provision = excepting([{ type: 'deny', purpose: [{ code: 'HRESCH' }] }]);
    expect(said({ ...permit, scope: { coding: [{ code: 'patient-privacy' }] }, provision })).toEqual([
      'refused 2020-01-01',
    ]);
    expect(said({ ...permit, provision: excepting([{ type: 'permit' }]) })).toEqual(['granted 2020-01-01']);
  });

  test('[R17] that ends is a refusal from its end', () => {
    const provision = { type: 'permit', period: { end: '2023-12-31' } };
    expect(said({ ...permit, provision })).toEqual(['granted 2020-01-01', 'refused 2023-12-31']);
  });

  test('[R18] says nothing as a draft or an error', () => {
    for (const status of ['draft', 'entered-in-error']) expect(said({ ...permit, status })).toEqual([]);
  });

  test('[R18] that neither permits nor denies is quarantined', () => {
    expect(said({ ...permit, provision: {} })).toBe('consent.no-decision');
    expect(said({ ...permit, provision: undefined })).toBe('consent.no-decision');
  });
});
