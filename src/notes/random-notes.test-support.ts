/** Random notes and queries of few words, so that they meet often. For property tests. */
import fc from 'fast-check';
import type { PartialDate } from '../base/index.ts';
import { assertionFunctions, type Query, type QueryWord } from './query.ts';

const WORDS = ['psoriasis', 'Arthritis', 'fever', 'calcified', 'calcification', 'Ménière', 'plaque'];
const GLUE = ['no', 'denies', 'but', 'and', 'history of', 'possible', 'if', 'mother has', 'was ruled out', 'not'];
const MARKS = ['.', ',', ';', ':', '\n', '\n\n', '. ', '(', ')'];
const HEADINGS = ['\nFamily History:\n', '\nPlan:\n', '\nMedications: ', '\n# Wound care\n', '\nSkin: '];

/** Text made of clinical words, cues, marks and headings. */
export const noteText = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...WORDS) },
      { weight: 4, arbitrary: fc.constantFrom(...GLUE) },
      { weight: 2, arbitrary: fc.constantFrom(...MARKS) },
      { weight: 1, arbitrary: fc.constantFrom(...HEADINGS) },
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(' '));

const word: fc.Arbitrary<QueryWord> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('psoriasis', 'arthritis', 'fever', 'meniere', 'plaque', 'no', 'and').map((text) => ({
      text,
      prefix: false,
    })),
  },
  { weight: 1, arbitrary: fc.constantFrom('calc', 'p', 'ps').map((text) => ({ text, prefix: true })) },
);
const words = fc.array(word, { minLength: 1, maxLength: 3 });
const near = fc.record({
  kind: fc.constant('text' as const),
  words: fc
    .array(word, { minLength: 2, maxLength: 3 })
    .map((list) => list.map(({ text }) => ({ text, prefix: false }))),
  near: fc.nat({ max: 4 }),
});
const date = fc.constantFrom('2011', '2012', '2012-03', '2012-03-05', '2013-12').map((text) => text as PartialDate);
const sections = ['plan', 'family', 'wound care', 'medications', 'preamble'].map((text) => text.split(' '));
const types = ['progress', 'consult', 'note'].map((text) => [text]);
const wholeWords = (list: readonly string[]): QueryWord[] => list.map((text) => ({ text, prefix: false }));

/** The term sets that random queries name. */
export const termSets = { joints: ['arthritis', 'fever and'], skin: ['psoriasis', 'calcif*', 'plaque'], none: [] };

const leaf: fc.Arbitrary<Query> = fc.oneof(
  { weight: 5, arbitrary: words.map((list): Query => ({ kind: 'text', words: list })) },
  { weight: 2, arbitrary: near },
  {
    weight: 2,
    arbitrary: fc.constantFrom('joints', 'skin', 'none').map((name): Query => ({ kind: 'terms', name, column: 1 })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(...sections)
      .map((value): Query => ({ kind: 'filter', name: 'section', value: wholeWords(value) })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('type' as const, 'specialty' as const), fc.constantFrom(...types))
      .map(([name, value]): Query => ({ kind: 'filter', name, value: wholeWords(value) })),
  },
  { weight: 1, arbitrary: fc.tuple(fc.option(date), fc.option(date)).map(([from, to]) => dateQuery(from, to)) },
);

function dateQuery(from: PartialDate | null, to: PartialDate | null): Query {
  const [first, last] = from && to && from > to ? [to, from] : [from, to];
  return { kind: 'date', ...(first ? { from: first } : {}), ...(last ? { to: last } : {}) };
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
        .map(([kind, of]): Query => ({ kind, of: of.flatMap((one) => (one.kind === kind ? one.of : [one])) })),
    },
    { weight: 1, arbitrary: tie('query').map((of): Query => ({ kind: 'not', of })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...assertionFunctions), tie('query'))
        .map(([name, of]): Query => ({ kind: 'assertion', name, of })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom('person' as const, 'note' as const), tie('query'))
        .map(([kind, of]): Query => ({ kind, of })),
    },
  ),
})).query;
