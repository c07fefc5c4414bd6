/**
 * The process that does one work on the records. It is told what (a `RecordOrder`), tells how far it is and what came of it
 * (`FromRecordProcess`), and ends. Where the server is gone, it ends too: what it began is then as if it had not been.
 */
import { ChartproofError, type Progress } from '../../base/index.ts';
import { doRecordWork, type RecordOrder } from './record-work.ts';
import type { FromRecordProcess } from './run-record-work.ts';

/** More often nobody would read it. */
const APART_MS = 100;

process.once('disconnect', () => process.exit(1));
process.once('message', (order) => void answer(order as RecordOrder));

async function answer(order: RecordOrder): Promise<void> {
  const said = await doRecordWork(order, progressTo(tell)).then(
    (result): FromRecordProcess => ({ said: 'result', result }),
    (error: unknown): FromRecordProcess => refusalOf(error),
  );
  process.send?.(said, () => process.exit(0));
}

function tell(said: FromRecordProcess): void {
  process.send?.(said);
}

function progressTo(send: (said: FromRecordProcess) => void): Progress {
  let last = 0;
  return {
    step: (label, total) => send({ said: 'step', label, total }),
    advance: (done, counted) => {
      if (Date.now() - last < APART_MS) return;
      last = Date.now();
      send({ said: 'advance', done, counted });
    },
  };
}

/** An error of ours goes as data, since a process passes on no class; of another nothing goes, since it may quote a record. */
function refusalOf(error: unknown): FromRecordProcess {
  if (!(error instanceof ChartproofError)) return { said: 'fault' };
  const { code, message, tip, place, problems } = error;
  return {
    said: 'refusal',
    code,
    message,
    details: { ...(tip === undefined ? {} : { tip }), ...(place ? { place } : {}), problems },
  };
}
