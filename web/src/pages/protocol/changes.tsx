import { Text, VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import { lineChanges } from './line-changes.ts';
import classes from './protocol.module.css';

const SIGN = { added: '+', removed: '-', same: undefined };
const SAID = { added: 'Added: ', removed: 'Removed: ', same: '' };

/** What differs between two versions, line by line. */
export function Changes({ before, after }: { readonly before: string; readonly after: string }) {
  const changes = useMemo(() => lineChanges(before, after), [before, after]);
  if (changes.length === 0) return <Text>They are the same.</Text>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={classes.lines} aria-label="What differs" tabIndex={0}>
      {changes.map((line) =>
        line.kind === 'gap' ? (
          <span key={`gap ${line.number}`} className={classes.gap}>
            … {line.lines} {line.lines === 1 ? 'line' : 'lines'} the same{'\n'}
          </span>
        ) : (
          <code
            key={`${line.kind} ${line.number}`}
            className={classes.line}
            data-number={line.number}
            data-sign={SIGN[line.kind]}
          >
            <VisuallyHidden>{SAID[line.kind]}</VisuallyHidden>
            {line.text}
            {'\n'}
          </code>
        ),
      )}
    </section>
  );
}
