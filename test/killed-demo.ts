/** Runs the demo and kills its own process, without any warning, at a call of the progress of one step; it ends after that step. For a test. */
import type { Progress } from '../src/base/index.ts';
import { demoOf } from '../src/cli/demo-steps.ts';

const [dir = '', step = '', call = ''] = process.argv.slice(2);
const demo = demoOf({ dir, patients: 300, seed: 1 });

function deadly(): Progress {
  let calls = 0;
  const count = (): void => {
    calls += 1;
    if (calls === Number(call)) process.kill(process.pid, 'SIGKILL');
  };
  return { step: count, advance: count };
}
const watched: Progress = { step() {}, advance() {} };

for (const [at, one] of demo.steps.slice(0, Number(step) + 1).entries())
  await one.run(at === Number(step) ? deadly() : watched);
