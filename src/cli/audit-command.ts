import { Command } from 'commander';
import { loadStudyProtocol } from '../protocol/index.ts';
import { auditHead, openStudyDatabase, openWorkspace, verifyAudit } from '../workspace/index.ts';
import { type CommonOptions, example, jsonOption, workspaceOption } from './options.ts';
import { print } from './output.ts';

/** `chartproof audit STUDY` */
export function auditCommand(): Command {
  return new Command('audit')
    .description('check the chain of the audit trail: nothing was changed, removed or put in between')
    .argument('<study>', 'the id of the study')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof audit gout-2024 -w ~/rheumatology'))
    .action((study: string, options: CommonOptions) => {
      const workspace = openWorkspace(options.workspace);
      loadStudyProtocol(workspace, study); // says so where there is no such study
      const database = openStudyDatabase(workspace, study);
      try {
        const verdict = { ...verifyAudit(database), head: auditHead(database) };
        print(options.json, verdict, () =>
          verdict.ok
            ? `${verdict.rows} rows, the chain holds. Head: ${verdict.head.hash}`
            : `The chain is broken at row ${verdict.firstBroken}.`,
        );
        if (!verdict.ok) process.exitCode = 1;
      } finally {
        database.close();
      }
    });
}
