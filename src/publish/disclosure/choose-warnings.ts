import { ChartproofError, nearest } from '../../base/index.ts';
import type { DisclosureWarning } from './warning.ts';

/**
 * The warnings that are named: a code (`small-cell`), a place (`table2/race-white/CR`), everything at or below a place (`table2`), or
 * both (`small-cell:table2`). Error: `publish.no-warning` for a name that means none.
 */
export function chooseWarnings(warnings: readonly DisclosureWarning[], names: readonly string[]): DisclosureWarning[] {
  const chosen = new Set<DisclosureWarning>();
  for (const name of names) {
    const found = warnings.filter((one) => isMeant(one, name));
    if (found.length === 0) throw noWarning(name, warnings);
    for (const one of found) chosen.add(one);
  }
  return warnings.filter((one) => chosen.has(one));
}

function isMeant({ code, place }: DisclosureWarning, name: string): boolean {
  const colon = name.indexOf(':');
  if (colon > 0) return code === name.slice(0, colon) && isAt(place, name.slice(colon + 1));
  return code === name || isAt(place, name);
}

function isAt(place: string, name: string): boolean {
  return place === name || place.startsWith(`${name}/`);
}

function noWarning(name: string, warnings: readonly DisclosureWarning[]): ChartproofError {
  const known = warnings.flatMap(({ code, place }) => [code, place, place.split('/')[0] ?? '']);
  const near = nearest(name, [...new Set(known)]);
  return new ChartproofError('publish.no-warning', `There is no open warning \`${name}\`.`, {
    tip: near ? `Did you mean \`${near}\`?` : 'List them: chartproof disclosure list STUDY',
  });
}
