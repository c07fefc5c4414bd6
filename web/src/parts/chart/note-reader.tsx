import { type ChartHead, type ChartMention, contract } from '../../../../src/server/contract/index.ts';
import { useRoute } from '../../api/index.ts';
import { ErrorState } from '../error-state.tsx';
import { Loading } from '../loading.tsx';
import type { ChartParams } from './chart-pane.tsx';
import type { ChosenEvidence } from './chart-place.ts';
import { NoteSheet } from './note-sheet.tsx';

/** A note to be read, at a place of it or from its beginning. Asked for again, it scrolls there again: `turn` tells that. */
export interface OpenPlace {
  readonly note: string;
  readonly start?: number;
  readonly end?: number;
  readonly isEvidence?: boolean;
  readonly turn: symbol;
}

/** What a note that is read is given by the chart around it. */
export interface NoteReaderProps {
  readonly params: ChartParams;
  readonly head: ChartHead;
  readonly place: OpenPlace;
  /** Where a query is true in it. */
  readonly found: readonly ChartMention[];
  readonly onSelect: ((chosen: ChosenEvidence | undefined) => void) | undefined;
}

/** Opens a note. That is one opening of it, also where the window loses the focus: nothing is asked again. */
export function NoteReader(props: NoteReaderProps) {
  const { params, place } = props;
  const body = { note: place.note };
  const once = { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 };
  const { data, error, refetch } = useRoute(contract.openChartNote, { params, body }, once);
  const copies = useRoute(contract.noteCopies, { params, body }, once);
  if (!data) {
    return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading what="Opening the note" />;
  }
  return <NoteSheet {...props} note={data} copies={copies.data?.copies} />;
}
