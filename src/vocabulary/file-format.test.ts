import { describe, expect, test } from 'vitest';
import { fileOf, orderLine } from './file.test-support.ts';

const table = 'code,billable,description\n';
const gem = 'source,scenario,type,approximate,choice_list,target\n';

describe('what a file is', () => {
  test.each([
    ['a table of codes', 'icd10cm.csv', `${table}L942,True,A code`, { layout: 'code-table', system: 'ICD10CM' }],
    [
      'an order file',
      'icd10cm_order_2019.txt',
      orderLine(1, 'L94', 0, 'Other', 'Other'),
      { layout: 'code-order', system: 'ICD10CM' },
    ],
    [
      'an order file of procedures',
      'icd10pcs_order_2019.txt',
      orderLine(1, '001', 0, 'Bypass', 'Bypass'),
      { layout: 'code-order', system: 'ICD10PCS' },
    ],
    ['a list', 'icd10cm_codes_2019.txt', 'A000    Cholera', { layout: 'code-list', system: 'ICD10CM' }],
    ['a list of ICD-9-CM', 'CMS32_DESC_LONG_DX.txt', '0010  Cholera', { layout: 'code-list', system: 'ICD9CM' }],
    [
      'a list of its procedures',
      'CMS32_DESC_LONG_SG.txt',
      '0001 Ther ult',
      { layout: 'code-list', system: 'ICD9Proc' },
    ],
    [
      'a table of a GEM',
      'gem-9-to-10.csv',
      `${gem}7093,0,simple,True,0,L942`,
      { layout: 'gem-table', crosswalk: { from: 'ICD9CM', to: 'ICD10CM' } },
    ],
    [
      'a GEM',
      '2018_I10gem.txt',
      'L942    7093  10000',
      { layout: 'gem-list', crosswalk: { from: 'ICD10CM', to: 'ICD9CM' } },
    ],
    [
      'a GEM of procedures',
      'gem_pcsi9.txt',
      '0HBAXZX 8611 10000',
      { layout: 'gem-list', crosswalk: { from: 'ICD10PCS', to: 'ICD9Proc' } },
    ],
  ])('[R7][R8] tells %s by its lines and name', (_what, name, content, format) => {
    expect(fileOf(name, content).format).toMatchObject(format);
  });

  test.each([
    ['six characters: ICD-10-CM', `${table}M1A.9XX0,True,Gout\nL40,False,Psoriasis`, { system: 'ICD10CM' }],
    ['five digits: ICD-9-CM', `${table}27400,True,Gout\nV10,False,History`, { system: 'ICD9CM' }],
    ['seven from a digit: ICD-10-PCS', '0HBAXZX Excision of skin', { system: 'ICD10PCS' }],
    ['a GEM by its targets', '27400 M1A9XX0 10000', { crosswalk: { from: 'ICD9CM', to: 'ICD10CM' } }],
    ['a GEM by its sources', 'M1A9XX0 27400 10000', { crosswalk: { from: 'ICD10CM', to: 'ICD9CM' } }],
    ['a GEM of procedures by its targets', '8611 0HBAXZX 10000', { crosswalk: { from: 'ICD9Proc', to: 'ICD10PCS' } }],
  ])('[R8] tells the classification by codes that no other has: %s', (_what, content, format) => {
    expect(fileOf('codes.txt', content).format).toMatchObject(format);
  });

  test.each([
    ['ICD-10, ICD-10-CM or ICD-10-GM', `${table}L40,False,Psoriasis\nL40.0,True,Psoriasis`],
    ['ICD-9-CM or its procedures', `${table}0010,True,Cholera`],
    ['a GEM without a code that tells', 'V100 Z850 10000'],
  ])('[R8] does not guess: %s', (_what, content) => {
    expect(() => fileOf('codes.csv', content)).toThrow(
      expect.objectContaining({ code: 'vocabulary.unknown-system', place: expect.objectContaining({ line: 1 }) }),
    );
  });

  test('[R8] what the user says goes before the name and the codes', () => {
    const content = `${table}L40,False,Psoriasis`;
    expect(fileOf('icd10cm.csv', content, 'ICD10GM').format).toMatchObject({ system: 'ICD10GM' });
    expect(fileOf('x.txt', 'V100 Z850 10000', 'ICD9CM').format).toMatchObject({
      crosswalk: { from: 'ICD9CM', to: 'ICD10CM' },
    });
    expect(() => fileOf('x.csv', content, 'ICD10CN')).toThrow(
      expect.objectContaining({ code: 'vocabulary.unknown-system', tip: 'Did you mean `ICD10CM`?' }),
    );
    expect(() => fileOf('x.txt', 'V100 Z850 10000', 'ICD10GM')).toThrow(
      expect.objectContaining({ code: 'vocabulary.unknown-system' }),
    );
  });

  test.each([
    ['prose', 'Dear colleague,\nplease find the codes attached.'],
    ['another table', 'id,name\n1,x'],
    ['nothing', ''],
    ['empty lines', '\n\n'],
  ])('[R7] refuses %s at its place', (_what, content) => {
    expect(() => fileOf('icd10cm.csv', content)).toThrow(
      expect.objectContaining({ code: 'vocabulary.unknown-format', place: expect.objectContaining({ line: 1 }) }),
    );
  });
});
