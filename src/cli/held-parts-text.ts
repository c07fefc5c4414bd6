/** What a criterion rests on, for one person: as text, and with the words of notes for JSON. */
import type { EventRow, Gate, HeldPart } from '../cohort/index.ts';
import type { ReasonBehind } from '../publish/index.ts';
import { snippetOf } from './snippets.ts';

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

/** `yes` or `no` before each part, and below an event the first of its rows. */
export function partLines({ text, holds, events, parts }: ToldPart, depth: number): string[] {
  const indent = '  '.repeat(depth);
  const rows = (events?.rows ?? []).map((row) => `${indent}       ${rowLine(row)}`);
  const left = (events?.n ?? 0) - rows.length;
  return [
    `${indent}${holds ? 'yes' : 'no '}  ${text}`,
    ...(events?.n === 0 ? [`${indent}       nothing in the records`] : rows),
    ...(left > 0 ? [`${indent}       and ${left} more`] : []),
    ...parts.flatMap((part) => partLines(part, depth + 1)),
  ];
}

function rowLine({ date, text, codes, source, snippet }: EventRow & { readonly snippet?: string }): string {
  const said = [date?.slice(0, 10) ?? 'no date', text, ...codes].filter(Boolean).join(', ');
  return `${said} (${source})${snippet === undefined ? '' : `: \u201c${snippet}\u201d`}`;
}
