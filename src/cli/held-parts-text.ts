/** What a criterion rests on, for one person, as text. */
import type { EventRow } from '../cohort/index.ts';
import type { ToldPart } from '../publish/index.ts';

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
