import { describe, expect, test } from 'vitest';
import { goutStudy, mistakesOf } from './gout.test-support.ts';
import { parseProtocol } from './parse.ts';

const HEAD = 'chartproof: 1\n';
const BARE = `${HEAD}id: x
version: "1"
title: X
period: { start: 2014-01-01, end: 2015-01-01 }
concepts: { x: { label: X, codes: [{ system: ICD10CM, code: "L40" }] } }
authorization: { asOf: 2020-01-01, noneOnRecord: granted }
arms: [{ id: x, label: X, criterion: { condition: x } }]
instruments: [{ id: s, label: S, fields: [{ id: a, type: yesno, label: A }] }]
review: { screening: s }
`;

describe('what a protocol says of its release', () => {
  test('is years and cells below five where it says nothing', () => {
    expect(goutStudy().release).toEqual({ dates: 'year', smallCell: 5, authors: [], keywords: [] });
  });

  test('keeps authors in their order', () => {
    const text = `${BARE}release: { authors: [{ name: B, orcid: 0000-0002-1825-0097 }, { name: A, orcid: 0000-0002-9079-593X }] }`;
    expect(parseProtocol(text, 'x.yaml').release.authors.map(({ name }) => name)).toEqual(['B', 'A']);
  });

  test('refuses an ORCID with a wrong digit, and an author twice, with the place', () => {
    const [orcid, twice] = mistakesOf(
      `${BARE}release:\n  authors:\n    - { name: A, orcid: 0000-0002-1825-0096 }\n    - { name: A }\n`,
    );
    expect(orcid).toMatch(/:13:\d+ protocol.orcid `0000-0002-1825-0096` is no ORCID/);
    expect(twice).toMatch(/:14:\d+ protocol.author-twice/);
  });

  test('refuses dates that are neither, and a threshold of nobody', () => {
    expect(mistakesOf(`${BARE}release: { dates: exact }`)).toHaveLength(1);
    expect(mistakesOf(`${BARE}release: { smallCell: 0 }`)).toHaveLength(1);
  });
});
