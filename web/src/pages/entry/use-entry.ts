/** What somebody enters of one chart at one stage: the records as the server has them, and the changes on their way to it. */
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import {
  type AnswerView,
  type ChartSaid,
  contract,
  currentWord,
  type FormStage,
} from '../../../../src/server/contract/index.ts';
import { ApiProblem, call, isUnreachable, queryClient, queryKeyOf, useRoute } from '../../api/index.ts';
import {
  type Change,
  ChangeQueue,
  type FieldPlace,
  type FieldState,
  hasOpenChanges,
  type Outcome,
} from './change-queue.ts';
import { useOtherTabs } from './use-other-tabs.ts';

/** Whose record of which chart. */
export interface EntryOf {
  readonly study: string;
  readonly subject: string;
  readonly stage: FormStage;
}

export interface Entry {
  /** As the server has them; undefined while they are loaded. */
  readonly chart: ChartRecords | undefined;
  readonly error: Error | null;
  readonly reload: () => void;
  readonly queue: ChangeQueue;
  field(place: FieldPlace): FieldState;
  enter(place: FieldPlace, answer: AnswerView | null): void;
  /** Whether there is a change to take back, and taking it back. */
  readonly undo: (() => void) | undefined;
  /** Another tab of this browser said something of the chart since the last change here; it is shown as it stands now. */
  readonly isChangedElsewhere: boolean;
  /** Puts what the server answered in place of what was known. */
  accept(chart: ChartRecords): void;
}

export type ChartRecords = Exclude<Awaited<ReturnType<typeof load>>, undefined>;
const load = (params: EntryOf) => call(contract.chartRecords, { params });

interface Entered {
  readonly place: FieldPlace;
  readonly before: AnswerView | null;
}

export function useEntry(of: EntryOf): Entry {
  const { study, subject, stage } = of;
  const input = useMemo(() => ({ params: { study, subject, stage } }), [study, subject, stage]);
  // What was loaded stays what it is: every answer to a change brings the records anew.
  const {
    data: chart,
    error,
    refetch,
  } = useRoute(contract.chartRecords, input, { staleTime: Number.POSITIVE_INFINITY });
  const [isChangedElsewhere, setChangedElsewhere] = useState(false);
  const tellOthers = useOtherTabs(of, () => {
    setChangedElsewhere(true);
    void refetch();
  });
  const accept = useCallback(
    (next: ChartRecords) => {
      queryClient.setQueryData(queryKeyOf(contract.chartRecords, input), next);
      tellOthers();
    },
    [input, tellOthers],
  );
  const queue = useMemo(
    () =>
      new ChangeQueue({
        send: (change) =>
          send(input.params, change, (said) => {
            updateSaid(input, said);
            tellOthers();
          }),
        newId: () => crypto.randomUUID(),
        now: Date.now,
        later: (work, ms) => setTimeout(work, ms),
      }),
    [input, tellOthers],
  );
  useEffect(() => {
    for (const { instrument, row, words } of chart?.records ?? []) {
      for (const { field, answer, revision } of words) queue.told({ instrument, row, field }, { answer, revision });
    }
  }, [chart, queue]);
  useSyncExternalStore(queue.watch, queue.state);
  useEffect(() => {
    const retry = () => queue.retry();
    const warn = (event: BeforeUnloadEvent) => {
      // What is still being typed is given when its field is left.
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      if (hasOpenChanges(queue.state())) event.preventDefault();
    };
    addEventListener('online', retry);
    addEventListener('beforeunload', warn);
    return () => {
      removeEventListener('online', retry);
      removeEventListener('beforeunload', warn);
    };
  }, [queue]);

  const [entered, setEntered] = useState<readonly Entered[]>([]);
  const enter = useCallback(
    (place: FieldPlace, answer: AnswerView | null) => {
      const before = queue.field(place).answer;
      setEntered((list) => [...list, { place, before }]);
      setChangedElsewhere(false);
      queue.enter(place, answer);
    },
    [queue],
  );
  const last = entered.at(-1);
  const undo = last && takeBack(last);
  return {
    chart,
    error,
    reload: () => void refetch(),
    queue,
    field: (place) => queue.field(place),
    enter,
    undo,
    isChangedElsewhere,
    accept,
  };

  function takeBack({ place, before }: Entered): () => void {
    return () => {
      setEntered(entered.slice(0, -1));
      queue.enter(place, before);
    };
  }
}

type Input = { readonly params: EntryOf };

function updateSaid(input: Input, { records, problems, excludedBy }: ChartSaid): void {
  const queryKey = queryKeyOf(contract.chartRecords, input);
  // An answer that was asked for before the change would put the records back to what they were.
  void queryClient.cancelQueries({ queryKey });
  queryClient.setQueryData(queryKey, (known: ChartRecords | undefined) =>
    known ? { ...known, records, problems, excludedBy } : known,
  );
}

/** After this long without an answer a change goes again: a connection that broke may be silent for minutes. */
const SENDING_MS = 10_000;

/** Sends a change; `told` gets what is said of the chart with it. */
async function send(
  { study, subject }: EntryOf,
  { ifMatch, ...body }: Change,
  told: (said: ChartSaid) => void,
): Promise<Outcome> {
  try {
    const signal = AbortSignal.timeout(SENDING_MS);
    const saved = await call(contract.saveDraft, { params: { study, subject }, body, ifMatch, signal });
    told(saved.body);
    return { kind: 'saved', word: { answer: body.answer, revision: saved.revision } };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') return { kind: 'unreachable' };
    if (!(error instanceof ApiProblem)) throw error;
    // A server that fails, or is just being started, may take it in a while; a session that ended may begin again.
    if (isUnreachable(error) || error.status >= 500 || error.status === 401 || error.status === 429)
      return { kind: 'unreachable' };
    if (error.status === 412) return { kind: 'conflict', current: currentWord.parse(error.current) };
    const [first] = error.problems ?? [];
    return {
      kind: 'refused',
      message: [first?.message ?? error.message, first?.tip ?? error.tip].filter(Boolean).join(' '),
    };
  }
}
