/** Results as the contract has them: facts, account, tables and figures, without anybody behind them. */
import type { FigureData, ResultTable } from '../../analysis/index.ts';
import { armOverlaps } from '../../cohort/index.ts';
import {
  accountCaptions,
  armOverlapDiagram,
  attritionDiagram,
  drawFigure,
  figureCaption,
  type PrintedTable,
  printedTable,
  type TableLine,
} from '../../publish/index.ts';
import { stepView } from '../cohort/cohort-view.ts';
import type { contract, RouteOutput } from '../contract/index.ts';
import type { KeptResults } from './kept-results.ts';
import { addressOfFigure } from './numbers-behind.ts';

type ResultsView = RouteOutput<typeof contract.results>;
type Facts = ResultsView['facts'];
type Table = ResultsView['tables'][number];
type Figure = RouteOutput<typeof contract.resultStatistics>['figures'][number];

/** What the results were worked out from. */
export function factsView({ facts, state }: KeptResults): Facts {
  const { protocolVersion, protocol, snapshot, lock } = facts;
  return { protocolVersion, protocol, snapshot, lock: lock === '' ? null : lock, open: state.open.length };
}

/** The account and the tables. */
export function resultsView(kept: KeptResults, mayTrace: boolean): ResultsView {
  return {
    facts: factsView(kept),
    account: { steps: kept.attrition.map(stepView), screened: kept.screened },
    tables: kept.results.tables.map(tableView),
    mayTrace,
  };
}

/** A table as it is printed, each cell with its address. */
function tableView(table: ResultTable, at: number): Table {
  const printed = printedTable(table, at);
  const rows = table.rows.values();
  return printedView(printed, () => {
    const row = rows.next().value;
    return (column) => {
      const cell = row?.cells[column];
      return cell && cell.text !== '' && cell.subjects.length > 0 ? `${table.id}/${row?.id}/${cell.column}` : null;
    };
  });
}

/** A table of what R computed; `addressOf` is asked by the name of the statistic that a cell prints. */
export function statisticView(printed: PrintedTable, addressOf: (name: string) => string | null): Table {
  const lines = printed.lines.filter((line) => 'cells' in line).values();
  return printedView(printed, () => {
    const values = lines.next().value?.values ?? [];
    return (column) => addressOf(values[column] ?? '');
  });
}

/** `nextRow` is asked once for each line of numbers, in order: for the addresses of its cells. */
function printedView(
  { id, number, title, columns, lines, notes }: PrintedTable,
  nextRow: () => (column: number) => string | null,
): Table {
  const lineView = (line: TableLine): Table['lines'][number] => {
    if ('heading' in line) return { kind: 'heading', label: line.heading, letters: [...line.letters] };
    const addressOf = nextRow();
    const cells = line.cells.map((text, at) => ({ text, cell: addressOf(at) }));
    return { kind: 'row', label: line.label, letters: [...line.letters], depth: line.depth, cells };
  };
  return { id, number, title, columns: [...columns], lines: lines.map(lineView), notes: [...notes] };
}

/** The account and the overlap of the arms, then the figures of the protocol, drawn. */
export function figureViews({ facts, run, attrition, data }: KeptResults, figures: readonly FigureData[]): Figure[] {
  const { arms } = run;
  const captions = accountCaptions(data.protocol);
  const flow = {
    id: 'attrition',
    caption: captions.attrition ?? 'Flow of persons through the study.',
    notes: [],
    cell: null,
    svg: attritionDiagram({ arms, steps: attrition }, `${facts.title}: flow of persons`),
  };
  const overlap = {
    id: 'arms',
    caption: captions.arms ?? 'Overlap of the arms.',
    notes: [],
    cell: null,
    svg: armOverlapDiagram({ arms, overlaps: armOverlaps(run.candidates) }, `${facts.title}: overlap of the arms`),
  };
  const drawn = figures.map((one) => ({
    id: one.id,
    caption: figureCaption(one),
    notes: [...one.notes],
    cell: addressOfFigure(one),
    svg: drawFigure(one),
  }));
  return [flow, ...(arms.length > 1 ? [overlap] : []), ...drawn];
}
