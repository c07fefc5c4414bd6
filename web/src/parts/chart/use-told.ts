import { useEffect, useEffectEvent } from 'react';
import type { ChosenEvidence } from './chart-place.ts';

/**
 * Tells the page around the chart what is chosen, once for each `key`, and nothing once this part is gone; `key` is undefined
 * while nothing is chosen.
 */
export function useTold(
  onSelect: ((chosen: ChosenEvidence | undefined) => void) | undefined,
  key: string | undefined,
  chosen: () => ChosenEvidence,
): void {
  const tell = useEffectEvent((isChosen: boolean) => onSelect?.(isChosen ? chosen() : undefined));
  useEffect(() => {
    if (key === undefined) return;
    tell(true);
    return () => tell(false);
  }, [key]);
}
