/**
 * The text as an HTML page without script or outside resource, to print on A4. A number leads to the subjects behind it, further
 * down on the page. Rules R30 and R33 of SPEC.md.
 */
import type { ElementContent, Nodes as HastNodes } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { html, raw } from 'hono/html';
import type { Nodes, Parent, PhrasingContent, RootContent } from 'mdast';
import { toHast } from 'mdast-util-to-hast';
import type { ReleaseFacts } from '../release-content.ts';
import { STYLE } from '../tables-html-style.ts';
import { partsOf } from './parse-text.ts';
import type { Bound, Manuscript } from './read-manuscript.ts';

type Fragment = ReturnType<typeof html>;

const SHORT_HASH = 12;
const TEXT_STYLE =
  'main { max-width: 42rem; } main h1, main h2, main h3 { margin: 1.5rem 0 .5rem; } .footnotes { font-size: .85rem; }';

/** The page as text. */
export async function manuscriptPage(manuscript: Manuscript, facts: ReleaseFacts): Promise<string> {
  const anchors = anchorsOf(manuscript.bound);
  const text = toHtml(hastOf(manuscript, (text, bound) => linkTo(anchors, text, bound)));
  const lock = facts.lock === '' ? 'draft' : `lock ${facts.lock.slice(0, SHORT_HASH)}`;
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${facts.title}: text</title>
<style>${raw(STYLE)}${raw(TEXT_STYLE)}</style>
</head>
<body>
<header><p class="facts">${facts.title} · protocol ${facts.protocolVersion} (${facts.protocol.slice(0, SHORT_HASH)}) · records ${facts.snapshot} · ${lock}</p></header>
<main>
${raw(text)}
</main>
${subjectList(manuscript.bound, anchors)}
</body>
</html>
`;
  return page.toString();
}

/** By the name of a value that has subjects, the id of the place that lists them. */
function anchorsOf(bound: readonly Bound[]): ReadonlyMap<string, string> {
  const names = bound.filter(({ value }) => value.subjects).map(nameOf);
  return new Map([...new Set(names)].map((name, at) => [name, `value-${at + 1}`]));
}

function nameOf({ value }: Bound): string {
  return `${value.kind}.${value.name}`;
}

function subjectList(bound: readonly Bound[], anchors: ReadonlyMap<string, string>): Fragment | '' {
  const firsts = [...anchors].flatMap(([name, id]) => {
    const one = bound.find((other) => nameOf(other) === name);
    return one ? [{ id, one }] : [];
  });
  if (firsts.length === 0) return '';
  return html`<section class="subjects"><h2>Subjects behind each number</h2>
<dl>
${firsts.map(
  ({ id, one: { value, printed } }) =>
    html`<dt id="${id}">${value.name}: ${printed}</dt><dd>${value.label}: ${value.subjects?.join(', ') || 'nobody'}</dd>
`,
)}
</dl>
</section>`;
}

/** A number that has subjects leads to the place that lists them. */
function linkTo(anchors: ReadonlyMap<string, string>, value: string, bound: Bound | undefined): PhrasingContent {
  const id = bound && anchors.get(nameOf(bound));
  if (id === undefined) return { type: 'text', value };
  return { type: 'link', url: `#${id}`, title: bound?.expression ?? null, children: [{ type: 'text', value }] };
}

/** How a value that stands in the text is printed; `bound` is absent of a number that was marked as no result. */
export type ValuePhrase = (text: string, bound: Bound | undefined) => PhrasingContent;

/** The text as a tree of HTML, with every cover replaced by what it prints. No HTML of the text is in it. */
export function hastOf(manuscript: Manuscript, phraseOf: ValuePhrase): HastNodes {
  const root = structuredClone(manuscript.document.root);
  fill(root, manuscript, phraseOf);
  return toHast(root, { clobberPrefix: '' }) as ElementContent;
}

function fill(node: Nodes, manuscript: Manuscript, phraseOf: ValuePhrase): void {
  if (!('children' in node)) return;
  const parent = node as Parent;
  parent.children = parent.children.flatMap((child): RootContent[] => {
    if (child.type === 'text') return phrasesOf(child.value, manuscript, phraseOf);
    if (child.type === 'image' || child.type === 'imageReference')
      return [{ type: 'text' as const, value: child.alt ?? '' }];
    if (child.type === 'inlineCode' || child.type === 'code') child.value = uncovered(child.value, manuscript);
    if (child.type === 'link' && !/^(?:https?:|mailto:|#)/i.test(child.url)) child.url = '#';
    fill(child, manuscript, phraseOf);
    return [child];
  });
}

function phrasesOf(text: string, { printed }: Manuscript, phraseOf: ValuePhrase): PhrasingContent[] {
  return partsOf(text).map((part): PhrasingContent => {
    if ('text' in part) return { type: 'text', value: part.text };
    const { text: value = '', bound } = printed.get(part.token) ?? {};
    return phraseOf(value, bound);
  });
}

/** What stands in code is shown as it was written. */
export function uncovered(text: string, { sources }: Manuscript): string {
  return partsOf(text)
    .map((part) => ('text' in part ? part.text : (sources[part.token] ?? '')))
    .join('');
}
