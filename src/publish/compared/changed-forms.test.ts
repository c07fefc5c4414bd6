import { describe, expect, test } from 'vitest';
import { parseProtocol } from '../../protocol/index.ts';
import { psoriasisProtocol } from '../../review/psoriasis-protocol.test-support.ts';
import { changedForms } from './changed-forms.ts';

const before = parseProtocol(psoriasisProtocol, 'protocol.yaml');
const changesTo = (yaml: string) => changedForms(before, parseProtocol(yaml, 'protocol.yaml'));

describe('what of the forms a version changes', () => {
  test('is nothing where only other parts of the protocol are others', () => {
    expect(changesTo(psoriasisProtocol.replace('title: Methotrexate', 'title: More methotrexate'))).toEqual([]);
  });

  test('is told by field, with what of it', () => {
    const changed = psoriasisProtocol
      .replace('label: Pack-years, min: 0, max: 150, visible: smoker = true', 'label: Pack-years, min: 0, max: 200')
      .replace('{ id: remark, type: text,', '{ id: comment, type: text,');
    expect(changesTo(changed)).toEqual([
      { instrument: 'baseline', field: 'pack_years', change: 'changed', what: ['visible', 'max'] },
      { instrument: 'baseline', field: 'comment', change: 'added', what: [] },
      { instrument: 'baseline', field: 'remark', change: 'removed', what: [] },
    ]);
  });

  test('is told of a form as a whole where it is new, gone or called otherwise', () => {
    const changed = psoriasisProtocol
      .replace('label: Before treatment', 'label: At baseline')
      .replace('id: visit', 'id: course');
    expect(changesTo(changed)).toEqual([
      { instrument: 'baseline', change: 'changed', what: ['label'] },
      { instrument: 'course', change: 'added', what: [] },
      { instrument: 'visit', change: 'removed', what: [] },
    ]);
  });
});
