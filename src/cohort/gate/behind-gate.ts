/**
 * Whether what a study asks stays behind the gate, read by DuckDB's own parser before it runs. Rules R70 to R72.
 *
 * `json_serialize_sql` gives a SELECT as a tree and nothing for any other statement. In the tree an object with a `class` is
 * an expression, one with a `type` alone a query, a table or how they are put together. Of those only the kinds that are known
 * here pass, each table must be a CTE where it stands or a view of the gate, and of the functions that give rows only a few
 * that read nothing pass.
 */
import { ChartproofError } from '../../base/index.ts';
import type { Records } from '../../records/index.ts';

/** Functions that give rows of their arguments alone. */
const ROW_FUNCTIONS: ReadonlySet<string> = new Set(['unnest', 'range', 'generate_series']);

/** What a query is put together from, but for expressions. Without SHOW_REF: it tells of tables before the gate. */
const PARTS: ReadonlySet<string> = new Set(
  [
    'SELECT_NODE SET_OPERATION_NODE RECURSIVE_CTE_NODE CTE_NODE',
    'EMPTY BASE_TABLE JOIN SUBQUERY TABLE_FUNCTION EXPRESSION_LIST PIVOT',
    'ORDER_MODIFIER LIMIT_MODIFIER LIMIT_PERCENT_MODIFIER DISTINCT_MODIFIER',
    'ORDER_DEFAULT ASCENDING DESCENDING',
  ].flatMap((names) => names.split(' ')),
);

type Tree = Readonly<Record<string, unknown>>;

/** The names of CTEs and views that a table may have. */
type Names = ReadonlySet<string>;

/**
 * Lets through a single SELECT of `views` (lower case; `person` is in the schema `authorized`, to be named or not) and fails
 * otherwise.
 * Error: `cohort.not-behind-gate`; the text of the query is not in it.
 */
export async function requireBehindGate(records: Pick<Records, 'all'>, sql: string, views: Names): Promise<void> {
  // The engine reads a statement as far as the first of these, the parser that is asked reads on.
  if (sql.includes('\0')) throw notOneSelect();
  const [row] = await records.all<{ tree: string }>('SELECT json_serialize_sql($1::VARCHAR) AS tree', [sql]);
  const { statements } = JSON.parse(row?.tree ?? '{}') as { readonly statements?: readonly unknown[] };
  if (statements?.length !== 1) throw notOneSelect();
  requireParts(statements[0], new Set(), views);
}

/** `ctes`: those that can be named here. Fewer than DuckDB's are safe, more would let a table through. */
function requireParts(part: unknown, ctes: Names, views: Names): void {
  if (typeof part !== 'object' || part === null) return;
  if (Array.isArray(part)) {
    for (const each of part) requireParts(each, ctes, views);
    return;
  }
  const tree = part as Tree;
  if (typeof tree.type === 'string' && !('class' in tree)) requirePart(tree, tree.type, ctes, views);
  const { cte_map: withClause, ...rest } = tree;
  const named = requireCtes(withClause as CteMap | undefined, ctes, views);
  for (const [key, inner] of Object.entries(rest)) {
    const sees = tree.type === 'RECURSIVE_CTE_NODE' && key === 'right' ? [...named, lower(tree.cte_name)] : named;
    requireParts(inner, new Set(sees), views);
  }
}

interface CteMap {
  readonly map: readonly { readonly key: string; readonly value: unknown }[];
}

/** Each CTE sees those before it; itself only in the part of a recursive one that repeats. */
function requireCtes(withClause: CteMap | undefined, ctes: Names, views: Names): Names {
  const named = new Set(ctes);
  for (const { key, value } of withClause?.map ?? []) {
    requireParts(value, named, views);
    named.add(lower(key));
  }
  return named;
}

function requirePart(tree: Tree, type: string, ctes: Names, views: Names): void {
  if (!PARTS.has(type) && !type.endsWith('_TYPE_INFO')) {
    throw refused('The query has a part that a study cannot use.', 'Use SELECT, and no SHOW, DESCRIBE or SUMMARIZE.');
  }
  if (type === 'BASE_TABLE' && !isSeen(tree, ctes, views)) {
    throw refused(
      'The query names what is not research data behind the gate.',
      'Name tables of the records, without a schema.',
    );
  }
  const called = tree.function as Tree | undefined;
  if (type === 'TABLE_FUNCTION' && !isRowFunction(called)) {
    throw refused(
      'The query takes rows from a function that is not behind the gate.',
      `There is: ${[...ROW_FUNCTIONS].join(', ')}.`,
    );
  }
}

function isSeen({ catalog_name, schema_name, table_name }: Tree, ctes: Names, views: Names): boolean {
  const table = lower(table_name);
  if (catalog_name !== '') return false;
  if (schema_name === '') return ctes.has(table) || views.has(table);
  const schema = lower(schema_name);
  return views.has(schema === 'authorized' ? table : `${schema}.${table}`);
}

function isRowFunction(called: Tree | undefined): boolean {
  return called?.catalog === '' && called.schema === '' && ROW_FUNCTIONS.has(lower(called.function_name));
}

/** As DuckDB takes names for the same: by the letters A to Z alone. */
function lower(name: unknown): string {
  return String(name).replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function notOneSelect(): ChartproofError {
  return refused('What is asked is not one SELECT that can be read.', 'Ask a single SELECT, without PIVOT ... ON.');
}

function refused(message: string, tip: string): ChartproofError {
  return new ChartproofError('cohort.not-behind-gate', message, { tip });
}

/** How DuckDB begins an error; what begins otherwise is a fault of this program, and has seen no row. */
const OF_THE_ENGINE = /^[A-Z][A-Za-z ]* Error: /;

/** Errors of DuckDB that come of the query or of the machine, before a value of a row is looked at. */
const WITHOUT_VALUES = /^(Parser|Binder|Catalog|IO|Out of Memory|INTERRUPT) Error/;

/**
 * What may be told of an error. DuckDB is free to filter rows before it joins them with the gate: an error about a value, such as
 * that of a cast, may quote one of a person who refused.
 */
export function withoutValues(error: unknown): unknown {
  if (error instanceof Error && (!OF_THE_ENGINE.test(error.message) || WITHOUT_VALUES.test(error.message)))
    return error;
  return new ChartproofError('cohort.query-failed', 'A query of the records failed on a value of a row.', {
    tip: 'Use try_cast where a value may be of another kind.',
  });
}
