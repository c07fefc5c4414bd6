/** Searching the notes of the institution for a study: the purpose first, then the query, what it found, the log. */
import { z } from 'zod';
import { ofStudy, pageOf, pageQuery, route, studyId } from './route.ts';

const ofSearch = z.object({ study: studyId, search: z.coerce.number().int().min(1) });
const queryText = z.string().max(5000).describe('In the search language; never in a URL');
const reason = z.string().trim().min(1).max(1000);
/** `DocumentReference/12`. */
const sourceId = z.string().min(1).max(200);

/** What somebody attested that they search for. */
export const searchPurpose = z.object({
  purpose: z
    .object({
      text: z.string(),
      at: z.string(),
      until: z.string().describe('It holds for the session, and no longer than this'),
    })
    .nullable()
    .describe('null: has to be said before anything is searched'),
});

const totals = z.object({
  mentions: z.int(),
  notes: z.int(),
  persons: z.int(),
  first: z.string().nullable(),
  last: z.string().nullable(),
});

/** A search as the log has it. */
export const keptSearchView = totals.extend({
  search: z.int(),
  at: z.string(),
  actor: z.string(),
  query: z.string(),
  canonical: z.string(),
  termSets: z.array(z.string()).describe('The term sets that it names'),
  why: z.string().nullable(),
  name: z.string().nullable().describe('Under which it is kept at hand'),
  snapshot: z.string(),
  rerunOf: z.int().nullable(),
  isOfTheseRecords: z.boolean().describe('Whether its lists can be read; else it has to be asked again'),
});
export type KeptSearchView = z.infer<typeof keptSearchView>;

const cameAndWent = z.object({
  came: z.int(),
  went: z.int(),
  closed: z.int().describe('Went because the later records do not authorize their use'),
});

/** A search and its repetition on the records of today. */
export const searchAgain = z.object({
  earlier: keptSearchView,
  now: keptSearchView,
  earlierToday: totals
    .nullable()
    .describe('What the earlier records give without who refused since; null: they are gone'),
  persons: cameAndWent.nullable(),
  notes: cameAndWent.nullable(),
  isAnalysedOtherwise: z.boolean().describe('The notes are analysed in another way since: counts may differ for that'),
});
export type SearchAgain = z.infer<typeof searchAgain>;

const whose = z.object({
  person: z.string().describe('The source id'),
  subject: z.string().nullable().describe('Of a candidate of the study'),
});

export const personLineView = whose.extend({
  mentions: z.int(),
  notes: z.int(),
  first: z.string().nullable(),
  last: z.string().nullable(),
});

/** A mention with its place; of a snippet the place counts from where the snippet begins. Offsets are UTF-16 units. */
export const mentionView = z.object({
  start: z.int(),
  end: z.int(),
  term: z.string(),
  set: z.string().nullable(),
  assertion: z.string(),
  cue: z.object({ text: z.string(), start: z.int(), end: z.int() }).nullable().describe('What decided'),
  section: z.string(),
});
export type MentionView = z.infer<typeof mentionView>;

/** A stretch of a note around mentions. */
export const snippetView = z.object({
  text: z.string(),
  isBegun: z.boolean().describe('Whether the note has text before it'),
  goesOn: z.boolean(),
  mentions: z.array(mentionView),
});
export type SnippetView = z.infer<typeof snippetView>;

export const noteLineView = whose.extend({
  note: sourceId,
  date: z.string().nullable(),
  type: z.string().nullable(),
  title: z.string().nullable(),
  specialty: z.string().nullable(),
  mentions: z.int(),
  snippets: z
    .array(snippetView)
    .describe('The first of them; the beginning of the note where the query asks for no word'),
  more: z.int().describe('Mentions that are in none of these snippets'),
});
export type NoteLineView = z.infer<typeof noteLineView>;

export const openedNoteView = whose.extend({
  note: sourceId,
  date: z.string().nullable(),
  type: z.string().nullable(),
  title: z.string().nullable(),
  specialty: z.string().nullable(),
  text: z.string(),
  mentions: z.array(mentionView),
  copied: z.array(z.object({ start: z.int(), end: z.int() })).describe('What repeats an earlier note of the person'),
});

const facetNames = ['assertion', 'type', 'specialty', 'year'] as const;

/** What the search would come to, narrowed by each value. */
export const searchFacets = z.object({
  withoutCopies: totals.describe('Without the mentions that were copied from an earlier note of the person'),
  facets: z.array(
    z.object({
      facet: z.enum(facetNames),
      values: z.array(
        z.object({
          value: z.string(),
          query: z.string().describe('The search narrowed by it'),
          notes: z.int(),
          persons: z.int(),
        }),
      ),
      more: z.int().describe('Values that are left out, being rarer'),
    }),
  ),
});

export const completionKinds = ['operator', 'function', 'filter', 'value', 'terms', 'word', 'suggestion'] as const;

export const completion = z.object({
  from: z.int().describe('Where what is taken begins; it replaces the text up to `at`'),
  items: z.array(
    z.object({
      kind: z.enum(completionKinds),
      text: z.string(),
      meaning: z.string().nullable(),
      notes: z.int().nullable().describe('In how many notes it stands'),
    }),
  ),
});

export const searchRoutes = {
  searchPurpose: route({
    id: 'searchPurpose',
    method: 'get',
    path: '/studies/{study}/search/purpose',
    summary: 'The purpose that whoever asks attested in this session',
    access: { study: 'search.notes' },
    params: ofStudy,
    response: searchPurpose,
  }),
  attestPurpose: route({
    id: 'attestPurpose',
    method: 'post',
    path: '/studies/{study}/search/purpose',
    summary: 'Attest for what purpose the notes are searched; it is kept, and holds for the session, a day at most',
    access: { study: 'search.notes' },
    params: ofStudy,
    body: z.object({ purpose: z.string().trim().min(10).max(1000) }),
    response: searchPurpose,
  }),
  completeQuery: route({
    id: 'completeQuery',
    method: 'post',
    path: '/studies/{study}/search/complete',
    summary: 'What may come at a place of a query',
    access: { study: 'search.notes' },
    params: ofStudy,
    body: z.object({ query: queryText, at: z.int().min(0).max(5000) }),
    response: completion,
  }),
  ask: route({
    id: 'ask',
    method: 'post',
    path: '/studies/{study}/searches',
    summary: 'Search the notes. The search is kept in the log before anything of the answer is shown',
    access: { study: 'search.notes' },
    params: ofStudy,
    body: z.object({
      query: queryText,
      why: reason.optional().describe('Absent: as was said of the same query, or the purpose'),
    }),
    response: keptSearchView,
  }),
  searches: route({
    id: 'searches',
    method: 'get',
    path: '/studies/{study}/searches',
    summary: 'The log of searches, the newest first',
    access: { study: 'search.notes' },
    params: ofStudy,
    query: pageQuery.extend({ named: z.stringbool().default(false).describe('Only those kept at hand under a name') }),
    response: pageOf(keptSearchView),
  }),
  keptSearch: route({
    id: 'keptSearch',
    method: 'get',
    path: '/studies/{study}/searches/{search}',
    summary: 'A search of the log',
    access: { study: 'search.notes' },
    params: ofSearch,
    response: keptSearchView,
  }),
  askAgain: route({
    id: 'askAgain',
    method: 'post',
    path: '/studies/{study}/searches/{search}/again',
    summary:
      'Ask a search of the log again, with the terms that it was asked with, and say what differs; that is kept too',
    access: { study: 'search.notes' },
    params: ofSearch,
    response: searchAgain,
  }),
  searchFacets: route({
    id: 'searchFacets',
    method: 'get',
    path: '/studies/{study}/searches/{search}/facets',
    summary: 'What a search comes to without copies, and narrowed by assertion, type, specialty and year',
    access: { study: 'search.notes' },
    params: ofSearch,
    response: searchFacets,
  }),
  searchPersons: route({
    id: 'searchPersons',
    method: 'get',
    path: '/studies/{study}/searches/{search}/persons',
    summary: 'The persons that a search found',
    access: { study: 'search.notes' },
    params: ofSearch,
    query: pageQuery.extend({
      withoutCopies: z.stringbool().default(false),
      order: z.enum(['person', 'mentions']).default('mentions'),
    }),
    response: pageOf(personLineView),
  }),
  searchNotes: route({
    id: 'searchNotes',
    method: 'post',
    path: '/studies/{study}/searches/{search}/notes',
    summary: 'The notes that a search found, with the words around the mentions; of one person, if one is named',
    access: { study: 'search.notes' },
    params: ofSearch,
    query: pageQuery.extend({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
    body: z.object({ person: sourceId.optional(), withoutCopies: z.boolean().default(false) }),
    response: pageOf(noteLineView),
  }),
  openNote: route({
    id: 'openNote',
    method: 'post',
    path: '/studies/{study}/searches/{search}/note',
    summary: 'Open a note that a search found',
    access: { study: 'search.notes' },
    params: ofSearch,
    body: z.object({ note: sourceId }),
    response: openedNoteView,
  }),
  nameSearch: route({
    id: 'nameSearch',
    method: 'post',
    path: '/studies/{study}/searches/{search}/name',
    summary: 'Keep a search at hand under a name, or no longer',
    access: { study: 'search.notes' },
    params: ofSearch,
    body: z.object({ name: z.string().trim().min(1).max(100).nullable() }),
    response: keptSearchView,
  }),
  explainSearch: route({
    id: 'explainSearch',
    method: 'post',
    path: '/studies/{study}/searches/{search}/why',
    summary: 'Say what a search was for',
    access: { study: 'search.notes' },
    params: ofSearch,
    body: z.object({ why: reason }),
    response: keptSearchView,
  }),
  searchCriterion: route({
    id: 'searchCriterion',
    method: 'post',
    path: '/studies/{study}/searches/{search}/criterion',
    summary: 'A draft of the next version of the protocol with the search as a criterion; nothing is changed',
    access: { study: 'search.notes' },
    params: ofSearch,
    body: z.object({
      as: z.enum(['arm', 'exclusion', 'criterion']),
      id: z
        .string()
        .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/)
        .max(60),
      label: z.string().trim().min(1).max(200),
    }),
    response: z.object({
      yaml: z.string(),
      version: z.string(),
      part: z.string().describe('What is new in it'),
    }),
  }),
  exportSearch: route({
    id: 'exportSearch',
    method: 'post',
    path: '/studies/{study}/searches/{search}/export',
    summary: 'The persons or the notes that a search found, as CSV',
    access: { study: 'search.notes' },
    params: ofSearch,
    body: z.object({ what: z.enum(['persons', 'notes']), withoutCopies: z.boolean().default(false) }),
    response: { file: ['text/csv'] },
  }),
  exportSearchLog: route({
    id: 'exportSearchLog',
    method: 'post',
    path: '/studies/{study}/search/log',
    summary: 'The log of searches, as CSV',
    access: { study: 'search.notes' },
    params: ofStudy,
    response: { file: ['text/csv'] },
  }),
};
