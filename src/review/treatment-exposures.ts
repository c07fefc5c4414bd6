/** The uses of drugs that the treatments of a protocol ask for, of the candidates of a study. Rule R23 of SPEC.md. */
import { type Candidate, type DrugExposure, drugExposures, type Gate } from '../cohort/index.ts';

/** By treatment, then by person id; who has none is not among them. */
export type TreatmentExposures = Readonly<Record<string, ReadonlyMap<string, readonly DrugExposure[]>>>;

/** Reads them from the records behind the gate. Errors as `drugExposures`. */
export async function treatmentExposures(
  gate: Gate,
  of: readonly Pick<Candidate, 'personId'>[],
): Promise<TreatmentExposures> {
  const persons = of.map(({ personId }) => personId);
  const found: Record<string, ReadonlyMap<string, readonly DrugExposure[]>> = {};
  for (const [id, { concept, sources, routes, forms }] of Object.entries(gate.protocol.treatments)) {
    if (concept === undefined) continue;
    found[id] = await drugExposures(gate, { drug: concept, sources, routes, forms, atLeast: 1 }, persons);
  }
  return found;
}
