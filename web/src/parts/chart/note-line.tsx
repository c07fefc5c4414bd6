import { IconCircleCheck } from '@tabler/icons-react';
import type { ChartHead, NoteItem } from '../../../../src/server/contract/index.ts';
import marks from '../highlighted.module.css';
import { HIGHLIGHT_COLOURS } from '../highlighted.tsx';
import classes from './chart-pane.module.css';

interface NoteLineProps {
  readonly note: NoteItem;
  readonly termSets: ChartHead['termSets'];
  /** Of its length, that stood in an earlier note. */
  readonly copied: number | undefined;
  readonly isRead: boolean;
}

/** A note in the list: when, what, by whom, how long, how much of it is copied, what it mentions. */
export function NoteLine({ note, termSets, copied, isRead }: NoteLineProps) {
  const { at, type, title, specialty, author, length, mentions } = note;
  return (
    <>
      <div className={classes.optionHead}>
        <span>{at?.date.slice(0, 10) ?? 'no date'}</span>
        <span className={classes.optionText}>{title ?? type ?? 'Note'}</span>
        {isRead && <IconCircleCheck size={14} aria-label="read" className={classes.readMark} />}
      </div>
      <div className={classes.optionHead}>
        <span className={classes.quiet} title={author ?? undefined}>
          {[specialty, lengthText(length), copied !== undefined && `${Math.round(copied * 100)} % copied`]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span className={classes.counts}>
          {termSets.map(({ id, label }, at) => {
            const n = mentions[id] ?? 0;
            return n === 0 ? null : (
              <span key={id} className={marks.mark} data-colour={at % HIGHLIGHT_COLOURS} title={label}>
                <span className={classes.hidden}>{`${label} `}</span>
                {n}
              </span>
            );
          })}
        </span>
      </div>
    </>
  );
}

function lengthText(length: number): string {
  return length < 1000 ? `${length} ch.` : `${(length / 1000).toFixed(1)}k ch.`;
}
