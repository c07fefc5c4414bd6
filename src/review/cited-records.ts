import type { Gate } from '../cohort/index.ts';
import type { CitedRecords } from './check-evidence.ts';
import type { Answer } from './entry.ts';

const CITABLE = [
  'person',
  'visit_occurrence',
  'condition_occurrence',
  'drug_exposure',
  'procedure_occurrence',
  'measurement',
  'observation',
] as const;

/** The rows of the records that answers cite, and whose each is; a row that the gate does not show is not there. */
export async function personsOfRecords(gate: Pick<Gate, 'all'>, answers: readonly Answer[]): Promise<CitedRecords> {
  const sources = answers.flatMap((answer) => answer.evidence.flatMap((one) => ('record' in one ? [one.record] : [])));
  if (sources.length === 0) return new Map();
  const parts = CITABLE.map((table) => `SELECT src_id, person_id FROM ${table} WHERE list_contains($1, src_id)`);
  const rows = await gate.all<{ src_id: string; person_id: string }>(parts.join(' UNION ALL '), [
    [...new Set(sources)],
  ]);
  return new Map(rows.map((row) => [row.src_id, row.person_id]));
}
