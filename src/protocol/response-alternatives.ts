/** The response under one of its other definitions. */
import { ChartproofError, nearest } from '../base/index.ts';
import type { Protocol } from './schema.ts';
import type { ResponseAlternative, ResponseRules } from './schema-response.ts';

/** The rules with what the alternative changes; `null` there takes a part away. */
export function alternativeRules(rules: ResponseRules, alternative: ResponseAlternative): ResponseRules {
  const { id: _, label: __, ...changes } = alternative;
  const { alternatives: ___, ...declared } = rules;
  const merged = Object.entries({ ...declared, ...changes }).filter(([, value]) => value !== null);
  return Object.fromEntries(merged) as unknown as ResponseRules;
}

/** The protocol as it would be under an alternative. Errors: `protocol.no-response`, `protocol.no-alternative`. */
export function underAlternative(protocol: Protocol, id: string): Protocol {
  const { response } = protocol;
  if (!response) {
    throw new ChartproofError('protocol.no-response', 'The protocol does not say what a response is.', {
      tip: 'Add the part `response` to it.',
    });
  }
  const all = response.alternatives ?? [];
  const found = all.find((one) => one.id === id);
  if (found) return { ...protocol, response: alternativeRules(response, found) };
  const ids = all.map((one) => one.id);
  const near = nearest(id, ids);
  throw new ChartproofError('protocol.no-alternative', `The response has no alternative "${id}".`, {
    tip: near ? `Did you mean "${near}"?` : `There is: ${ids.join(', ') || 'none'}.`,
  });
}
