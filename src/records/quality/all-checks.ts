import type { Asked, QualityCheck } from './check.ts';
import { codeChecks } from './code-checks.ts';
import { completenessChecks } from './completeness-checks.ts';
import { dateTextChecks } from './date-text-checks.ts';
import { limitsSchema } from './limits.ts';
import { referenceChecks } from './reference-checks.ts';
import { timeChecks } from './time-checks.ts';
import { uniquenessChecks } from './uniqueness-checks.ts';
import { valueChecks } from './value-checks.ts';

/** Every check, in the order of reports: by Kahn's groups, and within them as they are listed. */
export function qualityChecks(asked: Asked): QualityCheck[] {
  const checks = [
    ...codeChecks(),
    ...valueChecks(asked),
    ...referenceChecks(),
    ...dateTextChecks(),
    ...completenessChecks(asked),
    ...uniquenessChecks(),
    ...timeChecks(asked),
  ];
  const order = ['conformance', 'completeness', 'plausibility'];
  return checks.sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group));
}

/** The names that `quality.yaml` may give: of a kind (`before-birth`), or of one check (`before-birth/note`). */
export function checkNames(): string[] {
  const checks = qualityChecks({ asOf: '2000-01-01', limits: limitsSchema.parse({}) });
  return [...new Set(checks.flatMap(({ kind, id }) => [kind, id]))];
}
