import { tellFailure } from './failure.ts';
import { buildProgram } from './program.ts';

const json = process.argv.includes('--json');
try {
  await buildProgram().parseAsync(process.argv);
} catch (error) {
  process.exitCode = tellFailure(error, json);
}
