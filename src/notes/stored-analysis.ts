/**
 * The analysis of a note as bytes, some 5 % of the text. A byte of format, then three lists, each a count and its
 * entries, all numbers as LEB128 varints, places as differences from the entry before:
 * sections (start, body, index of the kind), sentences (start), scopes (category, start, length, cue as a signed
 * difference from the start, cue length). Kinds are a list of their own in front. The words of a cue are in the text.
 */
import type { NoteAnalysis, Scope, ScopeCategory, Section, Span } from './analysis.ts';

const FORMAT = 1;
const CATEGORIES: readonly ScopeCategory[] = ['negated', 'possible', 'historical', 'hypothetical', 'family', 'other'];

export function encodeAnalysis(analysis: NoteAnalysis): Uint8Array {
  const out = new Writer();
  out.number(FORMAT);
  const kinds = [...new Set(analysis.sections.map((section) => section.kind))];
  out.number(kinds.length);
  for (const kind of kinds) out.text(kind);
  let last = 0;
  out.number(analysis.sections.length);
  for (const section of analysis.sections) {
    out.number(section.start - last);
    out.number(section.bodyStart - section.start);
    out.number(kinds.indexOf(section.kind));
    last = section.start;
  }
  last = 0;
  out.number(analysis.sentences.length);
  for (const sentence of analysis.sentences) {
    out.number(sentence.start - last);
    last = sentence.start;
  }
  last = 0;
  out.number(analysis.scopes.length);
  for (const scope of analysis.scopes) {
    out.number(CATEGORIES.indexOf(scope.category));
    out.number(scope.start - last);
    out.number(scope.end - scope.start);
    out.signed(scope.cueStart - scope.start);
    out.number(scope.cueEnd - scope.cueStart);
    last = scope.start;
  }
  return out.bytes();
}

/** The analysis that the bytes hold, of the text they were made from. */
export function decodeAnalysis(bytes: Uint8Array, text: string): NoteAnalysis {
  const input = new Source(bytes);
  const format = input.number();
  if (format !== FORMAT) throw new Error(`Analysis of format ${format}, not ${FORMAT}`);
  const kinds = Array.from({ length: input.number() }, () => input.text());
  let last = 0;
  const sections = Array.from({ length: input.number() }, (): Section => {
    const start = last + input.number();
    last = start;
    return { start, end: 0, bodyStart: start + input.number(), kind: kinds[input.number()] ?? 'other' };
  });
  last = 0;
  const sentences = Array.from({ length: input.number() }, (): Span => {
    last += input.number();
    return { start: last, end: 0 };
  });
  last = 0;
  const scopes = Array.from({ length: input.number() }, () => {
    const scope = readScope(input, last, text);
    last = scope.start;
    return scope;
  });
  return { sections: closed(sections, text.length), sentences: closed(sentences, text.length), scopes };
}

function readScope(input: Source, last: number, text: string): Scope {
  const category = CATEGORIES[input.number()] ?? 'negated';
  const start = last + input.number();
  const end = start + input.number();
  const cueStart = start + input.signed();
  const cueEnd = cueStart + input.number();
  return { start, end, category, cueStart, cueEnd, cue: text.slice(cueStart, cueEnd) };
}

/** Each span ends where the next begins. */
function closed<T extends Span>(spans: readonly T[], length: number): T[] {
  return spans.map((span, i) => ({ ...span, end: spans[i + 1]?.start ?? length }));
}

const MORE = 0x80;
const SEVEN_BITS = 0x7f;

class Writer {
  private readonly out: number[] = [];

  number(value: number): void {
    let rest = value;
    for (; rest >= MORE; rest = Math.floor(rest / MORE)) this.out.push((rest & SEVEN_BITS) | MORE);
    this.out.push(rest);
  }

  signed(value: number): void {
    this.number(value < 0 ? -2 * value - 1 : 2 * value);
  }

  text(value: string): void {
    const bytes = new TextEncoder().encode(value);
    this.number(bytes.length);
    this.out.push(...bytes);
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.out);
  }
}

class Source {
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= MORE) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new Error('The stored analysis ends early');
      value += (byte & SEVEN_BITS) * scale;
      if (byte < MORE) return value;
    }
  }

  signed(): number {
    const value = this.number();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  text(): string {
    const length = this.number();
    this.at += length;
    return new TextDecoder().decode(this.bytes.subarray(this.at - length, this.at));
  }
}
