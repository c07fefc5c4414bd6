/** How a search divides: without copies, and narrowed by what the notes say, their type, their specialty, their year. */
import type { z } from 'zod';
import { ChartproofError } from '../../base/index.ts';
import type { Gate } from '../../cohort/index.ts';
import { parseQuery, printQuery } from '../../notes/index.ts';
import type { searchFacets } from '../contract/index.ts';
import type { AskedSearch } from './asked-search.ts';

type Facets = z.infer<typeof searchFacets>;
type Facet = Facets['facets'][number];
type Value = Facet['values'][number];

const MOST_VALUES = 8;
const ASSERTIONS = ['affirmed', 'negated', 'possible', 'historical', 'hypothetical', 'family', 'other'] as const;

/** Every value is counted by asking the search narrowed by it, so that whoever takes it finds what was told. */
export function facetsOf(gate: Gate, { kept, answer }: AskedSearch): Facets {
  const query = kept.canonical;
  const counted = (value: string, narrowed: string): Value | undefined => {
    try {
      const canonical = printQuery(parseQuery(narrowed));
      const { notes, persons } = gate.findNotes(canonical, kept.termSets).totals;
      return notes === 0 ? undefined : { value, query: canonical, notes, persons };
    } catch (error) {
      // A type without a letter cannot be asked for, nor what is said of what is said.
      if (error instanceof ChartproofError && error.code === 'notes.query') return undefined;
      throw error;
    }
  };
  const facet = (name: Facet['facet'], all: readonly string[], narrow: (value: string) => string): Facet => {
    const values = all.slice(0, MOST_VALUES).flatMap((value) => counted(value, narrow(value)) ?? []);
    return { facet: name, values, more: Math.max(0, all.length - MOST_VALUES) };
  };
  const { types, specialties, years } = valuesOf(answer);
  return {
    withoutCopies: answer.withoutCopies().totals,
    facets: [
      facet('assertion', ASSERTIONS, (value) => `${value}(${query})`),
      facet('type', types, (value) => `(${query}) AND type:"${value}"`),
      facet('specialty', specialties, (value) => `(${query}) AND specialty:"${value}"`),
      facet('year', years, (value) => `(${query}) AND date:${value}`),
    ],
  };
}

/** The values of the notes that were found, the commonest first. */
function valuesOf(answer: AskedSearch['answer']) {
  const [types, specialties, years] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  const count = (counts: Map<string, number>, value: string | null | undefined): void => {
    // No quotation mark can stand in a query's quoted words.
    if (value && !value.includes('"')) counts.set(value, (counts.get(value) ?? 0) + 1);
  };
  for (const { type, specialty, day } of answer.byNote()) {
    count(types, type);
    count(specialties, specialty);
    count(years, day?.slice(0, 'YYYY'.length));
  }
  const commonest = (counts: Map<string, number>): string[] =>
    [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([value]) => value);
  return { types: commonest(types), specialties: commonest(specialties), years: commonest(years) };
}
