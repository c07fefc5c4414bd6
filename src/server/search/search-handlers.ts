/** Searching the notes for a study. Rules R82 to R86 of SPEC.md. */
import { ChartproofError } from '../../base/index.ts';
import {
  askNotes,
  attestPurpose,
  explainSearch,
  keptSearch,
  keptSearches,
  nameSearch,
  personLines,
  rerunSearch,
  type SearchPurpose,
  searchNames,
  standingPurpose,
} from '../../cohort/index.ts';
import { parseQuery, printQuery } from '../../notes/index.ts';
import { addNoteCriterion, parseProtocol, sharedTermSetNames } from '../../protocol/index.ts';
import type { OpenStudy } from '../../review/index.ts';
import { appendAudit } from '../../workspace/index.ts';
import type { Contract } from '../contract/index.ts';
import type { Call, Handlers } from '../http/handler.ts';
import { partOf, readPart, startOf } from '../http/list-part.ts';
import { askedSearch, keepAnswer } from './asked-search.ts';
import { completeQuery } from './complete-query.ts';
import { exportedList, exportedLog } from './export-search.ts';
import { facetsOf } from './facets.ts';
import { foundNotes, openedNote } from './found-notes.ts';
import { againView, personView, searchView } from './search-views.ts';

export const searchHandlers = {
  searchPurpose: (call) => withStudy(call, (open) => ({ purpose: purposeOf(call, open) ?? null })),
  attestPurpose: (call) =>
    withStudy(call, ({ database }) => ({
      purpose: attestPurpose(database, { purpose: call.body.purpose, session: call.token ?? '' }, by(call)),
    })),
  completeQuery: (call) =>
    withStudy(call, async (open) => {
      requirePurpose(call, open);
      const { query, at } = call.body;
      const { fromNotes, ...completion } = await completeQuery(call.server.workspace, open.gate, query, at);
      if (fromNotes > 0) audit(call, open, 'search.suggest', { suggestions: fromNotes, snapshot: open.gate.snapshot });
      return completion;
    }),
  ask: (call) =>
    withStudy(call, (open) => {
      const purpose = requirePurpose(call, open);
      const { database, gate, study } = open;
      const { query } = call.body;
      const why = call.body.why ?? (isExplained(open, query) ? undefined : purpose.text);
      const { answer, kept } = askNotes(database, gate, { query, protocol: study.sha256, why }, by(call));
      keepAnswer(gate, kept.id, answer);
      return searchView(gate, kept, searchNames(database));
    }),
  searches: (call) =>
    withStudy(call, ({ database, gate }) => {
      const names = searchNames(database);
      const all = keptSearches(database).toReversed();
      const wanted = call.query.named ? all.filter(({ id }) => names.has(id)) : all;
      const { items, next } = partOf(wanted, call.query);
      return { items: items.map((kept) => searchView(gate, kept, names)), next };
    }),
  keptSearch: (call) => withStudy(call, (open) => viewOf(open, call.params.search)),
  askAgain: (call) =>
    withStudy(call, async (open) => {
      requirePurpose(call, open);
      const again = await rerunSearch({ ...open, workspace: call.server.workspace }, call.params.search, by(call));
      return againView(open.gate, again, searchNames(open.database));
    }),
  searchFacets: (call) =>
    withStudy(call, (open) => {
      requirePurpose(call, open);
      return facetsOf(open.gate, askedSearch(open, call.params.search));
    }),
  searchPersons: (call) =>
    withStudy(call, async (open) => {
      requirePurpose(call, open);
      const { search } = call.params;
      const { withoutCopies, order, limit } = call.query;
      const { answer } = askedSearch(open, search);
      const counts = withoutCopies ? answer.withoutCopies() : answer;
      const page = { from: startOf(call.query), count: limit + 1 };
      const lines = await personLines(open, counts, { order, page });
      const { items, next } = readPart(lines, call.query);
      audit(call, open, 'search.list', { search, what: 'persons', from: page.from, rows: items.length });
      return { items: items.map(personView), next };
    }),
  searchNotes: (call) =>
    withStudy(call, async (open) => {
      requirePurpose(call, open);
      const { search } = call.params;
      const page = { from: startOf(call.query), count: call.query.limit + 1 };
      const lines = await foundNotes(open, askedSearch(open, search), { ...call.body, page });
      const { items, next } = readPart(lines, call.query);
      audit(call, open, 'search.list', { search, what: 'notes', from: page.from, rows: items.length });
      return { items, next };
    }),
  openNote: (call) =>
    withStudy(call, async (open) => {
      requirePurpose(call, open);
      const { search } = call.params;
      const note = await openedNote(open, askedSearch(open, search), call.body.note);
      audit(call, open, 'search.open-note', { search, note: note.note }, note.subject ?? undefined);
      return note;
    }),
  nameSearch: (call) =>
    withStudy(call, (open) => {
      nameSearch(open.database, call.params.search, call.body.name, by(call));
      return viewOf(open, call.params.search);
    }),
  explainSearch: (call) =>
    withStudy(call, (open) => {
      explainSearch(open.database, call.params.search, call.body.why, by(call));
      return viewOf(open, call.params.search);
    }),
  searchCriterion: (call) =>
    withStudy(call, ({ database, study }) => {
      const { canonical } = keptSearch(database, call.params.search);
      const draft = addNoteCriterion(study.yaml, { ...call.body, query: canonical });
      parseProtocol(draft.yaml, 'protocol.yaml', sharedTermSetNames(call.server.workspace));
      return draft;
    }),
  exportSearch: (call) =>
    withStudy(call, async (open) => {
      requirePurpose(call, open);
      const { search } = call.params;
      const { rows, ...file } = await exportedList(open, askedSearch(open, search), call.body);
      audit(call, open, 'search.export', { search, what: call.body.what, rows });
      return file;
    }),
  exportSearchLog: (call) =>
    withStudy(call, (open) => {
      const { rows, ...file } = exportedLog(open);
      audit(call, open, 'search.export-log', { rows });
      return file;
    }),
} satisfies Partial<Handlers>;

/** A call about searches of a study. */
type SearchCall = Pick<Call<Contract['searches']>, 'server' | 'who' | 'at' | 'token'> & {
  readonly params: { readonly study: string };
};

function withStudy<Result>(
  { server, params }: SearchCall,
  work: (open: OpenStudy) => Promise<Result> | Result,
): Promise<Result> {
  return server.studies.with(params.study, work);
}

function by({ who, at }: SearchCall) {
  return { actor: who.person.login, at };
}

function purposeOf(call: SearchCall, { database }: OpenStudy): SearchPurpose | undefined {
  return standingPurpose(database, call.token ?? '', by(call));
}

function requirePurpose(call: SearchCall, open: OpenStudy): SearchPurpose {
  const purpose = purposeOf(call, open);
  if (purpose) return purpose;
  throw new ChartproofError('server.purpose-needed', 'The purpose of the search has not been said in this session.', {
    tip: 'Say for what purpose you search the notes of the institution; it is kept with the study.',
  });
}

/** Whether somebody said what the same query is for. */
function isExplained({ database }: OpenStudy, query: string): boolean {
  const canonical = printQuery(parseQuery(query));
  return keptSearches(database).some((kept) => kept.canonical === canonical && kept.why !== null);
}

function viewOf({ database, gate }: OpenStudy, search: number) {
  return searchView(gate, keptSearch(database, search), searchNames(database));
}

function audit(call: SearchCall, { database }: OpenStudy, action: string, detail: object, subject?: string): void {
  appendAudit(database, { ...by(call), action, detail, subject });
}
