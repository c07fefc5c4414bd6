import type { Query, QueryWord } from './query.ts';

/** The query as text, in the one canonical form: parsed again it gives the same query. */
export function printQuery(query: Query): string {
  switch (query.kind) {
    case 'text':
      return query.words.length === 1 && query.near === undefined
        ? printWords(query.words)
        : `"${printWords(query.words)}"${query.near === undefined ? '' : `~${query.near}`}`;
    case 'terms':
      return `@${query.name}`;
    case 'and':
      return query.of.map((one) => (one.kind === 'or' ? `(${printQuery(one)})` : printQuery(one))).join(' AND ');
    case 'or':
      return query.of.map(printQuery).join(' OR ');
    case 'not':
      return `NOT ${query.of.kind === 'and' || query.of.kind === 'or' ? `(${printQuery(query.of)})` : printQuery(query.of)}`;
    case 'assertion':
      return `${query.name}(${printQuery(query.of)})`;
    case 'person':
    case 'note':
      return `${query.kind}(${printQuery(query.of)})`;
    case 'filter':
      return `${query.name}:"${printWords(query.value)}"`;
    case 'date':
      return `date:[${query.from ?? '*'} TO ${query.to ?? '*'}]`;
  }
}

function printWords(words: readonly QueryWord[]): string {
  return words.map((word) => (word.prefix ? `${word.text}*` : word.text)).join(' ');
}
