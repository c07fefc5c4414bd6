import { type Workspace, withLock } from '../workspace/index.ts';
import { removeDatabase } from './notes-database.ts';

/** Takes the index of the notes away, so that the next indexing makes it anew. Error: `workspace.locked`. */
export function removeNoteIndex(workspace: Workspace): Promise<void> {
  return withLock(workspace, 'notes', async () => removeDatabase(workspace.paths.notes));
}
