/** What an adjudicator of a chart has to decide, and has decided. Pure. Rules R72 and R73 of SPEC.md. */
import { sha256 } from '../../base/index.ts';
import type { Protocol } from '../../protocol/index.ts';
import type { Answer } from '../entry.ts';
import type { Revision } from '../revisions.ts';
import type { OpenItem, SettledSubject } from '../settle.ts';
import { type FormStage, stageOf } from './stages.ts';

/** One reader's answer; null where they gave none, or have no such row. */
export interface Given {
  /** A, B, ...: the same reader throughout the chart, in an order that the names do not tell. */
  readonly letter: string;
  readonly reviewer: string;
  readonly answer: Answer | null;
  readonly at: string | null;
}

/** One field to decide; `settled` was decided by an adjudicator, and may be anew. */
export interface Item {
  readonly instrument: string;
  readonly row: string;
  readonly field: string;
  readonly why: Exclude<OpenItem['why'], 'not-abstracted' | 'too-few-abstractors'> | 'settled';
  /** The id of the newest word on the field by anybody; 0 where there is none. */
  readonly revision: number;
  /** By letter. */
  readonly given: readonly Given[];
  readonly ruling: Revision | null;
}

/** The items of the stages that everybody has read, in the order of the protocol. */
export function openItems(
  protocol: Protocol,
  { person: { subject }, open }: SettledSubject,
  revisions: readonly Revision[],
  ready: readonly FormStage[],
): Item[] {
  const places = new Map<string, Pick<OpenItem, 'instrument' | 'row' | 'field'> & { readonly why: Item['why'] }>();
  const add = (one: Pick<OpenItem, 'instrument' | 'row' | 'field'>, why: Item['why']): void => {
    if (ready.includes(stageOf(protocol, one.instrument))) {
      const { instrument, row, field } = one;
      places.set(JSON.stringify([instrument, row, field]), { instrument, row, field, why });
    }
  };
  for (const one of revisions.filter(({ role }) => role === 'adjudication')) add(one, 'settled');
  for (const item of open) {
    if (item.why !== 'not-abstracted' && item.why !== 'too-few-abstractors') add(item, item.why);
  }
  const order = (id: string): number => protocol.instruments.findIndex((one) => one.id === id);
  const fieldOrder = (instrument: string, id: string): number =>
    protocol.instruments.find((one) => one.id === instrument)?.fields.findIndex((one) => one.id === id) ?? 0;
  return [...places.values()]
    .sort(
      (a, b) =>
        order(a.instrument) - order(b.instrument) ||
        compare(a.row, b.row) ||
        fieldOrder(a.instrument, a.field) - fieldOrder(b.instrument, b.field),
    )
    .map((place) => itemOf(protocol, subject, revisions, place));
}

/** Whether an adjudicator has decided anything of the chart. */
export function isAdjudicated(revisions: readonly Revision[]): boolean {
  return revisions.some(({ role }) => role === 'adjudication');
}

/** The newest word on a field by anybody. */
export function newestOf(revisions: readonly Revision[], at: Pick<Item, 'instrument' | 'row' | 'field'>): number {
  return Math.max(0, ...revisions.filter((one) => isAt(one, at)).map(({ id }) => id));
}

const A = 65;

function itemOf(
  protocol: Protocol,
  subject: string,
  revisions: readonly Revision[],
  place: Pick<Item, 'instrument' | 'row' | 'field' | 'why'>,
): Item {
  const stage = stageOf(protocol, place.instrument);
  const said = revisions.filter((one) => one.role === 'abstraction');
  const key = (reviewer: string): string => sha256(`${subject}/${reviewer}`);
  const all = [...new Set(said.map((one) => one.reviewer))].sort((a, b) => compare(key(a), key(b)));
  const ofStage = new Set(said.filter((one) => stageOf(protocol, one.instrument) === stage).map((one) => one.reviewer));
  const here = revisions.filter((one) => isAt(one, place));
  return {
    ...place,
    revision: newestOf(revisions, place),
    given: all.flatMap((reviewer, index) => {
      if (!ofStage.has(reviewer)) return [];
      const word = here.find((one) => one.role === 'abstraction' && one.reviewer === reviewer);
      const letter = String.fromCodePoint(A + index);
      return { letter, reviewer, answer: word?.answer ?? null, at: word?.at ?? null };
    }),
    ruling: here.filter(({ role }) => role === 'adjudication').at(-1) ?? null,
  };
}

function isAt(one: Revision, { instrument, row, field }: Pick<Item, 'instrument' | 'row' | 'field'>): boolean {
  return one.instrument === instrument && one.row === row && one.field === field;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
