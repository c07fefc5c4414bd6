import { expect, test } from 'vitest';
import type { PartialDate } from '../base/index.ts';
import type { KeptSearch } from '../cohort/index.ts';
import type { Protocol } from '../protocol/index.ts';
import { searchMethods } from './search-methods.ts';

const facts = {
  protocol: {
    authorization: { asOf: '2017-06-27' as PartialDate, noneOnRecord: 'refused' } as Protocol['authorization'],
  },
  importedOn: new Map([['1111111111111111', '2024-01-02T03:04:05Z']]),
};

function kept(id: number, changes: Partial<KeptSearch> = {}): KeptSearch {
  return {
    id,
    at: `2024-02-0${id}T10:00:00Z`,
    actor: 'anna',
    query: 'GOUT',
    canonical: 'gout',
    termSets: {},
    notesVersion: '1-a',
    protocol: 'p',
    snapshot: '1111111111111111' as KeptSearch['snapshot'],
    rerunOf: null,
    why: null,
    mentions: 9,
    notes: 5,
    persons: 3,
    first: '2012-01-01',
    last: '2016-05-01',
    ...changes,
  };
}

test('the log as methods: each query once with its last counts, why, the records, and the words of its term sets', () => {
  const later = '2222222222222222' as KeptSearch['snapshot'];
  const joint = { query: '@joint', canonical: '@joint', why: 'arm 2 | draft' };
  const log = [
    kept(1),
    kept(2, { persons: 4 }),
    kept(3, { ...joint, termSets: { joint: ['joint', 'toe'] }, first: null, last: null }),
    kept(4, { ...joint, termSets: { joint: ['elbow'] } }),
    kept(5, { ...joint, termSets: { joint: ['elbow'] }, snapshot: later }),
  ];
  expect(searchMethods(log, facts)).toMatchInlineSnapshot(`
    "## Searches of the clinical notes

    The text of the clinical notes was searched with 2 queries of the Chartproof search language, asked 5 times between 2024-02-01 and 2024-02-05. A search finds every note of which its query is true; results are not ranked and not cut off. Only notes of persons whose records may be used for research were searched (last decision up to 2017-06-27; persons without a decision were left out). Negation, uncertainty, history and experiencer of each mention were worked out by rules (analysis 1-a). The table gives each query with the counts of its last run on the same records.

    | No. | Query | Purpose | Asked | Records of | Mentions | Notes | Persons | Notes dated |
    | --- | --- | --- | --- | --- | ---: | ---: | ---: | --- |
    | 2 | \`gout\` | not stated | 2024-02-02 | 2024-01-02 (1111111111111111) | 9 | 5 | 4 | 2012-01-01 to 2016-05-01 |
    | 3 | \`@joint\` | arm 2 \\| draft | 2024-02-03 | 2024-01-02 (1111111111111111) | 9 | 5 | 3 |  |
    | 4 | \`@joint\` | arm 2 \\| draft | 2024-02-04 | 2024-01-02 (1111111111111111) | 9 | 5 | 3 | 2012-01-01 to 2016-05-01 |
    | 5 | \`@joint\` | arm 2 \\| draft | 2024-02-05 | unknown day (2222222222222222) | 9 | 5 | 3 | 2012-01-01 to 2016-05-01 |

    ### Term sets

    - **@joint** (search 3): joint; toe
    - **@joint** (searches 4, 5): elbow
    "
  `);
});

test('a log without a search says so', () => {
  expect(searchMethods([], facts)).toBe('The notes of this study have not been searched.\n');
});
