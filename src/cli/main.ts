import { exitCodes, tellFailure } from './failure.ts';
import { buildProgram } from './program.ts';

const json = process.argv.includes('--json');
// A reader that has seen enough (`| head`) closes the pipe: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
// The end of the process takes what was being written with it; what stands in the workspace is whole.
process.once('SIGINT', () => {
  process.stderr.write('\nStopped. What was stored before stands as it was; run the command again.\n');
  process.exit(exitCodes.stopped);
});
try {
  await buildProgram().parseAsync(process.argv);
} catch (error) {
  process.exitCode = tellFailure(error, json);
}
