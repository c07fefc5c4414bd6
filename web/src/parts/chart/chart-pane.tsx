/**
 * The chart of a subject: who it is, what happened when, the notes and rows, and the one that is open. A page that lets people
 * cite gives `onSelect`, which is told what is chosen at the moment, and uses `ref` to jump to evidence:
 *
 *     <ChartPane study={study} subject={subject} onSelect={setSelection} ref={chart} />
 *     chart.current?.focusEvidence({ note, start, end });
 */
import { SegmentedControl } from '@mantine/core';
import { type Ref, useCallback, useImperativeHandle, useMemo, useState } from 'react';
import type { ChartHead } from '../../../../src/server/contract/index.ts';
import { ErrorState } from '../error-state.tsx';
import { Loading } from '../loading.tsx';
import classes from './chart-pane.module.css';
import type { ChartHandle, ChartPlace, ChosenEvidence } from './chart-place.ts';
import { ChartSummary } from './chart-summary.tsx';
import { FindBar } from './find-bar.tsx';
import { NoteList } from './note-list.tsx';
import { NoteReader, type OpenPlace } from './note-reader.tsx';
import { RowCard } from './row-card.tsx';
import { RowList } from './row-list.tsx';
import { Timeline } from './timeline.tsx';
import { useChartHead } from './use-chart-head.ts';
import { useFind } from './use-find.ts';

interface ChartPaneProps {
  readonly study: string;
  readonly subject: string;
  /** Told what is chosen: a stretch of the open note, or the open row; undefined where nothing is. */
  readonly onSelect?: ((chosen: ChosenEvidence | undefined) => void) | undefined;
  /** What is open at first; later `focusEvidence` opens another. */
  readonly at?: ChartPlace | undefined;
  readonly ref?: Ref<ChartHandle>;
}

/** Which chart it is; its parts ask about it by this. */
export interface ChartParams {
  readonly study: string;
  readonly subject: string;
}

export function ChartPane({ study, subject, ...props }: ChartPaneProps) {
  const params = useMemo(() => ({ study, subject }), [study, subject]);
  const { data, error, refetch } = useChartHead(params);
  if (!data) {
    return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading what="Opening the chart" />;
  }
  return <OpenChart key={`${study} ${subject}`} params={params} head={data} {...props} />;
}

/** What is open: a note, at a place or at its beginning, or a row. */
type Open = { readonly kind: 'note'; readonly place: OpenPlace } | { readonly kind: 'row'; readonly source: string };

function openedAt(place: ChartPlace): Open {
  if ('record' in place) return { kind: 'row', source: place.record };
  return { kind: 'note', place: { ...place, isEvidence: true, turn: Symbol('turn') } };
}

interface OpenChartProps extends Pick<ChartPaneProps, 'onSelect' | 'at' | 'ref'> {
  readonly params: ChartParams;
  readonly head: ChartHead;
}

function OpenChart({ params, head, onSelect, at, ref }: OpenChartProps) {
  const [open, setOpen] = useState<Open | undefined>(() => at && openedAt(at));
  const [list, setList] = useState<'notes' | 'rows'>('notes');
  const [stretch, setStretch] = useState<{ readonly from: string; readonly to: string }>();
  const [readHere, setReadHere] = useState<ReadonlySet<string>>(new Set());

  const openNote = useCallback(
    (note: string, at?: { readonly start: number; readonly end: number; readonly isEvidence?: boolean }) => {
      setOpen({ kind: 'note', place: { note, ...at, turn: Symbol('turn') } });
      setReadHere((read) => new Set(read).add(note));
    },
    [],
  );
  const openRow = useCallback((source: string) => setOpen({ kind: 'row', source }), []);
  const find = useFind(params, openNote);

  useImperativeHandle(
    ref,
    () => ({
      focusEvidence: (place) =>
        'record' in place ? openRow(place.record) : openNote(place.note, { ...place, isEvidence: true }),
      find: (query) => void find.search(query),
    }),
    [openRow, openNote, find.search],
  );

  const source = open?.kind === 'note' ? open.place.note : open?.source;
  return (
    <section className={classes.pane} aria-label={`Chart of ${params.subject}`}>
      <ChartSummary head={head} />
      <Timeline params={params} openSource={source} onNote={openNote} onRow={openRow} onStretch={setStretch} />
      <FindBar find={find} />
      <div className={classes.columns}>
        <div className={classes.list}>
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label="What the list has"
            value={list}
            onChange={(value) => setList(value === 'rows' ? 'rows' : 'notes')}
            data={[
              { value: 'notes', label: `Notes (${head.notes.total})` },
              { value: 'rows', label: 'Records' },
            ]}
          />
          {list === 'notes' ? (
            <NoteList
              params={params}
              head={head}
              stretch={stretch}
              openNote={open?.kind === 'note' ? open.place.note : undefined}
              readHere={readHere}
              onOpen={openNote}
            />
          ) : (
            <RowList
              params={params}
              stretch={stretch}
              openRow={open?.kind === 'row' ? open.source : undefined}
              onOpen={openRow}
            />
          )}
        </div>
        {open?.kind === 'note' && (
          <NoteReader
            key={open.place.note}
            params={params}
            head={head}
            place={open.place}
            found={find.foundIn(open.place.note)}
            onSelect={onSelect}
          />
        )}
        {open?.kind === 'row' && <RowCard key={open.source} params={params} source={open.source} onSelect={onSelect} />}
        {!open && (
          <p className={classes.nothing}>
            Open a note of the list, or a mark of the timeline. The keys are listed under <kbd>?</kbd>.
          </p>
        )}
      </div>
    </section>
  );
}
