import { ChartproofError } from '../../base/index.ts';
import type { DisclosureWarning } from './warning.ts';

/** Error `publish.disclosure` where a warning is open, with the places of each kind by table. */
export function refuseOpenWarnings(study: string, open: readonly DisclosureWarning[]): void {
  if (open.length === 0) return;
  const byCode = [...Map.groupBy(open, ({ code }) => code)];
  throw new ChartproofError(
    'publish.disclosure',
    `The disclosure check has ${open.length === 1 ? 'a warning' : `${open.length} warnings`} that nobody accepted.`,
    {
      tip: `Read them: chartproof disclosure list ${study}\n  Then change the protocol, or accept them: chartproof disclosure accept ${study} --all --reason "..."`,
      problems: byCode.map(([code, own]) => ({
        code: `publish.${code}`,
        message: `${code}: ${own.length} ${own.length === 1 ? 'place' : 'places'} (${partsOf(own)})`,
      })),
    },
  );
}

/** `table2: 12, attrition: 1` */
function partsOf(warnings: readonly DisclosureWarning[]): string {
  const parts = Map.groupBy(warnings, ({ place }) => place.split('/')[0] ?? '');
  return [...parts].map(([part, own]) => `${part}: ${own.length}`).join(', ');
}
