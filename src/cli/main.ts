import { tellFailure } from './failure.ts';
import { buildProgram } from './program.ts';

const json = process.argv.includes('--json');
// A reader that has seen enough (`| head`) closes the pipe: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
try {
  await buildProgram().parseAsync(process.argv);
} catch (error) {
  process.exitCode = tellFailure(error, json);
}
