import { type FigureOf, subgroupRows } from '../../protocol/index.ts';
import { type DataSet, holds } from '../data-set.ts';
import type { FigureHeading, ResponseBar, ResponseBarsData } from './figure-data.ts';
import { categoriesOf, headOf, shownSubjects } from './figure-focus.ts';

/** Who has which response in each subgroup. Whom an expression cannot decide is not in the subgroup. */
export function responseBars(data: DataSet, spec: FigureOf<'response-by-subgroup'>): ResponseBarsData {
  const subjects = shownSubjects(data, spec);
  const categories = categoriesOf(data);
  const rows = spec.rows.flatMap((row): (ResponseBar | FigureHeading)[] => {
    if ('heading' in row) return [row];
    return subgroupRows(data.protocol, row).map(({ id, label, when }) => {
      const inRow = subjects.filter((one) => holds(data, when, one));
      const parts = categories.map(({ code }) => ({
        category: code,
        subjects: inRow.filter(({ response }) => response?.category === code).map(({ subject }) => subject),
      }));
      return { id, label, n: inRow.length, parts };
    });
  });
  return { ...headOf(data, spec), kind: spec.kind, scale: spec.scale, categories, rows };
}
