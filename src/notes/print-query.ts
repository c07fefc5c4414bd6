import type { Query } from './query.ts';
import type { QueryWord } from './query-word.ts';

/** The query as text, in the one canonical form: parsed again it gives the same query. */
export function printQuery(query: Query): string {
  switch (query.kind) {
    case 'text':
      return printText(query.words, query.near);
    case 'terms':
      return `@${query.name}`;
    case 'and':
      return query.of.map((one) => (one.kind === 'or' ? `(${printQuery(one)})` : printQuery(one))).join(' AND ');
    case 'or':
      return query.of.map(printQuery).join(' OR ');
    case 'not':
      return `NOT ${query.of.kind === 'and' || query.of.kind === 'or' ? `(${printQuery(query.of)})` : printQuery(query.of)}`;
    case 'within':
      return `${printSide(query.left)} WITHIN ${query.days} ${query.days === 1 ? 'day' : 'days'} OF ${printSide(query.right)}`;
    case 'assertion':
      return `${query.name}(${printQuery(query.of)})`;
    case 'person':
    case 'note':
    case 'sentence':
      return `${query.kind}(${printQuery(query.of)})`;
    case 'filter':
      return `${query.name}:"${printWords(query.value)}"`;
    case 'date':
    case 'age':
      return `${query.kind}:[${query.from ?? '*'} TO ${query.to ?? '*'}]`;
    case 'sex':
      return `sex:${query.sex}`;
  }
}

function printSide(side: Query): string {
  const isOperator = side.kind === 'and' || side.kind === 'or' || side.kind === 'not' || side.kind === 'within';
  return isOperator ? `(${printQuery(side)})` : printQuery(side);
}

function printText(words: readonly QueryWord[], near: number | undefined): string {
  const exact = words[0]?.form === 'exact' ? '=' : '';
  if (words.length === 1 && near === undefined) return `${exact}${printWords(words)}`;
  return `${exact}"${printWords(words)}"${near === undefined ? '' : `~${near}`}`;
}

function printWords(words: readonly QueryWord[]): string {
  return words.map(printWord).join(' ');
}

function printWord(word: QueryWord): string {
  if (word.form === 'prefix') return `${word.text}*`;
  return word.form === 'fuzzy' ? `${word.text}~${word.edits}` : word.text;
}
