import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { type ChartTimeline, contract } from '../../../../src/server/contract/index.ts';
import { useRoute } from '../../api/index.ts';
import type { ChartParams } from './chart-pane.tsx';
import { type DayWindow, dayOf, wholeWindow } from './time-scale.ts';

const KEPT = { staleTime: Number.POSITIVE_INFINITY };

/** The timeline of a chart: all of it, and the stretch that is looked at, which is asked for when it is closer than all. */
export function useTimeline(params: ChartParams) {
  const [window, setWindow] = useState<DayWindow>();
  const all = useRoute(contract.chartTimeline, { params, query: {} }, KEPT);
  const whole = all.data && wholeWindow(all.data.first, all.data.last);
  const stretch = window && { from: dayOf(window.from), to: dayOf(window.to) };
  const near = useRoute(
    contract.chartTimeline,
    { params, query: stretch ?? {} },
    { ...KEPT, placeholderData: keepPreviousData },
  );
  const data: ChartTimeline | undefined = near.data ?? all.data;
  return { data, error: all.error ?? near.error, whole, window: window ?? whole, setWindow, refetch: all.refetch };
}
