import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { ChartproofError } from '../base/index.ts';
import { loadStudyProtocol } from '../protocol/index.ts';
import { openAccountsDatabase } from '../server/index.ts';
import {
  type AuditedDatabase,
  type AuditHead,
  auditHead,
  headText,
  type OpenDatabase,
  openStudyDatabase,
  openWorkspace,
  parseHead,
  verifyAudit,
  type Workspace,
} from '../workspace/index.ts';
import { type CommonOptions, example, jsonOption, workspaceOption } from './options.ts';
import { print } from './output.ts';

/** `chartproof audit [STUDY]` */
export function auditCommand(): Command {
  return new Command('audit')
    .description('check the chain of an audit trail: nothing was changed, removed or put in between')
    .argument(
      '[study]',
      'the id of the study; left out: the trail of the workspace, of who came in and who may do what',
    )
    .option('--head <head>', 'a head that this command printed before: shows whether rows were cut off at the end')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof audit gout-2024 -w ~/rheumatology', 'chartproof audit -w ~/rheumatology'))
    .action((study: string | undefined, options: AuditOptions) => {
      const workspace = openWorkspace(options.workspace);
      const kept = keptHead(options.head);
      const trail = study === undefined ? trailOfWorkspace(workspace) : trailOfStudy(workspace, study);
      try {
        const verdict = { ...verifyAudit(trail, kept), head: headText(auditHead(trail)) };
        print(options.json, verdict, () =>
          verdict.ok
            ? `${verdict.rows} rows, the chain holds. Head: ${verdict.head}`
            : `The chain is broken at row ${verdict.firstBroken}.`,
        );
        if (!verdict.ok) process.exitCode = 1;
      } finally {
        trail.close();
      }
    });
}

interface AuditOptions extends CommonOptions {
  readonly head?: string;
}

/** Error: `workspace.audit-head`. */
function keptHead(text: string | undefined): AuditHead[] {
  if (text === undefined) return [];
  const head = parseHead(text);
  if (head) return [head];
  throw new ChartproofError('workspace.audit-head', 'This is not the head of an audit trail.', {
    tip: 'Give it as it was printed: the number of a row, a colon and the hash.',
  });
}

type Trail = AuditedDatabase & Pick<OpenDatabase<unknown>, 'close'>;

function trailOfStudy(workspace: Workspace, study: string): Trail {
  loadStudyProtocol(workspace, study); // says so where there is no such study
  return openStudyDatabase(workspace, study);
}

function trailOfWorkspace(workspace: Workspace): Trail {
  if (existsSync(workspace.paths.accounts)) return openAccountsDatabase(workspace);
  throw new ChartproofError('accounts.none', 'The workspace has no accounts, and so no trail of its own.', {
    tip: 'They are made with: chartproof serve. For the trail of a study name the study.',
  });
}
