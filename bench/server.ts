/**
 * `npm run bench:server [-- --demo 400,2000 --persons 100000 --pairs 5 --seconds 3 --connections 32 --json]`: what people wait for,
 * under load. Each read is called over loopback by 32 connections that stay open, each with its next call as soon as
 * the last is answered; beside it, in turn, a bare Hono route that answers the same bytes. p95 in ms, medians of the pairs;
 * the ratio is of the pairs. Then saves of drafts: each connection is an abstractor with a chart, who saves one field
 * again and again.
 *
 * The servers are processes of their own, the calls come from this one: a machine of two cores is what is measured.
 * A bare route asks nobody who they are, reads nothing and writes no audit trail; the ratio says what all that costs.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { demoInstitution, generatedInstitution, type Institution } from './server-institutions.ts';
import { connections, type LoadCall, latencies, quantile, send } from './server-load.ts';
import type { Session, Started } from './server-process.ts';
import { type Read, readsOf } from './server-reads.ts';

const { values } = parseArgs({
  options: {
    demo: { type: 'string', default: '400,2000' },
    persons: { type: 'string', default: '100000' },
    pairs: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '32' },
    json: { type: 'boolean', default: false },
  },
});
const pairs = Number(values.pairs);
const ms = Number(values.seconds) * 1000;
const agent = connections(Number(values.connections));
const numbers = (list: string): number[] => list.split(',').filter(Boolean).map(Number);

const results = [];
for (const patients of numbers(values.demo))
  results.push(await measure(`demo, ${patients} patients`, (dir) => demoInstitution(dir, patients)));
for (const persons of numbers(values.persons))
  results.push(await measure(`${persons} generated persons`, (dir) => generatedInstitution(dir, persons)));
process.stdout.write(values.json ? `${JSON.stringify(results, null, 2)}\n` : results.map(report).join('\n'));
agent.destroy();

async function measure(name: string, make: (dir: string) => Promise<Institution>) {
  const dir = mkdtempSync(join(tmpdir(), 'chartproof-bench-'));
  const children: ChildProcess[] = [];
  try {
    tell(`${name}: making it`);
    const of = await make(join(dir, 'workspace'));
    const bytes = join(dir, 'bytes');
    mkdirSync(bytes);
    const ours = await start(children, 'workbench', of.dir, String(agent.maxSockets), of.read, of.unread);
    const bare = await start(children, 'bare', bytes);
    const reads = [];
    for (const read of await readsOf(agent, ours, of)) {
      tell(`${name}: ${read.name}`);
      reads.push(await compare(read, bytes, bare));
    }
    tell(`${name}: saves`);
    return { name, reads, saves: await saves(ours, of) };
  } finally {
    for (const child of children) if (child.connected) child.disconnect();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function compare({ name, call }: Read, folder: string, bare: Started) {
  const { text } = await send(agent, call);
  const file = name.replaceAll(/\W+/g, '-');
  writeFileSync(join(folder, file), text);
  const same: LoadCall = { ...call, url: `${bare.url}/${file}` };
  for (const one of [call, same]) await latencies(agent, one, ms / 3);
  const p95 = async (one: LoadCall) => quantile(await latencies(agent, one, ms), 0.95);
  const all = [];
  for (let pair = 0; pair < pairs; pair += 1) all.push({ ours: await p95(call), bare: await p95(same) });
  return {
    name,
    bytes: Buffer.byteLength(text),
    p95: median(all.map(({ ours }) => ours)),
    bareP95: median(all.map((one) => one.bare)),
    ratio: median(all.map((one) => one.ours / one.bare)),
  };
}

/** Drafts saved in a second, all answered, none refused: as many abstractors as connections, two to a chart. */
async function saves({ url, sessions }: Started, { unread, instrument, field }: Institution) {
  const base = `${url}/api/v1/studies/${unread}/review`;
  const readers = await Promise.all(
    sessions.map(async (session) => {
      const headers = headersOf(session, url);
      const { status, text } = await send(agent, {
        method: 'POST',
        url: `${base}/next/screening`,
        headers,
        body: '{}',
      });
      const { subject } = JSON.parse(text) as { subject?: string | null };
      if (!subject) throw new Error(`next: ${status} ${text}`);
      return { chart: `${base}/charts/${subject}`, headers };
    }),
  );
  const taken: number[] = [];
  const begun = performance.now();
  await Promise.all(
    readers.map(async ({ chart, headers }) => {
      let revision = '"0"';
      for (let value = true; performance.now() < begun + ms; value = !value) {
        const body = JSON.stringify({
          changeId: randomUUID(),
          instrument,
          field,
          answer: { value, comment: 'as it stands' },
        });
        const from = performance.now();
        const { status, text, etag } = await send(agent, {
          method: 'PUT',
          url: `${chart}/draft`,
          headers: { ...headers, 'If-Match': revision },
          body,
        });
        if (status !== 200) throw new Error(`save: ${status} ${text}`);
        taken.push(performance.now() - from);
        revision = etag ?? '';
      }
    }),
  );
  return { perSecond: (taken.length * 1000) / (performance.now() - begun), p95: quantile(taken, 0.95) };
}

/** What a browser sends with a call that changes something. */
function headersOf({ cookie, csrf }: Session, origin: string): Record<string, string> {
  return { Cookie: cookie, 'X-CSRF-Token': csrf, Origin: origin, 'Content-Type': 'application/json' };
}

function start(children: ChildProcess[], ...args: readonly string[]): Promise<Started> {
  const child = fork(join(import.meta.dirname, 'server-process.ts'), [...args]);
  children.push(child);
  return new Promise((started, failed) => {
    child.once('message', (told) => started(told as Started));
    child.once('exit', (code) => failed(new Error(`${args[0]} ended with ${code}`)));
  });
}

function median(all: readonly number[]): number {
  return quantile(all, 0.5);
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

function report({ name, reads, saves: saved }: Awaited<ReturnType<typeof measure>>): string {
  const line = ({ name: read, bytes, p95, bareP95, ratio }: (typeof reads)[number]): string =>
    `  ${read.padEnd(16)} ${String(bytes).padStart(8)} bytes  p95 ${p95.toFixed(1).padStart(7)} ms, bare ${bareP95.toFixed(1).padStart(6)} ms: ${ratio.toFixed(1).padStart(5)}x`;
  return [
    `${name}, ${agent.maxSockets} connections, medians of ${pairs} pairs`,
    ...reads.map(line),
    `  saves of drafts  ${saved.perSecond.toFixed(0)} a second, p95 ${saved.p95.toFixed(1)} ms`,
    '',
  ].join('\n');
}
