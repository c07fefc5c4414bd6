/** The text as plain data, for whoever draws it without HTML. Rule R30 of SPEC.md. */
import type { Nodes } from 'hast';
import { hastOf } from './print-html.ts';
import type { Manuscript } from './read-manuscript.ts';

/** A piece of the text: an element of those in {@link TAGS}, a piece of text, or a live number (from 0, in `bound`). */
export interface TextPiece {
  readonly tag?: string;
  readonly text?: string;
  readonly live?: number;
  readonly children?: TextPiece[];
}

const TAGS = new Set(
  'h1 h2 h3 h4 h5 h6 p ul ol li strong em del sup sub blockquote code pre hr br table thead tbody tr th td'.split(' '),
);
const LIVE = '#live-';

/** The pieces in order. What is no element of the list, such as a link, gives what stands in it. */
export function manuscriptPieces(manuscript: Manuscript): TextPiece[] {
  const numbers = new Map(manuscript.bound.map((bound, at) => [bound, at]));
  const tree = hastOf(manuscript, (value, bound) => {
    const at = bound && numbers.get(bound);
    if (at === undefined) return { type: 'text', value };
    return { type: 'link', url: `${LIVE}${at}`, children: [{ type: 'text', value }] };
  });
  return piecesOf(tree);
}

function piecesOf(node: Nodes): TextPiece[] {
  if (node.type === 'text') return [{ text: node.value }];
  if (node.type === 'root') return node.children.flatMap(piecesOf);
  if (node.type !== 'element') return [];
  const children = node.children.flatMap(piecesOf);
  const { href } = node.properties;
  if (typeof href === 'string' && href.startsWith(LIVE)) {
    return [{ live: Number(href.slice(LIVE.length)), text: children.map(({ text = '' }) => text).join('') }];
  }
  return TAGS.has(node.tagName) ? [{ tag: node.tagName, ...(children.length > 0 ? { children } : {}) }] : children;
}
