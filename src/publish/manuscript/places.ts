/** Which place of which file a letter of the text comes from, once templates are put in. */
import type { Place } from '../../base/index.ts';

/** A stretch of the text and where it was written: word for word, or put in by a template that was called there. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  /** Where the stretch, or the call of the template, begins in the file. */
  readonly from: number;
  readonly template?: string;
}

/** Tells the place of an offset; lines and columns count from 1. */
export function placesOf(file: string, source: string, stretches: readonly Stretch[]): (offset: number) => Place {
  return (offset) => {
    const stretch = stretches.findLast(({ start }) => start <= offset) ?? { start: 0, from: 0 };
    const within = 'template' in stretch && stretch.template !== undefined ? 0 : offset - stretch.start;
    const before = source.slice(0, stretch.from + within);
    const line = before.split('\n').length;
    return { file, line, column: before.length - before.lastIndexOf('\n') };
  };
}

/** The template that an offset came from. */
export function templateAt(stretches: readonly Stretch[], offset: number): string | undefined {
  return stretches.findLast(({ start }) => start <= offset)?.template;
}
