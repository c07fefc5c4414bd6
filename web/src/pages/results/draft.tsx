import { Tooltip, UnstyledButton } from '@mantine/core';
import { createElement, Fragment, type ReactNode } from 'react';
import type { contract, RouteOutput, TextNode } from '../../../../src/server/contract/index.ts';
import classes from './draft.module.css';
import type { Tracing } from './printed-table.tsx';

type TextView = NonNullable<RouteOutput<typeof contract.manuscript>['text']>;
type Live = TextView['values'][number];

const STATE: Readonly<Record<Live['state'], string>> = { approved: 'as approved', moved: 'moved', new: 'not approved' };
/** A heading of the text stands below those of the page. */
const LOWER: Readonly<Record<string, string>> = { h1: 'h2', h2: 'h3', h3: 'h4', h4: 'h5', h5: 'h6' };
const TAGS: ReadonlySet<string> = new Set(
  'h2 h3 h4 h5 h6 p ul ol li strong em del sup sub blockquote code pre hr br table thead tbody tr th td'.split(' '),
);

/** The text as it is printed, each live number marked by whether it is as it was approved. */
export function Draft({ text: { draft, values }, onTrace }: Tracing & { readonly text: TextView }) {
  return (
    <section className={classes.draft} aria-label="Draft of the text">
      {draft.map((node, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the draft is drawn as a whole
        <Fragment key={at}>{drawn(node, values, onTrace)}</Fragment>
      ))}
    </section>
  );
}

function drawn(
  { tag, text, live, children = [] }: TextNode,
  values: readonly Live[],
  onTrace: Tracing['onTrace'],
): ReactNode {
  const value = live === undefined ? undefined : values[live];
  if (value) return <LiveNumber value={value} {...(onTrace && { onTrace })} />;
  if (tag === undefined) return text;
  const element = LOWER[tag] ?? tag;
  const inner = children.map((child) => drawn(child, values, onTrace));
  return TAGS.has(element) ? createElement(element, null, ...inner) : createElement(Fragment, null, ...inner);
}

function LiveNumber({
  value: { printed, label, expression, state, was, cell },
  onTrace,
}: Tracing & { readonly value: Live }) {
  const said = `${label} (${expression}), ${STATE[state]}${state === 'moved' ? ` from ${was}` : ''}`;
  return (
    <Tooltip label={said} multiline maw={360}>
      {cell !== null && onTrace ? (
        <UnstyledButton className={classes.live} data-state={state} onClick={() => onTrace(cell)}>
          {printed}
        </UnstyledButton>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what a number is of is told to those without a mouse too
        <span className={classes.live} data-state={state} tabIndex={0}>
          {printed}
        </span>
      )}
    </Tooltip>
  );
}
