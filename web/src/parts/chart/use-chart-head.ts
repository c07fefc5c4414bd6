import { contract } from '../../../../src/server/contract/index.ts';
import { useRoute } from '../../api/index.ts';
import type { ChartParams } from './chart-pane.tsx';

/**
 * Who a chart is of, and its term sets. However many parts of a page ask, it is one opening: what is shown does not change while
 * somebody reads, and each call would be another in the audit trail.
 */
export function useChartHead(params: ChartParams) {
  return useRoute(contract.chart, { params }, { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 });
}
