import { expect, test } from 'vitest';
import { agreementFiles } from './agreement-files.ts';
import { fieldPairs } from './computations.test-support.ts';

test('[R22] codes and numbers leave for R, of words and dates only whether they are the same', () => {
  const choices = [{ code: 'Mild' }, { code: 'Very severe' }];
  const [fields, pairs] = agreementFiles([
    fieldPairs({ id: 'severity', type: 'choice', choices, ordered: true }, [
      ['value:mild', 'missing:conflicting'],
      ['value:mild', ''],
    ]),
    fieldPairs({ id: 'age', type: 'integer' }, [['value:40', 'value:41']]),
    fieldPairs({ id: 'remark', type: 'text' }, [
      ['value:a private word', 'value:a private word'],
      ['value:a private word', 'value:another'],
    ]),
    fieldPairs({ id: 'seen', type: 'date' }, [['value:2015-03-02', 'value:2015-03-03']]),
  ]);
  expect(fields?.text).toBe(
    [
      'instrument,field,label,type,categories,levels',
      'visit,severity,severity,ordered,2,mild|very severe',
      'visit,age,age,number,0,',
      'visit,remark,remark,other,0,',
      'visit,seen,seen,other,0,',
      '',
    ].join('\n'),
  );
  expect(pairs?.text.trim().split('\n').slice(1)).toEqual([
    'visit,severity,mild,missing:conflicting',
    'visit,severity,mild,missing:none',
    'visit,age,40,41',
    'visit,remark,1,1',
    'visit,remark,1,2',
    'visit,seen,1,2',
  ]);
});
