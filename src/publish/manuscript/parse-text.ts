/**
 * The text as a tree (mdast). Tokens are covered before by letters that Markdown does not know, as many as the token has, so that
 * no brace or bracket of theirs is read as Markdown and every offset stays true.
 */
import type { Nodes, Parent, Root, RootContent } from 'mdast';
import { type Extension, fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { Token } from './tokens.ts';

/** A stretch of the text. */
export interface TextRun {
  readonly start: number;
  readonly end: number;
}

/** The tree and what is to be known of it. */
export interface Document {
  readonly root: Root;
  /** What was parsed: the body with its tokens covered. */
  readonly text: string;
  readonly code: readonly TextRun[];
  /** HTML that is neither a comment nor a superscript or subscript. */
  readonly html: readonly { readonly offset: number }[];
}

const FIRST = 0xe000;
/** How many tokens a text can have. */
export const MOST_TOKENS = 0xf8ff - FIRST + 1;
const COVER = /[\ue000-\uf8ff]/g;

/** The text with each token covered by a letter of its own. What stands in that range already is blanked. */
export function markedText(body: string, tokens: readonly Token[]): string {
  let text = '';
  let at = 0;
  for (const [index, { start, end }] of tokens.entries()) {
    const cover = String.fromCharCode(FIRST + index);
    text += body.slice(at, start).replaceAll(COVER, ' ') + cover.repeat(end - start);
    at = end;
  }
  return text + body.slice(at).replaceAll(COVER, ' ');
}

/** Parses covered text as GitHub-flavoured Markdown; `<sup>` and `<sub>` become nodes of their own. */
export function parseText(text: string): Document {
  const root = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [withoutTransforms()] });
  const code: TextRun[] = [];
  const html: { offset: number }[] = [];
  raise(root);
  visit(root, (node) => {
    if (node.type === 'code' || node.type === 'inlineCode') code.push(runOf(node));
    if (node.type === 'html' && !/^\s*<!--[\s\S]*-->\s*$/.test(node.value)) html.push({ offset: runOf(node).start });
  });
  return { root, text, code, html };
}

/** Addresses found in running text would become nodes that do not know their place: they stay text. */
function withoutTransforms(): Extension[] {
  return gfmFromMarkdown().map((one) => ({ ...one, transforms: [] }));
}

/** Stretches of running text that are checked for numbers: not code, links' targets, citations, or a list of references. */
export function textRuns({ root }: Document): TextRun[] {
  const runs: TextRun[] = [];
  const collect = (node: Nodes): void => {
    if (node.type === 'linkReference' || isRaised(node, 'sup')) return;
    if (node.type === 'text') runs.push(runOf(node));
    else if ('children' in node) node.children.forEach(collect);
  };
  let references = 0;
  for (const block of root.children) {
    if (block.type === 'heading') {
      if (references > 0 && block.depth <= references) references = 0;
      if (REFERENCES.test(plainText(block))) references = block.depth;
      const [first] = block.children;
      if (first?.type === 'text') {
        const { start, end } = runOf(first);
        const number = /^(?:\d+\.)*\d+\.?\s+/.exec(first.value)?.[0].length ?? 0;
        runs.push({ start: start + number, end });
        block.children.slice(1).forEach(collect);
        continue;
      }
    }
    if (references === 0) collect(block);
  }
  return runs;
}

const REFERENCES = /^\s*(?:references|bibliography|literature(?: cited)?)\s*$/i;

function plainText(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map((child: Nodes) => plainText(child)).join('') : '';
}

/** Whether a node is what stood between `<sup>` and `</sup>`, or the like. */
export function isRaised(node: Nodes, tag: 'sup' | 'sub'): boolean {
  return node.type === 'emphasis' && node.data?.hName === tag;
}

declare module 'mdast' {
  interface EmphasisData {
    /** The element that an emphasis is printed as, where it is none. */
    hName?: 'sup' | 'sub';
  }
}

/** Replaces `<sup>`, what follows and `</sup>` by one node. */
function raise(node: Nodes): void {
  if (!('children' in node)) return;
  const parent = node as Parent;
  const out: RootContent[] = [];
  const children = [...parent.children];
  while (children.length > 0) {
    const child = children.shift() as RootContent;
    const tag = child.type === 'html' ? /^<(sup|sub)>$/.exec(child.value)?.[1] : undefined;
    const close =
      tag === undefined ? -1 : children.findIndex((one) => one.type === 'html' && one.value === `</${tag}>`);
    if (close < 0 || (tag !== 'sup' && tag !== 'sub')) {
      raise(child);
      out.push(child);
      continue;
    }
    const inside = children.splice(0, close + 1).slice(0, -1);
    out.push({ type: 'emphasis', data: { hName: tag }, children: inside as never[] });
  }
  parent.children = out;
}

function visit(node: Nodes, see: (node: Nodes) => void): void {
  see(node);
  if ('children' in node) for (const child of node.children) visit(child, see);
}

function runOf({ position }: Nodes): TextRun {
  return { start: position?.start.offset ?? 0, end: position?.end.offset ?? 0 };
}

/** A text in parts: plain, or the cover of the token of this number. */
export type TextPart = { readonly text: string } | { readonly token: number };

/** Parts a text at its covers. */
export function partsOf(text: string): TextPart[] {
  return [...text.matchAll(/([\ue000-\uf8ff])\1*|[^\ue000-\uf8ff]+/g)].map(([part, cover]) =>
    cover === undefined ? { text: part } : { token: cover.charCodeAt(0) - FIRST },
  );
}
