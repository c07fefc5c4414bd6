/** The account, the tables, statistics, figures, the response under other definitions, and who stands behind a number. */
import { type FigureData, sensitivity } from '../../analysis/index.ts';
import { ChartproofError } from '../../base/index.ts';
import { pngOf, printedStatistics } from '../../publish/index.ts';
import type { OpenStudy } from '../../review/index.ts';
import { appendAudit } from '../../workspace/index.ts';
import type { SignedIn } from '../accounts/signed-in.ts';
import { isBlindedTo, requireUnblinded } from '../blinding.ts';
import type { contract, RouteOutput } from '../contract/index.ts';
import type { Handlers } from '../http/handler.ts';
import { type KeptResults, keptResults, keptStatistics } from './kept-results.ts';
import { addressOfValue, behind, valuesByName } from './numbers-behind.ts';
import { factsView, figureViews, resultsView, statisticView } from './results-view.ts';
import { cellView, subjectView } from './trace-views.ts';
import { mayTrace } from './who-may-trace.ts';

export const resultHandlers = {
  results: ({ server, who, params }) =>
    server.studies.with(params.study, (open) => {
      // R computes while the tables are made: whoever looks at these asks for the statistics next, and is told what fails.
      keptStatistics(open, server.r).catch(() => undefined);
      return resultsView(keptResults(open), mayTrace(open, who));
    }),

  resultStatistics: ({ server, who, params }) =>
    server.studies.with(params.study, async (open) => {
      const computing = keptStatistics(open, server.r);
      const kept = keptResults(open);
      const computed = await computing;
      const values = valuesByName(server, kept, computed);
      const addressOf = (name: string) => {
        const value = values.get(`statistic.${name}`);
        return value ? addressOfValue(kept, value) : null;
      };
      return {
        facts: factsView(kept),
        tables: printedStatistics(kept.results, computed.statistics).map((one) => statisticView(one, addressOf)),
        figures: figureViews(kept, shownTo(open, who, computed.figures)),
      };
    }),

  resultFigure: ({ server, who, params, query }) =>
    server.studies.with(params.study, async (open) => {
      const kept = keptResults(open);
      const { figures } = await keptStatistics(open, server.r);
      const found = figureViews(kept, shownTo(open, who, figures)).find(({ id }) => id === params.figure);
      if (!found) {
        throw new ChartproofError('publish.no-figure', 'The study draws no such figure.', {
          tip: 'The figures are those of the protocol.',
        });
      }
      const { id, svg } = found;
      return query.type === 'png'
        ? { name: `${id}.png`, mediaType: 'image/png', bytes: pngOf(svg) }
        : { name: `${id}.svg`, mediaType: 'image/svg+xml', bytes: svg };
    }),

  sensitivity: ({ server, who, params, at }) =>
    server.studies.with(params.study, (open) => {
      const shown = sensitivityView(keptResults(open), mayTrace(open, who));
      const subjects = [...new Set(shown.definitions.flatMap(({ movers }) => movers.map(({ subject }) => subject)))];
      if (subjects.length > 0)
        appendAudit(open.database, {
          at,
          actor: who.person.login,
          action: 'results.sensitivity',
          detail: { subjects },
        });
      return shown;
    }),

  traceCell: ({ server, who, params, query, at }) =>
    server.studies.with(params.study, async (open) => {
      requireUnblinded(open, who);
      const { cell, ...page } = query;
      const kept = keptResults(open);
      const shown = cellView(open, kept, cell, await behind(server, open, kept, cell), page);
      const subjects = shown.subjects.items.map(({ subject }) => subject);
      appendAudit(open.database, { at, actor: who.person.login, action: 'results.trace', detail: { cell, subjects } });
      return shown;
    }),

  traceSubject: ({ server, who, params, query, at }) =>
    server.studies.with(params.study, async (open) => {
      requireUnblinded(open, who);
      const { subject } = params;
      const shown = subjectView(open, await behind(server, open, keptResults(open), query.cell), subject);
      appendAudit(open.database, { ...evidenceEvent(shown, query.cell), subject, at, actor: who.person.login });
      return shown;
    }),
} satisfies Partial<Handlers>;

/** Figures that draw single subjects tell what others entered of them: not to whoever is blinded. */
function shownTo(open: OpenStudy, who: SignedIn, figures: readonly FigureData[]): readonly FigureData[] {
  return isBlindedTo(open, who) ? figures.filter(({ kind }) => !OF_SUBJECTS.has(kind)) : figures;
}

const OF_SUBJECTS: ReadonlySet<FigureData['kind']> = new Set(['swimmer', 'waterfall', 'spaghetti']);

/** Which notes were shown, by their ids. */
function evidenceEvent({ values }: RouteOutput<typeof contract.traceSubject>, cell: string) {
  const places = values.flatMap(({ evidence }) => evidence);
  const notes = [...new Set(places.flatMap((one) => (one.kind === 'note' ? [one.note] : [])))];
  return { action: 'results.evidence', detail: { cell, notes } };
}

function sensitivityView(kept: KeptResults, isTraced: boolean): RouteOutput<typeof contract.sensitivity> {
  const labels = new Map(
    (kept.data.protocol.response?.categories ?? []).map(({ code, label }) => [code, label] as const),
  );
  return {
    facts: factsView(kept),
    definitions: sensitivity(kept.data).definitions.map(({ id, label, categories, all, known, bestCase, moved }) => {
      const own = new Map(categories.map((one) => [one.code, one.label]));
      const named = (code: string): string => own.get(code) ?? labels.get(code) ?? code;
      return {
        id,
        label,
        categories: categories.map((one) => ({ code: one.code, label: one.label, n: one.subjects.length })),
        all: shareView(all),
        known: shareView(known),
        bestCase: shareView(bestCase),
        moved: moved.length,
        movers: isTraced
          ? moved.map(({ subject, from, to }) => ({ subject, from: labels.get(from) ?? from, to: named(to) }))
          : [],
      };
    }),
  };
}

function shareView({ n, N, percent }: { readonly n: number; readonly N: number; readonly percent: number | null }) {
  return { n, N, percent };
}
