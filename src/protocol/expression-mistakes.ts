/** The parser's complaint in plain words, with a tip for what people write who know other languages. */
export interface SyntaxMistake {
  readonly message: string;
  readonly tip?: string;
}

const HABITS: readonly (readonly [RegExp, string])[] = [
  [/==/, 'FHIRPath compares with a single `=`.'],
  [/<>/, 'Unlike is `!=`.'],
  [/&&|\|\|/, 'Write `and` and `or`.'],
  [/![^=~]/, 'Not is written behind: `(a = 1).not()`.'],
  [/"/, "Put text in single quotes: 'resolved'."],
  [/\b(?:AND|OR|NOT|IN)\b/, 'Words of FHIRPath are in small letters: `and`, `or`, `in`.'],
];

/** What to tell of an expression that does not parse; characters count from 1. */
export function syntaxMistake(text: string, error: unknown): SyntaxMistake {
  const [, line = '1', at = '0', words = ''] =
    /line: (\d+); column: (\d+); message: (.*)/.exec(error instanceof Error ? error.message : '') ?? [];
  const place = `${line === '1' ? '' : `line ${line}, `}character ${Number(at) + 1}`;
  const plain = text.replaceAll(/'(?:[^'\\]|\\.)*'/g, "''");
  const habit = HABITS.find(([pattern]) => pattern.test(plain))?.[1];
  const unit = /'((?:year|month|week|day|hour|minute|second|millisecond)s?)'/.exec(words)?.[1];
  const tip = habit ?? (unit && `\`${unit}\` is a unit of time; as a name it stands in backquotes.`);
  return {
    message: `Not FHIRPath: at ${place}, ${complaint(words)}.`,
    ...(tip === undefined ? {} : { tip }),
  };
}

function complaint(words: string): string {
  if (/^(?:mismatched|extraneous) input '<EOF>'|^no viable alternative at input '<EOF>'/.test(words))
    return 'something is missing';
  const token = /^(?:mismatched input|extraneous input|no viable alternative at input) '(.*?)'(?: expecting|$)/.exec(
    words,
  );
  if (token) return `\`${token[1]}\` does not fit here`;
  if (words.startsWith("token recognition error at: ''")) return 'a quotation is not closed';
  const sign = /^token recognition error at: '(.*)'$/.exec(words);
  if (sign) return `\`${sign[1]}\` is no sign of FHIRPath`;
  return words.replace(/ at '<EOF>'/, ' at the end').split(' expecting ')[0] || 'it cannot be read';
}
