/**
 * Work on the records in a process of its own: the server answers meanwhile, and where the process dies (of memory, say) the
 * server does not. Rule R121 of SPEC.md.
 *
 *     const { report } = await runRecordWork(workspace, 'import', order, progress);
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ChartproofError, type ErrorDetails, type Progress } from '../../base/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import type { RecordResults, RecordWorks } from './record-work.ts';

/** What the process tells. */
export type FromRecordProcess =
  | { readonly said: 'step'; readonly label: string; readonly total: number | undefined }
  | { readonly said: 'advance'; readonly done: number; readonly counted: string | undefined }
  | { readonly said: 'result'; readonly result: unknown }
  | { readonly said: 'refusal'; readonly code: string; readonly message: string; readonly details: ErrorDetails }
  | { readonly said: 'fault' };

/** Does the work. Errors: those of the work, `data.work-ended` where its process ends before it is done. */
export function runRecordWork<Kind extends keyof RecordWorks>(
  { dir }: Workspace,
  kind: Kind,
  work: RecordWorks[Kind],
  progress: Progress,
): Promise<RecordResults[Kind]> {
  const path = fileURLToPath(new URL('./record-process.ts', import.meta.url));
  // What it would write may quote a record: it goes nowhere.
  const child = fork(path, { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('exit', () => failed(endedEarly()));
    child.on('message', (message) => {
      const told = message as FromRecordProcess;
      if (told.said === 'step') progress.step(told.label, told.total);
      else if (told.said === 'advance') progress.advance(told.done, told.counted);
      else if (told.said === 'result') done(told.result as RecordResults[Kind]);
      else if (told.said === 'refusal') failed(new ChartproofError(told.code, told.message, told.details));
      else failed(new Error('the work failed by a fault of its own'));
    });
    child.send({ kind, dir, work });
  });
}

function endedEarly(): ChartproofError {
  return new ChartproofError('data.work-ended', 'The work ended before it was done.', {
    tip: 'Begin it again; if it ends again, the machine may have too little memory.',
  });
}
