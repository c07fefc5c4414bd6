/** A study of a small hospital whose notes are searched. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SnapshotId } from '../../base/index.ts';
import { type Protocol, registerProtocol, type StudyProtocol } from '../../protocol/index.ts';
import { openStudyDatabase, type StudyDatabase } from '../../workspace/index.ts';
import type { Gate } from '../gate/gate.ts';
import { goutProtocol, type Hospital, hospital, type TestPerson } from '../hospital.test-support.ts';
import { askNotes, type Question } from '../searches/ask-notes.ts';
import { type Rerun, rerunSearch } from '../searches/rerun-search.ts';

export const by = { actor: 'anna', at: '2024-02-01T00:00:00Z' };

export interface AskedStudy {
  readonly place: Hospital;
  readonly study: StudyProtocol;
  readonly database: StudyDatabase;
  gate(snapshot?: SnapshotId): Promise<Gate & Disposable>;
  /** Asks the current records. */
  ask(query: string, more?: Partial<Question>): Promise<ReturnType<typeof askNotes>['kept']>;
  rerun(id: number, snapshot?: SnapshotId): Promise<Rerun>;
  /** Writes `termsets/NAME.yaml`. */
  share(name: string, yaml: string): void;
}

/** Makes the study, does the work and takes everything away. */
export async function withAskedStudy(
  persons: readonly TestPerson[],
  work: (study: AskedStudy) => Promise<void>,
  protocol: Protocol = goutProtocol(),
): Promise<void> {
  using place = await hospital(persons);
  const { workspace } = place;
  const share = (name: string, yaml: string): void => {
    const path = join(workspace.paths.termSets, `${name}.yaml`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, yaml);
  };
  share('joint', JSON.stringify({ terms: [{ text: 'joint', synonyms: ['toe'] }] })); // JSON is YAML
  const file = join(workspace.dir, '..', 'protocol.yaml');
  writeFileSync(file, JSON.stringify(protocol));
  const study = registerProtocol(workspace, file, by);
  const database = openStudyDatabase(workspace, study.study);
  const gate = (snapshot?: SnapshotId) => place.gate(study.protocol, snapshot);
  try {
    await work({
      place,
      study,
      database,
      gate,
      share,
      ask: async (query, more = {}) => {
        using open = await gate();
        return askNotes(database, open, { query, protocol: study.sha256, ...more }, by).kept;
      },
      rerun: async (id, snapshot) => {
        using open = await gate(snapshot);
        return await rerunSearch({ workspace, database, study, gate: open }, id, { ...by, actor: 'ben' });
      },
    });
  } finally {
    database.close();
  }
}
