/**
 * The term sets that a query of a study may name: those of its protocol, and those that all studies of the workspace
 * share. Where both have a name, it is the protocol's: a file that is put into the workspace changes no study (rule R64).
 */
import { namedTermSets, parseQuery, type TermSets } from '../../notes/index.ts';
import {
  noteQueriesIn,
  type Protocol,
  readSharedTermSet,
  resolved,
  sharedTermSetNames,
  termTexts,
} from '../../protocol/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/** The words of each concept set that has some, as a search names them: `@psoriasis`. */
export function termSetsOf(protocol: Pick<Protocol, 'concepts'>): TermSets {
  const withWords = Object.entries(protocol.concepts).filter(([, set]) => set.terms.length > 0);
  return Object.fromEntries(withWords.map(([id, set]) => [id, termTexts(set.terms)]));
}

/**
 * The term sets to ask a query with. A file of the workspace is read only when the query names it; where the query names
 * one that there is not, the names of all are there for the message.
 */
export function termSetsFor(workspace: Workspace, protocol: Protocol, query: string): TermSets {
  const own = termSetsOf(protocol);
  const wanted = namedTermSets(parseQuery(query)).filter((name) => !Object.hasOwn(own, name));
  if (wanted.length === 0) return own;
  const shared = sharedTermSetNames(workspace);
  const missing = wanted.some((name) => !shared.includes(name));
  const texts = (name: string): readonly string[] =>
    wanted.includes(name) && !missing ? termTexts(readSharedTermSet(workspace, name).terms) : [];
  return { ...Object.fromEntries(shared.map((name) => [name, texts(name)])), ...own };
}

/** Of these term sets, those that the query names: what has to be kept with its answer. */
export function onlyNamed(query: string, termSets: TermSets): TermSets {
  const names = namedTermSets(parseQuery(query)).filter((name) => Object.hasOwn(termSets, name));
  return Object.fromEntries(names.sort().map((name) => [name, termSets[name] ?? []]));
}

/** The shared term sets that the arms, the index event and the exclusions of a protocol name, as they are now. */
export function sharedSetsOf(protocol: Protocol, setsOf: (query: string) => TermSets): TermSets {
  const criteria = [
    ...protocol.arms.map(({ criterion }) => criterion),
    ...(protocol.index?.events ?? []),
    ...protocol.exclusions.flatMap(({ rule }) => rule ?? []),
  ];
  const named = criteria
    .flatMap((criterion) => noteQueriesIn(resolved(protocol, criterion)))
    .map((query) => onlyNamed(query, setsOf(query)))
    .flatMap((sets) => Object.entries(sets));
  const own = termSetsOf(protocol);
  const shared = named.filter(([name]) => !Object.hasOwn(own, name));
  return Object.fromEntries(shared.sort(([a], [b]) => (a < b ? -1 : 1)));
}
