/**
 * Two ways of asking a study (versions of the protocol, snapshots of the records), person by person: who moved in the
 * account, at which step, and what differs. Pure. Rule R152 of SPEC.md.
 */
import { canonicalJson } from '../../base/index.ts';
import {
  asksIndex,
  type Criterion,
  conceptSetsIn,
  noteQueriesIn,
  type Protocol,
  resolved,
} from '../../protocol/index.ts';
import type { CohortRun } from '../run/cohort-run.ts';
import { ledgerExclusions } from './ledger-exclusions.ts';
import type { Outcome } from './outcomes.ts';
import { leftAt } from './step-subjects.ts';

/** A person in one of the runs. `name` is the subject, or the source id of whoever has no number yet. */
export interface Standing {
  readonly personId: string;
  readonly name: string;
  readonly arms: readonly string[];
  readonly outcome: Outcome;
}

/** One of the two: its protocol, its run, and everybody in it. */
export interface ComparedRun {
  readonly protocol: Protocol;
  readonly run: Pick<CohortRun, 'snapshot' | 'termSets'>;
  readonly persons: readonly Standing[];
  isAuthorized(personId: string): boolean;
}

/** Why something holds in one run and not in the other. `reviews`: what reviewers settled is read otherwise. */
export type Cause = 'protocol' | 'records' | 'term sets' | 'reviews';

/** An arm or an exclusion that holds in one of the runs only. */
export interface Difference {
  readonly id: string;
  readonly kind: 'arm' | 'exclusion';
  /** In the later run. */
  readonly holds: boolean;
  readonly because: Cause;
}

/** A person who stands elsewhere, or was found by other arms. Steps as `leftAt`; `included`; `not-found`. */
export interface Moved {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly differences: readonly Difference[];
  /** Nothing differs but the order of the exclusions: the same hold, and another comes first. */
  readonly byOrder?: true;
}

/** What moved. Who is not authorized in one of the runs is counted and not named: `in` came, `out` went. */
export interface RunDiff {
  readonly moved: readonly Moved[];
  readonly stayed: number;
  readonly notAuthorized: { readonly in: number; readonly out: number };
}

/** `no-code holds (protocol)` */
export function differenceText({ id, kind, holds, because }: Difference): string {
  const verb = kind === 'arm' ? (holds ? 'finds' : 'finds no more') : holds ? 'holds' : 'holds no more';
  return `${id} ${verb} (${because})`;
}

/** Compares two runs of one study; persons in the order of the earlier run, then those who came in. */
export function compareRuns(before: ComparedRun, after: ComparedRun): RunDiff {
  const [earlier, later] = [before, after].map(({ persons }) => new Map(persons.map((one) => [one.personId, one])));
  const ids = [...new Set([...before.persons, ...after.persons].map(({ personId }) => personId))];
  const open = ids.filter((id) => before.isAuthorized(id) && after.isAuthorized(id));
  const closed = new Set(ids).difference(new Set(open));
  const moved = open.flatMap((id): Moved[] => {
    const [was, is] = [earlier?.get(id), later?.get(id)];
    const differences = differencesOf(before, after, was, is);
    const [from, to] = [placeOf(was), placeOf(is)];
    if (from === to && !differences.some(({ kind }) => kind === 'arm')) return [];
    const byOrder = differences.length === 0 && isReordered(before, after, from, to);
    return [{ name: is?.name ?? was?.name ?? '', from, to, differences, ...(byOrder ? { byOrder } : {}) }];
  });
  const went = [...closed].filter((id) => earlier?.has(id) && !after.isAuthorized(id)).length;
  return {
    moved,
    stayed: open.length - moved.length,
    notAuthorized: { in: closed.size - went, out: went },
  };
}

/** Whether two exclusions stand the other way round in the later protocol. */
function isReordered(before: ComparedRun, after: ComparedRun, one: string, other: string): boolean {
  const [was, is] = [before, after].map(({ protocol }) => {
    const order = ledgerExclusions(protocol).map(({ id }) => id);
    const [first, second] = [order.indexOf(one), order.indexOf(other)];
    return first < 0 || second < 0 ? 0 : Math.sign(first - second);
  });
  return was !== 0 && was === -(is ?? 0);
}

function placeOf(one: Standing | undefined): string {
  return one ? (leftAt(one.outcome) ?? 'included') : 'not-found';
}

function differencesOf(
  before: ComparedRun,
  after: ComparedRun,
  was: Standing | undefined,
  is: Standing | undefined,
): Difference[] {
  const differing = (kind: Difference['kind'], had: readonly string[] = [], has: readonly string[] = []) =>
    [...new Set(had).symmetricDifference(new Set(has))].map(
      (id): Difference => ({ id, kind, holds: has.includes(id), because: causeOf(before, after, kind, id) }),
    );
  const exclusions = was && is ? differing('exclusion', was.outcome.all, is.outcome.all) : [];
  return [...differing('arm', was?.arms, is?.arms), ...exclusions];
}

function causeOf(before: ComparedRun, after: ComparedRun, kind: Difference['kind'], id: string): Cause {
  if (definitionOf(before.protocol, kind, id) !== definitionOf(after.protocol, kind, id)) return 'protocol';
  if (before.run.snapshot !== after.run.snapshot) return 'records';
  return canonicalJson(before.run.termSets ?? {}) === canonicalJson(after.run.termSets ?? {}) ? 'reviews' : 'term sets';
}

/** Everything of a protocol that an arm or an exclusion depends on, as text; empty where there is none of this id. */
function definitionOf(protocol: Protocol, kind: Difference['kind'], id: string): string {
  if (kind === 'arm') return criterionOf(protocol, protocol.arms.find((one) => one.id === id)?.criterion);
  const exclusion = protocol.exclusions.find((one) => one.id === id);
  if (!exclusion) return textOf([protocol.index, protocol.concepts, protocol.criteria, protocol.period]);
  if (!exclusion.reviewer) return criterionOf(protocol, exclusion.rule);
  const { instruments, review, period } = protocol;
  return textOf([exclusion.reviewer, instruments, review, period]);
}

function criterionOf(protocol: Protocol, criterion: Criterion | undefined): string {
  if (!criterion) return '';
  const whole = resolved(protocol, criterion);
  const sets = noteQueriesIn(whole).length > 0 ? Object.keys(protocol.concepts) : conceptSetsIn(whole);
  const concepts = Object.fromEntries(sets.map((set) => [set, protocol.concepts[set]]));
  return textOf([whole, concepts, protocol.period, asksIndex(whole) ? protocol.index : undefined]);
}

function textOf(parts: readonly unknown[]): string {
  return canonicalJson(JSON.parse(JSON.stringify(parts)));
}
