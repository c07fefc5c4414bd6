import { keepPreviousData } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { contract, type EvidenceView, type NoteItem } from '../../../../src/server/contract/index.ts';
import { useRoute } from '../../api/index.ts';
import type { ChartParams } from '../../parts/chart/index.ts';

/** What is known of the notes that are cited, by source, and whose chart they are of. */
interface Cited {
  readonly params: ChartParams;
  readonly notes: ReadonlyMap<string, NoteItem>;
}

const CitedContext = createContext<Cited>({ params: { study: '', subject: '' }, notes: new Map() });

/** Asks once for all notes that a form cites, so that each piece of evidence can say of which note it is. */
export function CitedNotes({
  study,
  subject,
  evidence,
  children,
}: ChartParams & { readonly evidence: readonly EvidenceView[]; readonly children: ReactNode }) {
  const sources = [...new Set(evidence.flatMap((one) => ('note' in one ? [one.note] : [])))].sort().slice(0, MOST);
  const params = useMemo(() => ({ study, subject }), [study, subject]);
  const { data } = useRoute(
    contract.chartNotes,
    { params, body: { sources }, query: { limit: MOST } },
    { enabled: sources.length > 0, staleTime: Number.POSITIVE_INFINITY, placeholderData: keepPreviousData },
  );
  const cited = useMemo(
    () => ({ params, notes: new Map(data?.items.map((note) => [note.source, note])) }),
    [params, data],
  );
  return <CitedContext value={cited}>{children}</CitedContext>;
}

/** As many notes as the server tells of at once. */
const MOST = 500;

/** The notes that the form around it cites. */
export function useCited(): Cited {
  return useContext(CitedContext);
}
