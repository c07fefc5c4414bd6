import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { entrySchema } from './entry.ts';

const guide = readFileSync(new URL('../../docs/review.md', import.meta.url), 'utf8');
const examples = [...guide.matchAll(/```json\n([\s\S]*?)```/g)].map((match) => JSON.parse(match[1] ?? '') as unknown);

describe('the examples of docs/review.md', () => {
  test('[R1] are entries of both kinds', () => {
    expect(examples.map((one) => entrySchema.parse(one).kind)).toEqual(['abstraction', 'abstraction', 'adjudication']);
  });

  test('[R3] have quotations as long as their places', () => {
    const evidence = [...JSON.stringify(examples).matchAll(/"start":(\d+),"end":(\d+),"quote":"([^"]*)"/g)];
    expect(evidence).toHaveLength(4);
    for (const [, start, end, quote] of evidence) expect(quote).toHaveLength(Number(end) - Number(start));
  });
});
