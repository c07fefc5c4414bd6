/**
 * Reads a text with live numbers: puts the templates in, finds what is named, prints it, and tells everything that is wrong with
 * its line and column. Rules R21, R22, R26 to R29 of SPEC.md.
 */
import { isDeepStrictEqual } from 'node:util';
import { nearest, type Place, type Problem } from '../../base/index.ts';
import { literalsIn, tableReferencesIn } from './literals.ts';
import type { LiveValue } from './live-value.ts';
import { type Document, MOST_TOKENS, markedText, parseText, type TextRun, textRuns } from './parse-text.ts';
import { placesOf, type Stretch, templateAt } from './places.ts';
import { printValue } from './print-value.ts';
import { fillTemplate, type Template } from './templates.ts';
import { callsIn, type Token, tokensIn } from './tokens.ts';

/** A value that stands in the text. */
export interface Bound {
  readonly place: Place;
  /** As the text has it, without braces: `improved.percent:1`. The same expression always prints the same. */
  readonly expression: string;
  readonly value: LiveValue;
  readonly printed: string;
}

/** A number of its own that the author marked as such. */
export interface Marked {
  readonly place: Place;
  readonly text: string;
  readonly reason: string;
}

/** What a token prints, and where it stands in the body. */
export interface Printed {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly bound?: Bound;
}

/** What the text comes to. With problems it is not to be printed. */
export interface Manuscript {
  /** What stands above the text between lines `---`, if anything. */
  readonly head: string;
  /** The text with the templates put in, as Markdown. */
  readonly body: string;
  readonly document: Document;
  /** By the number of the token in `body`. */
  readonly printed: ReadonlyMap<number, Printed>;
  /** Every token as it was written. */
  readonly sources: readonly string[];
  readonly bound: readonly Bound[];
  readonly marked: readonly Marked[];
  readonly templates: readonly Template[];
  readonly problems: readonly Problem[];
}

/** What a text is read against. */
export interface ReadingMatter {
  readonly file: string;
  readonly values: readonly LiveValue[];
  readonly templates: ReadonlyMap<string, Template>;
  /** How many tables the results print. */
  readonly tables: number;
}

/** Never throws for what is in the text. */
export function readManuscript(source: string, { file, values, templates, tables }: ReadingMatter): Manuscript {
  const text = source.replaceAll('\r\n', '\n');
  const head = /^---\n[\s\S]*?\n---\n/.exec(text)?.[0] ?? '';
  const problems: Problem[] = [];
  const { body, stretches, used } = putIn(text, head.length, templates, (at, message, tip) =>
    problems.push({ code: 'publish.template', message, tip, place: placesOf(file, text, [])(at) }),
  );
  const placeOf = placesOf(file, text, stretches);
  const tell = (code: string, offset: number, message: string, tip: string): void => {
    const template = templateAt(stretches, offset);
    const place = placeOf(offset);
    // A template that is given a wrong name says so once, not for each of its values.
    const isTold = problems.some((one) => one.code === code && isDeepStrictEqual(one.place, place));
    if (template !== undefined && isTold) return;
    const said = template === undefined ? message : `${message.slice(0, -1)}, in the template \`${template}\`.`;
    problems.push({ code, message: said, tip, place });
  };
  const tokens = tokensIn(body).slice(0, MOST_TOKENS);
  if (tokensIn(body).length > MOST_TOKENS)
    tell('publish.syntax', 0, 'The text has too many values.', `It may have ${MOST_TOKENS}.`);
  const document = parseText(markedText(body, tokens));
  const isUsed = tokensUsed(document, tokens);
  const names = nameIndex(values);
  const printed = new Map<number, Printed>();
  const bound: Bound[] = [];
  const marked: Marked[] = [];
  for (const [index, token] of tokens.entries()) {
    if (!isUsed(token)) continue;
    const { start, end } = token;
    const place = placeOf(token.start);
    if (token.kind === 'broken') tell('publish.syntax', token.start, token.message, token.tip);
    else if (token.kind === 'literal') {
      marked.push({ place, text: token.text, reason: token.reason });
      printed.set(index, { start, end, text: token.text });
    } else {
      const found = lookUp(token.name, names);
      if ('message' in found) {
        tell('publish.unknown-name', token.start, found.message, found.tip);
        continue;
      }
      const said = printValue(found, token.format);
      if (typeof said !== 'string') {
        tell('publish.format', token.start, said.message, said.tip);
        continue;
      }
      const expression = token.format === '' ? token.name : `${token.name}:${token.format}`;
      const one = { place, expression, value: found, printed: said };
      bound.push(one);
      printed.set(index, { start, end, text: said, bound: one });
    }
  }
  for (const run of textRuns(document)) checkRun(run, document, tables, tell);
  for (const { offset } of document.html)
    tell(
      'publish.html',
      offset,
      'HTML in the text is not printed.',
      'Write it in Markdown; <sup>, <sub> and comments may stay.',
    );
  const sources = tokens.map((token) => token.source);
  return { head, body, document, printed, sources, bound, marked, templates: used, problems: inOrder(problems) };
}

function inOrder(problems: readonly Problem[]): Problem[] {
  const at = ({ place }: Problem): number => (place?.line ?? 0) * 1e5 + (place?.column ?? 0);
  return problems.toSorted((a, b) => at(a) - at(b));
}

type Tell = (code: string, offset: number, message: string, tip: string) => void;

function checkRun({ start, end }: TextRun, { text }: Document, tables: number, tell: Tell): void {
  const stretch = text.slice(start, end);
  for (const { start: at, text: number } of literalsIn(stretch))
    tell(
      'publish.literal-number',
      start + at,
      `The number ${number} is typed in: it stays when the data change.`,
      `Name the value ({{ID.n}}), or mark it as no result: [[${number}]] or {{= ${number} "reason"}}.`,
    );
  for (const { start: at, number } of tableReferencesIn(stretch))
    if (number < 1 || number > tables)
      tell(
        'publish.no-table',
        start + at,
        `There is no Table ${number}.`,
        `The results print ${tables} tables; {{ID.number}} is the number of one.`,
      );
}

/** The text with every call of a template replaced by what it says. */
function putIn(
  text: string,
  from: number,
  templates: ReadonlyMap<string, Template>,
  tell: (offset: number, message: string, tip: string) => void,
): { readonly body: string; readonly stretches: readonly Stretch[]; readonly used: readonly Template[] } {
  const stretches: Stretch[] = [];
  const used = new Map<string, Template>();
  let body = '';
  let at = from;
  const add = (part: string, place: number, template?: string): void => {
    if (part === '') return;
    stretches.push({
      start: body.length,
      end: body.length + part.length,
      from: place,
      ...(template === undefined ? {} : { template }),
    });
    body += part;
  };
  for (const { start, end, name, given } of callsIn(text)) {
    if (start < from) continue;
    add(text.slice(at, start), at);
    at = end;
    const template = templates.get(name);
    if (!template) {
      const near = nearest(name, templates.keys());
      tell(
        start,
        `There is no template \`${name}\`.`,
        near ? `Did you mean \`${near}\`?` : `There is: ${[...templates.keys()].join(', ')}.`,
      );
      continue;
    }
    const filled = fillTemplate(template, given);
    if ('message' in filled) tell(start, filled.message, filled.tip);
    else if (callsIn(filled.text).length > 0)
      tell(start, `The template \`${name}\` calls another one.`, 'Write its sentence out.');
    else {
      used.set(name, template);
      add(filled.text, start, name);
    }
  }
  add(text.slice(at), at);
  return { body, stretches, used: [...used.values()] };
}

/** Tokens in code stay as they are written. */
function tokensUsed(document: Document, tokens: readonly Token[]): (token: Token) => boolean {
  const inCode = tokens.filter((token) =>
    document.code.some(({ start, end }) => start <= token.start && token.end <= end),
  );
  const left = new Set(inCode);
  return (token) => !left.has(token);
}

function nameIndex(values: readonly LiveValue[]): ReadonlyMap<string, readonly LiveValue[]> {
  const index = new Map<string, LiveValue[]>();
  for (const value of values)
    for (const name of new Set([value.name, `${value.kind}.${value.name}`]))
      index.set(name, [...(index.get(name) ?? []), value]);
  return index;
}

function lookUp(
  name: string,
  names: ReadonlyMap<string, readonly LiveValue[]>,
): LiveValue | { readonly message: string; readonly tip: string } {
  const [value, other] = names.get(name) ?? [];
  if (value && other)
    return {
      message: `\`${name}\` may be one of several.`,
      tip: `Say which: ${(names.get(name) ?? []).map((one) => `${one.kind}.${one.name}`).join(' or ')}.`,
    };
  if (value) return value;
  const near = nearest(name, names.keys());
  const thing = name.slice(0, name.lastIndexOf('.'));
  const fields = [...names.keys()].filter((one) => one.slice(0, one.lastIndexOf('.')) === thing && thing !== '');
  const tip =
    fields.length > 0
      ? `Of \`${thing}\` there is: ${fields.map((one) => one.slice(thing.length + 1)).join(', ')}.`
      : near
        ? `Did you mean \`${near}\`?`
        : 'All names: chartproof manuscript names STUDY.';
  return { message: `The results have no value \`${name}\`.`, tip };
}
