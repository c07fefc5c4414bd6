import { describe, expect, test } from 'vitest';
import { GOUT, mistakesOf } from './gout.test-support.ts';
import { parseProtocol } from './parse.ts';

/** What is wrong with the study of gout with these treatments. */
function wrong(treatments: string, also: string = ''): string[] {
  return mistakesOf(`${GOUT}${also}\ntreatments:\n${treatments}`);
}

describe('treatments', () => {
  test('a sound one is none of these mistakes, and expressions may name what it holds', () => {
    const text = `
  febuxostat: { label: Febuxostat, concept: febuxostat, gap: 4 weeks, persistence: 6 months }
  later: { label: Later, concept: febuxostat, relativeTo: { start: treatments.febuxostat.first }, windows: { prior: any } }
`;
    expect(wrong(text)).toEqual([]);
    expect(parseProtocol(`${GOUT}\ntreatments:${text}`, 'p.yaml').treatments.febuxostat).toMatchObject({
      gap: '4 weeks',
      carryOver: false,
      countRefills: false,
    });
  });

  test.each([
    ['x: { label: X, concept: febuxostt }', /no concept set `febuxostt`.*Did you mean `febuxostat`/],
    ['x: { label: X, concept: tophus }', /only terms/],
    ['x: { label: X }', /nothing that it is made of/],
    ['x: { label: X, concept: febuxostat, gap: 1 month }', /days or weeks/],
    ['x: { label: X, concept: febuxostat, supply: 0 days }', /a day at least/],
    ['x: { label: X, concept: febuxostat, carryOver: true }', /count twice/],
    ['x: { label: X, concept: febuxostat, countRefills: true, sources: [dispense] }', /not among the sources/],
    ['x: { label: X, concept: febuxostat, windows: { prior: any } }', /Add `relativeTo/],
    ['x: { label: X, concept: febuxostat, relativeTo: { start: "@2014" } }', /Add `windows`/],
    [
      'x: { label: X, concept: febuxostat, relativeTo: { start: "@2014" }, windows: { prior: 0 days } }',
      /holds nothing/,
    ],
    [
      'x: { label: X, concept: febuxostat, relativeTo: { start: "@2014" }, windows: { recentlyChanged: { within: 0 days, during: false } } }',
      /holds nothing/,
    ],
    ['x: { label: X, concept: febuxostat, persistence: 0 months }', /holds nothing/],
    [
      'x: { label: X, concept: febuxostat, relativeTo: { start: treatments.y.first }, windows: { prior: any } }',
      /`treatments`/,
    ],
    ['x: { label: X, statements: { instrument: screning, start: y } }', /Did you mean `screening`/],
    ['x: { label: X, statements: { instrument: screening, start: has_gout } }', /of the type yesno.*of the type date/],
    ['x: { label: X, statements: { instrument: screening, start: has_gut } }', /no field `has_gut` in `screening`/],
    ['x: { label: X, routes: [oral], statements: { instrument: screening, start: has_gout } }', /has no `concept`/],
    ['X: { label: X, concept: febuxostat }', /not-allowed/],
  ])('%s is refused', (treatment, message) => {
    expect(wrong(`  ${treatment}`).join('\n')).toMatch(message);
  });

  test.each([
    ['treatments.steroids.prior', /no name `steroids` in `treatments`/],
    ['treatments.febuxostat.pior', /no name `pior` in `treatments.febuxostat`.*Did you mean `prior`/],
    ['treatments.febuxostat.episodes.first().dos', /no name `dos` in `treatments.febuxostat.episodes`/],
    ['treatments.febuxostat.episodes.where(strat > @2014).exists()', /no name `strat`.*Did you mean `start`/],
    ['treatments.febuxostat.episodes.doseChanges.direcion', /Did you mean `direction`/],
  ])('an expression that names %s is refused', (expression, message) => {
    const text = `${GOUT}\ntreatments: { febuxostat: { label: F, concept: febuxostat } }`;
    const variable = `  - { id: misnamed, label: M, value: ${expression} }`;
    expect(mistakesOf(text.replace('\nvariables:\n', () => `\nvariables:\n${variable}\n`)).join('\n')).toMatch(message);
  });
});
