/**
 * What stands between braces in a text:
 *
 *     {{improved.percent:1}}            a value, with a format
 *     {{> proportion id=improved}}      a template
 *     {{= 25 "strength, from the label"}}   a number that is no result, and why it stands there
 *     [[25]]                            the same, without a reason
 */

/** A token; `start` and `end` are offsets of the text. */
export type Token = { readonly start: number; readonly end: number; readonly source: string } & (
  | { readonly kind: 'value'; readonly name: string; readonly format: string }
  | { readonly kind: 'literal'; readonly text: string; readonly reason: string }
  | { readonly kind: 'broken'; readonly message: string; readonly tip: string }
);

/** A call of a template. */
export interface Call {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly given: Readonly<Record<string, string>>;
}

const CALL = /\{\{>\s*([^\s{}]+)\s*([^{}]*)\}\}/g;
const ARGUMENT = /([a-z][a-z0-9_]*)=(?:"([^"]*)"|(\S+))/gi;

/** The calls of templates in order. */
export function callsIn(text: string): Call[] {
  return [...text.matchAll(CALL)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    name: match[1] ?? '',
    given: Object.fromEntries(
      [...(match[2] ?? '').matchAll(ARGUMENT)].map(([, key = '', quoted, bare]) => [key, quoted ?? bare ?? '']),
    ),
  }));
}

const TOKEN = /\{\{(?!\{)([^{}\n]*)\}\}|\[\[([^[\]\n]+)\]\]|\{\{/g;

/** Everything else in order; braces that do not close on their line are broken. */
export function tokensIn(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map((match): Token => {
    const [source, body, marked] = match;
    const place = { start: match.index, end: match.index + source.length, source };
    if (marked !== undefined) return { ...place, kind: 'literal', text: marked, reason: '' };
    if (body === undefined)
      return {
        ...place,
        kind: 'broken',
        message: 'These braces do not close.',
        tip: 'Close them on the same line: {{improved.n}}.',
      };
    return { ...place, ...bodyOf(body.trim()) };
  });
}

type Body =
  | { kind: 'value'; name: string; format: string }
  | { kind: 'literal'; text: string; reason: string }
  | { kind: 'broken'; message: string; tip: string };

function bodyOf(body: string): Body {
  if (body.startsWith('=')) {
    const [, text, reason] = /^=\s*(.+?)\s*"([^"]*\S[^"]*)"$/.exec(body) ?? [];
    if (text !== undefined && reason !== undefined) return { kind: 'literal', text, reason };
    return {
      kind: 'broken',
      message: 'A number of its own needs a reason.',
      tip: 'Write {{= 25 "why it stands here"}}.',
    };
  }
  const at = body.indexOf(':');
  const name = (at < 0 ? body : body.slice(0, at)).trim();
  if (name === '')
    return { kind: 'broken', message: 'These braces name nothing.', tip: 'Name a value: {{improved.n}}.' };
  return { kind: 'value', name, format: at < 0 ? '' : body.slice(at + 1).trim() };
}
