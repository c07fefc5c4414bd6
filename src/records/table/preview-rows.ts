/** The first rows of a table as the mapping reads them, for whoever writes the mapping. Shown, never kept. */
import type { PreviewRow } from '../import-report.ts';
import type { QuarantineReason } from '../quarantine-reasons.ts';
import type { Staging } from '../staging.ts';
import { CONFIRMED } from './link-sql.ts';
import { ruleName, rulesOf, type TableMapping } from './mapping-schema.ts';
import type { Sample } from './stage-rows.ts';

/** The samples with their persons, after linkage. */
export async function previewRows(
  { connection }: Staging,
  mapping: TableMapping,
  samples: readonly Sample[],
): Promise<readonly PreviewRow[]> {
  if (samples.length === 0) return [];
  const isPerson = mapping.becomes === 'person';
  const person = isPerson
    ? 'line.src_id'
    : '(SELECT any_value(person) FROM person_key known WHERE known.person_id = link.person_id)';
  const found = await connection.runAndReadAll(
    `SELECT version, ${person}, rule, reason FROM link JOIN table_row line USING (version)
     WHERE version IN (${samples.map(({ version }) => version).join(', ')})`,
  );
  const links = new Map(found.getRows().map(([version, ...link]) => [Number(version), link] as const));
  return samples.map(({ version, file, line, row }) => {
    const [whose = null, rule, reason] = links.get(version) ?? [];
    return {
      file,
      line,
      person: whose === null ? null : String(whose),
      ...(isPerson ? {} : { linkage: linkageOf(mapping, rule, reason) }),
      values: valuesOf(row.rows),
    };
  });
}

function linkageOf(mapping: TableMapping, rule: unknown, reason: unknown): string {
  if (reason !== null) return reason as QuarantineReason;
  if (Number(rule) === CONFIRMED) return 'confirmed';
  const found = rulesOf(mapping)[Number(rule)];
  return found ? ruleName(found) : '';
}

/** Names stand apart in the records, and so they do here: only the first table is shown, and the codes. */
function valuesOf([target, ...others]: Sample['row']['rows']): PreviewRow['values'] {
  const codes = others.flatMap(({ table, values }) =>
    table === 'coding' ? `${values.vocabulary_id} ${values.code}` : [],
  );
  const said = Object.entries(target?.values ?? {}).filter(
    ([name, value]) => value !== null && !name.endsWith('_id') && !isPlainDate(name, target?.values),
  );
  return { ...Object.fromEntries(said), ...(codes.length === 0 ? {} : { codes: codes.join(', ') }) };
}

/** What the source says of a date is shown only where it says something else than the day. */
function isPlainDate(name: string, values: Readonly<Record<string, unknown>> = {}): boolean {
  return name.endsWith('_date_source') && values[name] === values[name.slice(0, -'_source'.length)];
}
