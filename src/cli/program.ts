import { Command } from 'commander';
import { auditCommand } from './audit-command.ts';
import { cohortCommand } from './cohort-command.ts';
import { dataCommand } from './data-command.ts';
import { demoCommand } from './demo-command.ts';
import { disclosureCommand } from './disclosure-command.ts';
import { evalCommand } from './eval-command.ts';
import { importCommand } from './import-command.ts';
import { indexCommand } from './index-command.ts';
import { initCommand } from './init-command.ts';
import { integrityCommand } from './integrity-command.ts';
import { linkageCommand } from './linkage-command.ts';
import { manuscriptCommand } from './manuscript-command.ts';
import { protocolCommand } from './protocol-command.ts';
import { qualityCommand } from './quality-command.ts';
import { releaseCommand } from './release-command.ts';
import { responseCommand } from './response-command.ts';
import { reviewCommand } from './review-command.ts';
import { searchCommand } from './search-command.ts';
import { searchesCommand } from './searches-command.ts';
import { serveCommand } from './serve-command.ts';
import { snapshotsCommand } from './snapshots-command.ts';
import { studyCommand } from './study-command.ts';
import { suggestCommand } from './suggest-command.ts';
import { tablesCommand } from './tables-command.ts';
import { termsetsCommand } from './termsets-command.ts';
import { traceCommand } from './trace-command.ts';
import { treatmentsCommand } from './treatments-command.ts';
import { verifyCommand } from './verify-command.ts';
import { vocabularyCommand } from './vocabulary-command.ts';

const EXIT_CODES = `
Exit codes: 0 done · 1 the input or the state does not allow it · 2 called wrongly · 70 a fault of the program · 130 stopped (Ctrl-C)`;

/** All commands. Errors are thrown (`exitOverride`), so that one place tells them. */
export function buildProgram(): Command {
  const program = new Command('chartproof')
    .description('From chart to published number, with proof.')
    .version('0.1.0')
    .showHelpAfterError('(add --help for the way to call it)')
    .addHelpText('after', EXIT_CODES);
  for (const command of [
    initCommand(),
    importCommand(),
    vocabularyCommand(),
    qualityCommand(),
    snapshotsCommand(),
    linkageCommand(),
    indexCommand(),
    searchCommand(),
    searchesCommand(),
    suggestCommand(),
    termsetsCommand(),
    protocolCommand(),
    studyCommand(),
    cohortCommand(),
    reviewCommand(),
    treatmentsCommand(),
    disclosureCommand(),
    responseCommand(),
    releaseCommand(),
    verifyCommand(),
    dataCommand(),
    tablesCommand(),
    manuscriptCommand(),
    traceCommand(),
    auditCommand(),
    integrityCommand(),
    serveCommand(),
    evalCommand(),
    demoCommand(),
  ]) {
    program.addCommand(command);
  }
  return throwing(program);
}

/** Subcommands do not inherit `exitOverride` when they were made on their own. */
function throwing(command: Command): Command {
  command.exitOverride();
  for (const child of command.commands) throwing(child);
  return command;
}
