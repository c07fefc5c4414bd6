import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { evaluateAssertion } from './evaluate-assertion.ts';

const GOLD = new URL('../../../shared/data/negex/dev.tsv', import.meta.url);

test.skipIf(!existsSync(GOLD))(
  '[R29] the public NegEx sentences (skipped: ../shared/data/negex/dev.tsv is absent)',
  () => {
    const tsv = readFileSync(GOLD, 'utf8');
    const rows = tsv.split(/\r?\n/).slice(1).filter(Boolean);
    const { mentions, negated, historical, other_experiencer: other, errors } = evaluateAssertion(tsv);
    expect(mentions).toBe(rows.length);
    expect(negated.tp + negated.fn).toBe(rows.filter((row) => row.includes('\tNegated\t')).length);
    expect(historical.tp + historical.fn).toBe(rows.filter((row) => row.includes('\tHistorical\t')).length);
    const wrong = [negated, historical, other].reduce((sum, score) => sum + score.fp + score.fn, 0);
    expect(errors).toHaveLength(wrong);
    // What is measured today; less is a step back.
    expect(negated.f1).toBeGreaterThanOrEqual(0.989);
    expect(historical.f1).toBeGreaterThanOrEqual(0.81);
    expect(other.f1).toBe(1);
  },
);
