/** What a criterion rests on, for one person, with the words of notes. */
import type { EventRow, Gate, HeldPart } from '../../cohort/index.ts';
import { snippetOf } from '../../notes/index.ts';
import type { ReasonBehind } from '../reason-behind.ts';

/** A part with what its notes say; `snippet` is the text around the first mention. */
export interface ToldPart extends Omit<HeldPart, 'events' | 'parts'> {
  readonly events?: { readonly n: number; readonly rows: readonly (EventRow & { readonly snippet?: string })[] };
  readonly parts: readonly ToldPart[];
}

/** What a reason rests on, with what the notes say. */
export interface ToldReason extends Omit<ReasonBehind, 'part'> {
  readonly part?: ToldPart;
}

/** Adds the words of the notes. */
export function toldPart(part: HeldPart, gate: Gate): ToldPart {
  const { events, parts, ...rest } = part;
  const rows = events?.rows.map((row) => {
    if (!row.mentions) return row;
    return { ...row, snippet: snippetOf(gate.note(row.source)?.text ?? '', row.mentions) };
  });
  return {
    ...rest,
    ...(events && rows ? { events: { n: events.n, rows } } : {}),
    parts: parts.map((inner) => toldPart(inner, gate)),
  };
}
