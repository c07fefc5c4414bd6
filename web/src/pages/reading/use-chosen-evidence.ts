import { useCallback, useMemo, useRef, useState } from 'react';
import type { EvidenceView } from '../../../../src/server/contract/index.ts';

/** What is chosen to be cited: what is selected in the chart, or a sentence that was chosen after it. */
export function useChosenEvidence() {
  const selected = useRef<EvidenceView>(undefined);
  const sentence = useRef<EvidenceView>(undefined);
  const [chosen, setChosen] = useState<EvidenceView>();
  const chosenNow = useCallback(() => sentence.current ?? selected.current, []);
  const onSelect = useCallback(
    (selection: EvidenceView | undefined) => {
      selected.current = selection;
      // That the chart has no selection says nothing of a sentence: showing it in the chart ends the selection there.
      if (selection) sentence.current = undefined;
      setChosen(chosenNow());
    },
    [chosenNow],
  );
  const choose = useCallback((one: EvidenceView) => {
    sentence.current = one;
    setChosen(one);
  }, []);
  return useMemo(() => ({ chosen, chosenNow, onSelect, choose }), [chosen, chosenNow, onSelect, choose]);
}
