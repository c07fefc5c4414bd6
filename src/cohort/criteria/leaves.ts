/** What an event of an arm can be found by, taken apart: each code, each drug name, the note query. Pure. Rule R135 of SPEC.md. */
import type { EventCriterion, Protocol } from '../../protocol/index.ts';
import { type CodePattern, codePatterns } from '../../vocabulary/index.ts';
import { conceptSet } from './concept-set.ts';
import { criterionText } from './criterion-text.ts';
import { codedTables } from './event-tables.ts';

/** The least by which somebody is found. `id` is the same for the same code wherever an arm names it. */
export interface Leaf {
  readonly id: string;
  readonly kind: 'code' | 'drug-name' | 'query' | 'event';
  /** As the protocol has it: `ICD10CM M10.0`, `allopurinol`, `affirmed(@gout)`. */
  readonly label: string;
}

/** The leaf with what it takes to tell the rows that it finds. */
export type EventLeaf = Leaf & { readonly pattern?: CodePattern; readonly name?: string };

/** The leaves of an event, in the order of the protocol. */
export function leavesOf(protocol: Protocol, event: EventCriterion): EventLeaf[] {
  if ('note' in event) return [{ id: `note ${event.note}`, kind: 'query', label: event.note }];
  const coded = codedKind(event);
  if (!coded) {
    const label = criterionText(protocol, event);
    return [{ id: `event ${label}`, kind: 'event', label }];
  }
  const set = conceptSet(protocol, coded.set);
  const codes = codePatterns(set).flatMap((pattern, at): EventLeaf[] => {
    const { vocabulary, code, exclude } = pattern;
    const label = `${vocabulary} ${set.codes[at]?.code ?? code}`;
    return exclude ? [] : [{ id: `${coded.kind} ${vocabulary} ${code}`, kind: 'code', label, pattern }];
  });
  const names = 'drug' in event ? (set.drugs?.names ?? []) : [];
  const named = names.map((name): EventLeaf => {
    const id = `drug-name ${name.trim().toLowerCase().split(/\s+/).join(' ')}`;
    return { id, kind: 'drug-name', label: name, name };
  });
  return [...codes, ...named];
}

/** What an event that concept sets are asked of: its set, and the table of its rows. */
export interface CodedKind {
  readonly kind: string;
  readonly set: string;
  readonly table: (typeof codedTables)[keyof typeof codedTables];
}

/** The set and the table of an event; `undefined` where it is told by no code. */
export function codedKind(event: EventCriterion): CodedKind | undefined {
  const keys = new Map<string, unknown>(Object.entries(event));
  for (const [kind, table] of Object.entries(codedTables)) {
    const set = keys.get(kind);
    if (typeof set === 'string') return { kind, set, table };
  }
  return undefined;
}
