import { ChartproofError, rowId } from '../../base/index.ts';
import { type Workspace, withLock } from '../../workspace/index.ts';
import { openRecords } from '../open-records.ts';
import { appendDecision, type LinkageDecision } from './decisions.ts';
import { linkedRow } from './linked-rows.ts';
import { unknownRow, unlinkedRow } from './proposals.ts';

/**
 * Writes down what a steward decided about a row and a person; the next import of the table links by it. The row
 * may be linked or not, and may be given by its place (`fills.csv:12`). Errors: `linkage.unknown-row`, `linkage.unknown-person`, `workspace.locked`.
 */
export function decideRow(workspace: Workspace, decision: LinkageDecision): Promise<LinkageDecision> {
  return withLock(workspace, 'records', async () => {
    const row = unlinkedRow(workspace, decision.row)?.row ?? (await linkedRow(workspace, decision.row));
    if (row === undefined) throw unknownRow();
    await refuseUnknown(workspace, decision.person);
    const made = { ...decision, row };
    appendDecision(workspace, made);
    return made;
  });
}

async function refuseUnknown(workspace: Workspace, person: string): Promise<void> {
  const records = await openRecords(workspace);
  try {
    const found = await records.all(
      'SELECT 1 FROM person WHERE person_id::VARCHAR = $id AND person_source_value = $person',
      { id: rowId(person), person },
    );
    if (found.length > 0) return;
  } finally {
    records.close();
  }
  throw new ChartproofError('linkage.unknown-person', 'The records have no such person.', {
    tip: 'Name the person by source id, such as Patient/123.',
  });
}
