import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writtenCode } from './codes.ts';
import { COMBINATION, followed, gemRelationship } from './crosswalks.ts';
import { orderLine, parsed } from './file.test-support.ts';
import { parseLine } from './parse-line.ts';

const table = 'code,billable,description\n';
const gemTable = 'source,scenario,type,approximate,choice_list,target\n';
const refused = (reason: string) => ({ kind: 'refused', reason: `vocabulary.${reason}` });

describe('the lines of a code list', () => {
  test('[R10] say whether a code is billable, and its long name', () => {
    const header = { kind: 'code', code: 'L94', name: 'Other disorders', isBillable: false };
    const code = { kind: 'code', code: 'L94.4', name: `Gottron's papules, "both" hands`, isBillable: true };
    expect(
      parsed('icd10cm.csv', `${table}L94,False,Other disorders\nL944,True,"Gottron's papules, ""both"" hands"`),
    ).toEqual([header, code]);
    const lines = [orderLine(1, 'L94', 0, 'Other dis', header.name), orderLine(2, 'L944', 1, 'Gottron', code.name)];
    expect(parsed('icd10cm_order.txt', lines.join('\r\n'))).toEqual([header, code]);
    expect(parsed('icd10cm_codes.txt', `L944    ${code.name}\n`)).toEqual([code]);
  });

  test('[R9] refuses a line of another form, and a code of another form, alone', () => {
    const lines = [
      'L940,True,Morphea',
      'L941,True',
      'L942,perhaps,X',
      'L943,True,"X',
      'L944,True,',
      '7093,True,X',
      'L945,True,Y',
    ];
    expect(
      parsed('icd10cm.csv', table + lines.join('\n')).map((line) =>
        line.kind === 'refused' ? line.reason : line.kind,
      ),
    ).toEqual(['code', ...Array.from({ length: 4 }, () => 'vocabulary.bad-line'), 'vocabulary.bad-code', 'code']);
    expect(parsed('icd10cm_codes.txt', 'A000    Cholera\nTotal: 1 code\nA0000000 Cholera')).toEqual([
      expect.objectContaining({ code: 'A00.0' }),
      refused('bad-line'),
      refused('bad-line'),
    ]);
  });

  test('[R11] are UTF-8 or Windows-1252, plain or gzip', () => {
    const name = "Ménière's disease";
    const utf8 = Buffer.from(`38600 ${name}\n`);
    for (const content of [utf8, Buffer.from(`38600 ${name}\n`, 'latin1'), gzipSync(utf8)])
      expect(parsed('codes.txt', content)).toEqual([{ kind: 'code', code: '386.00', name, isBillable: true }]);
    expect(parsed('icd9cm.csv', `\uFEFF${table}0010,True,Cholera`)).toHaveLength(1);
    expect(() => parsed('codes.txt.gz', gzipSync(utf8).subarray(0, 20))).toThrow(
      expect.objectContaining({ code: 'vocabulary.unreadable' }),
    );
  });
});

describe('the lines of a crosswalk', () => {
  const mapping = { kind: 'mapping', source: '709.3', target: 'L94.2', combination: undefined };
  const together = { kind: 'mapping', source: '806.00', target: 'S14.101A', combination: '1.2' };
  const none = { kind: 'no-map', source: 'E800.0' };

  test('[R12][R13] say a target, a part of a combination, or that there is none', () => {
    expect(parsed('2018_I9gem.txt', '7093  L942    10000\n80600 S14101A 10112\nE8000 NoDx    11000')).toEqual([
      mapping,
      together,
      none,
    ]);
    const lines = [
      '7093,0,simple,True,0,L942',
      '80600,1,combination,True,2,S14101A',
      'E8000,0,no_map,True,0,NoDx',
      'E8000,0,no_map,True,0,',
    ];
    expect(parsed('gem-9-to-10.csv', gemTable + lines.join('\n'))).toEqual([mapping, together, none, none]);
  });

  test('[R13] refuses flags that contradict one another', () => {
    const flags = ['10012', '10100', '10102', '10110', '11100', '11000', '20000', '00003'];
    const lines = flags.map((each) => `7093  L942    ${each}`);
    expect(parsed('2018_I9gem.txt', ['7093  L942    10000', ...lines].join('\n'))).toEqual([
      mapping,
      ...flags.map(() => refused('bad-flags')),
    ]);
    const rows = [
      '7093,0,exact,True,0,L942',
      '7093,x,simple,True,0,L942',
      '7093,0,simple,maybe,0,L942',
      '7093,1,simple,True,0,L942',
    ];
    expect(parsed('gem-9-to-10.csv', gemTable + rows.join('\n'))).toEqual(rows.map(() => refused('bad-flags')));
  });

  test('[R9] refuses codes of another classification, and lines of another form', () => {
    const lines = [
      '7093  L942    10000',
      'L942  7093    10000',
      '7093  7093    10000',
      '7093  NoDx    10000',
      '7093 L942',
    ];
    expect(parsed('2018_I9gem.txt', lines.join('\n'))).toEqual([
      mapping,
      ...Array.from({ length: 3 }, () => refused('bad-code')),
      refused('bad-line'),
    ]);
  });

  test('[R12][R14] a single mapping is followed in its direction, a combination is not', () => {
    const there = gemRelationship({ from: 'ICD9CM', to: 'ICD10CM' });
    expect(there).toBe('ICD9CM - ICD10CM gem');
    expect(gemRelationship({ from: 'ICD10CM', to: 'ICD9CM' })).not.toBe(there);
    expect(gemRelationship({ from: 'ICD9CM', to: 'ICD10PCS' })).toBeUndefined();
    expect(followed).toContain(there);
    expect(followed).not.toContain(COMBINATION);
    for (const relationship of [...followed, COMBINATION]) expect(relationship.length).toBeLessThanOrEqual(20);
  });

  test('[R9][R13] whatever a line is, it is read or refused, and the two layouts read alike', () => {
    const format = { of: 'crosswalk', crosswalk: { from: 'ICD9CM', to: 'ICD10CM' } } as const;
    const code = fc.oneof(fc.stringMatching(/^(\d{3,5}|V\d{2,4}|E\d{3,4})$/), fc.stringMatching(/^[A-Z0-9]{2,7}$/));
    const target = fc.oneof(fc.stringMatching(/^[A-Z]\d[0-9A-Z]{1,5}$/), fc.constant('NoDx'));
    const bit = fc.constantFrom('0', '1');
    const digit = fc.constantFrom('0', '1', '2');
    fc.assert(
      fc.property(code, target, fc.tuple(bit, bit, bit, digit, digit), (source, to, flags) => {
        const [approximate, none, combined, scenario, choice] = flags;
        const list = parseLine(
          { ...format, layout: 'gem-list' },
          `${source.padEnd(5)} ${to.padEnd(7)} ${flags.join('')}`,
        );
        if (list.kind === 'mapping') expect(list.source).toBe(writtenCode('ICD9CM', source));
        if (none === '1' && combined === '1') return; // the table has one word for the two
        const type = none === '1' ? 'no_map' : combined === '1' ? 'combination' : 'simple';
        const row = [source, scenario, type, approximate === '1' ? 'True' : 'False', choice, to].join(',');
        expect(parseLine({ ...format, layout: 'gem-table' }, row)).toEqual(list);
      }),
    );
  });

  test('[R9] no text at all breaks the reading', () => {
    const codes = { of: 'codes', system: 'ICD10CM' } as const;
    fc.assert(
      fc.property(fc.constantFrom('code-table', 'code-order', 'code-list'), fc.string(), (layout, text) => {
        expect(['code', 'refused']).toContain(parseLine({ ...codes, layout }, text).kind);
      }),
    );
  });
});
