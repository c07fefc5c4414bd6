/**
 * Whatever has subjects has an address: a cell `TABLE/ROW/COLUMN`, another number as a text names it
 * (`value:statistic.better.n`), a figure (`figure:ID`). Rules R101 and R103 of SPEC.md.
 */
import { type FigureData, figureSubjects, type TracedSubject, traceCell, traceSubjects } from '../../analysis/index.ts';
import { ChartproofError, nearest } from '../../base/index.ts';
import type { Protocol } from '../../protocol/index.ts';
import { type LiveValue, liveSourceOf, liveValues, printValue, statisticName } from '../../publish/index.ts';
import type { OpenStudy } from '../../review/index.ts';
import type { Server } from '../server.ts';
import { type KeptResults, type KeptStatistics, keptStatistics } from './kept-results.ts';

/** What stands behind an address, whatever it is of. */
export interface Behind {
  readonly table: string;
  readonly row: string;
  readonly column: string;
  /** As it is printed. */
  readonly text: string;
  readonly n: number;
  readonly N: number;
  readonly decidedBy: readonly string[];
  readonly subjects: readonly TracedSubject[];
}

const VALUE = 'value:';
const FIGURE = 'figure:';

/** The address of a number that a text can name; null where nobody whom the study includes stands behind it. */
export function addressOfValue({ data, results }: KeptResults, value: LiveValue): string | null {
  const { kind, name, subjects = [] } = value;
  const included = new Set(data.included.map(({ subject }) => subject));
  if (subjects.length === 0 || !subjects.every((one) => included.has(one))) return null;
  const cell =
    kind === 'table' &&
    results.tables
      .flatMap(({ id, rows }) => rows.flatMap((row) => row.cells.map(({ column }) => [id, row.id, column])))
      .find((one) => name.startsWith(`${one.join('.')}.`));
  return cell ? cell.join('/') : `${VALUE}${kind}.${name}`;
}

/** The address of a figure; null where it draws nobody. */
export function addressOfFigure(figure: FigureData): string | null {
  return figureSubjects(figure).length > 0 ? `${FIGURE}${figure.id}` : null;
}

/** The numbers that a text can name, by `KIND.NAME`. */
export function valuesByName({ workspace }: Server, kept: KeptResults, { statistics }: KeptStatistics) {
  const values = liveValues(liveSourceOf(workspace, kept, kept.facts, statistics));
  return new Map(values.map((one) => [`${one.kind}.${one.name}`, one]));
}

/** Who stands behind an address. Error: `analysis.no-cell`, naming the nearest. */
export async function behind(server: Server, open: OpenStudy, kept: KeptResults, address: string): Promise<Behind> {
  if (address.startsWith(VALUE)) {
    const values = valuesByName(server, kept, await keptStatistics(open, server.r));
    const name = address.slice(VALUE.length);
    const value = values.get(name);
    return value && addressOfValue(kept, value) !== null
      ? behindValue(kept, value)
      : missing('number', name, [...values.keys()]);
  }
  if (address.startsWith(FIGURE)) {
    const { figures } = await keptStatistics(open, server.r);
    const id = address.slice(FIGURE.length);
    const figure = figures.find((one) => one.id === id);
    return figure
      ? behindFigure(kept, figure)
      : missing(
          'figure',
          id,
          figures.map((one) => one.id),
        );
  }
  const { table, row, column, cell, decidedBy, subjects } = traceCell(kept.data, kept.results, address);
  return {
    table: table.title,
    row: [row.group, row.label].filter((part, at, both) => part !== '' && part !== both[at - 1]).join(': '),
    column: column.label,
    text: cell.text === '' ? String(cell.n) : cell.text,
    n: cell.n,
    N: cell.N,
    decidedBy,
    subjects,
  };
}

function behindValue({ data }: KeptResults, value: LiveValue): Behind {
  const { kind, name, label, subjects = [] } = value;
  const decidedBy = expressionsOf(data.protocol, value);
  const text = printValue(value, '');
  return {
    table: KINDS[kind] ?? kind,
    row: label,
    column: name.slice(name.lastIndexOf('.') + 1),
    text: typeof text === 'string' ? text : String(value.value),
    n: subjects.length,
    N: data.included.length,
    decidedBy,
    subjects: traceSubjects(data, subjects, decidedBy),
  };
}

const KINDS: Readonly<Partial<Record<LiveValue['kind'], string>>> = {
  statistic: 'Statistics',
  variable: 'Variables',
  account: 'Account of persons',
  table: 'Tables',
};

function behindFigure({ data }: KeptResults, figure: FigureData): Behind {
  const drawn = figureSubjects(figure);
  return {
    table: `Figure ${figure.number}`,
    row: figure.title,
    column: 'drawn',
    text: String(drawn.length),
    n: drawn.length,
    N: data.included.length,
    decidedBy: [],
    subjects: traceSubjects(data, drawn, []),
  };
}

/** The expressions that a number rests on. */
function expressionsOf({ statistics, variables }: Protocol, { kind, name }: LiveValue): string[] {
  const isOf = (id: string) => name.startsWith(`${id}.`) || name.startsWith(`${id}/`);
  if (kind === 'variable') return variables.flatMap(({ id, value }) => (isOf(id) ? [value] : []));
  const spec = kind === 'statistic' && statistics.find(({ id }) => isOf(statisticName(id)));
  if (!spec) return [];
  const given: Partial<Record<string, unknown>> = spec;
  return EXPRESSIONS.flatMap((key) => given[key] ?? []).filter((one) => typeof one === 'string');
}

/** The parts of a statistic that are expressions. */
const EXPRESSIONS = ['of', 'proportion', 'compare', 'number', 'paired', 'time', 'event', 'by', 'stratify', 'subgroups'];

function missing(kind: string, name: string, known: readonly string[]): never {
  const near = nearest(name, known);
  throw new ChartproofError('analysis.no-cell', `The results have no ${kind} \`${name}\` with anybody behind it.`, {
    tip: near ? `Did you mean \`${near}\`?` : 'Load the page again: the results may have changed.',
  });
}
