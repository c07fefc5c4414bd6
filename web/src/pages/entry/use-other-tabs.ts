import { useCallback, useEffect, useRef } from 'react';

/** Which chart something was said of. What was said is not in it: the other tab asks the server. */
interface Told {
  readonly study: string;
  readonly subject: string;
}

const CHANNEL = 'chartproof.entry';

/**
 * Tells the other tabs of this browser that something was said of a chart: what is given back does so. `onTold` is called when
 * another one did; in a tab that nobody looks at, once it is looked at again.
 */
export function useOtherTabs({ study, subject }: Told, onTold: () => void): () => void {
  const channel = useRef<BroadcastChannel>(undefined);
  const told = useRef(onTold);
  told.current = onTold;
  useEffect(() => {
    const opened = new BroadcastChannel(CHANNEL);
    channel.current = opened;
    let isStale = false;
    const look = () => {
      if (!isStale || document.hidden) return;
      isStale = false;
      told.current();
    };
    opened.onmessage = ({ data }: MessageEvent<Told>) => {
      if (data.study !== study || data.subject !== subject) return;
      isStale = true;
      look();
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      opened.close();
      document.removeEventListener('visibilitychange', look);
    };
  }, [study, subject]);
  return useCallback(() => channel.current?.postMessage({ study, subject } satisfies Told), [study, subject]);
}
