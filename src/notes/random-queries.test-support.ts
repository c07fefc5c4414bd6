/** Random queries of every operator, on the words of random-notes.test-support.ts. For property tests. */
import fc from 'fast-check';
import type { PartialDate } from '../base/index.ts';
import { assertionFunctions, levels, type Query, sexes } from './query.ts';
import type { QueryWord } from './query-word.ts';

/** The term sets that random queries name. */
export const termSets = {
  joints: ['arthritis', 'fever and', '=Arthritis'],
  skin: ['psoriasis', 'calcif*', 'plaque', 'plaqe~1'],
  none: [],
};

function wordsOf(form: 'word' | 'prefix' | 'wild' | 'exact', ...texts: readonly string[]): fc.Arbitrary<QueryWord> {
  return fc.constantFrom(...texts).map((text) => ({ form, text }));
}

const plain = wordsOf('word', 'psoriasis', 'arthritis', 'fever', 'meniere', 'plaque', 'no', 'and', '𝐀b');
const beginning = wordsOf('prefix', 'calc', 'p', 'ps');
const wild = wordsOf('wild', 'c*f*d', '*s', 'f?v?r', 'calcifi*?', '?rthritis', '*i*i*', '?b', '*a*a*a*');
const exact = wordsOf('exact', 'Arthritis', 'arthritis', 'FEVER', 'Ménière', 'no', 'and');
const fuzzy = fc
  .tuple(fc.constantFrom('psoraisis', 'feve', 'plaques', 'on', 'menier', 'calcifed'), fc.constantFrom(1 as const, 2))
  .map(([text, edits]): QueryWord => ({ form: 'fuzzy', text, edits: edits === 1 ? 1 : 2 }));

const row = fc.array(
  fc.oneof({ weight: 4, arbitrary: plain }, { weight: 1, arbitrary: beginning }, { weight: 1, arbitrary: wild }),
  { minLength: 1, maxLength: 3 },
);
const text: fc.Arbitrary<Query> = fc.oneof(
  { weight: 4, arbitrary: row.map((words): Query => ({ kind: 'text', words })) },
  {
    weight: 1,
    arbitrary: fc.array(exact, { minLength: 1, maxLength: 2 }).map((words): Query => ({ kind: 'text', words })),
  },
  { weight: 1, arbitrary: fuzzy.map((word): Query => ({ kind: 'text', words: [word] })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.array(plain, { minLength: 2, maxLength: 3 }), fc.nat({ max: 4 }))
      .map(([words, near]): Query => ({ kind: 'text', words, near })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...Object.keys(termSets)).map((name): Query => ({ kind: 'terms', name, column: 1 })),
  },
);

const values = {
  section: ['plan', 'family', 'wound care', 'medications', 'preamble', 'med*', '?lan'],
  type: ['progress', 'consult', 'note', 'c?ns*'],
  specialty: ['progress', 'derm*'],
  author: ['practitioner 1', '2', 'pract*'],
};

function filtersOf(...names: readonly (keyof typeof values)[]): fc.Arbitrary<Query> {
  const pairs = names.flatMap((name) => values[name].map((value) => ({ name, value })));
  return fc.constantFrom(...pairs).map(({ name, value }): Query => {
    const words = value.split(' ').map((word): QueryWord => {
      if (word.includes('?')) return { form: 'wild', text: word };
      return word.endsWith('*') ? { form: 'prefix', text: word.slice(0, -1) } : { form: 'word', text: word };
    });
    return { kind: 'filter', name, value: words };
  });
}

const date = fc.constantFrom('2011', '2012', '2012-03', '2012-03-05', '2013-12').map((one) => one as PartialDate);
const dates = fc.tuple(fc.option(date), fc.option(date)).map(([from, to]): Query => {
  const [first, last] = from && to && from > to ? [to, from] : [from, to];
  return { kind: 'date', ...(first ? { from: first } : {}), ...(last ? { to: last } : {}) };
});
const age = fc.option(fc.constantFrom(0, 1, 39, 40, 41, 42));
const ages = fc.tuple(age, age).map(([from, to]): Query => {
  const [first, last] = from !== null && to !== null && from > to ? [to, from] : [from, to];
  return { kind: 'age', ...(first === null ? {} : { from: first }), ...(last === null ? {} : { to: last }) };
});

const leaf: fc.Arbitrary<Query> = fc.oneof(
  { weight: 8, arbitrary: text },
  { weight: 2, arbitrary: filtersOf('section') },
  { weight: 1, arbitrary: filtersOf('type', 'specialty', 'author') },
  { weight: 1, arbitrary: dates },
  { weight: 1, arbitrary: ages },
  { weight: 1, arbitrary: fc.constantFrom(...sexes).map((sex): Query => ({ kind: 'sex', sex })) },
);

function joined(kind: 'and' | 'or', ...of: readonly Query[]): Query {
  return { kind, of: of.flatMap((one) => (one.kind === kind ? one.of : [one])) };
}

/** Queries of all kinds, in the form in which the parser makes them. */
export const query: fc.Arbitrary<Query> = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    { weight: 3, arbitrary: leaf },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('query'), { minLength: 2, maxLength: 3 }))
        .map(([kind, of]) => joined(kind, ...of)),
    },
    { weight: 1, arbitrary: fc.tuple(tie('query'), filtersOf('section')).map((of) => joined('and', ...of)) },
    { weight: 1, arbitrary: tie('query').map((of): Query => ({ kind: 'not', of })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...assertionFunctions), tie('query'))
        .map(([name, of]): Query => ({ kind: 'assertion', name, of })),
    },
    {
      weight: 4,
      arbitrary: fc.tuple(fc.constantFrom(...levels), tie('query')).map(([kind, of]): Query => ({ kind, of })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(tie('query'), tie('query'), fc.constantFrom(0, 1, 7, 25, 300, 700))
        .map(([left, right, days]): Query => ({ kind: 'within', left, right, days })),
    },
  ),
})).query;
