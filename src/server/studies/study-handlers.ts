/** Studies: the list, the overview, making one. */
import { existsSync } from 'node:fs';
import { ChartproofError, type StudyId } from '../../base/index.ts';
import { isIdentified } from '../../cohort/index.ts';
import { parseProtocol, registerProtocolText, sharedTermSetNames } from '../../protocol/index.ts';
import { studyPaths } from '../../workspace/index.ts';
import { grantRole } from '../accounts/roles.ts';
import { isBlindedTo } from '../blinding.ts';
import type { StudyRole } from '../contract/index.ts';
import type { Handlers } from '../http/handler.ts';
import type { Server } from '../server.ts';
import { studyProgress } from './study-overview.ts';

export const studyHandlers = {
  studies: ({ server, who }) => ({
    items: [...who.roles.studies].map(([study, roles]) => summaryOf(server, study, roles)),
  }),
  study: ({ server, params: { study }, who }) => {
    const roles = who.roles.studies.get(study) ?? [];
    const summary = summaryOf(server, study, roles);
    const ledger = server.studies.withoutRecords(study);
    // Before that it has no progress, and perhaps no records to open.
    if (isIdentified(ledger.database))
      return server.studies.with(study, (open) => ({ ...summary, ...studyProgress(open, who) }));
    return {
      ...summary,
      cohort: null,
      stages: null,
      people: [],
      lastRelease: null,
      isBlinded: isBlindedTo(ledger, who),
    };
  },
  createStudy: ({ server, body: { yaml }, who, at }) => {
    const { workspace, accounts } = server;
    const text = { yaml, file: 'protocol.yaml' };
    const { id } = parseProtocol(yaml, text.file, sharedTermSetNames(workspace));
    if (existsSync(studyPaths(workspace, id as StudyId).database)) {
      throw new ChartproofError('study.exists', 'The workspace has a study of this id already.', {
        tip: 'Give the protocol another `id`. Whoever owns that study can put a new version into force.',
      });
    }
    const actor = who.person.login;
    registerProtocolText(workspace, text, { actor, at });
    grantRole(accounts, who.person.id, { role: 'owner', study: id }, { actor, at });
    return summaryOf(server, id, ['owner']);
  },
} satisfies Partial<Handlers>;

function summaryOf({ studies }: Server, study: string, roles: readonly StudyRole[]) {
  const { protocol } = studies.withoutRecords(study).study;
  return { study, title: protocol.title, version: protocol.version, roles: [...roles] };
}
