/** Load on a server: so many connections at once, each with its next call as soon as the last is answered. */
import { Agent, request } from 'node:http';

/** One call. */
export interface LoadCall {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** What came back. */
export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly etag: string | undefined;
}

/** A pool of connections that stay open. */
export function connections(count: number): Agent {
  return new Agent({ keepAlive: true, maxSockets: count });
}

/** Sends one call. */
export function send(agent: Agent, { method, url, headers = {}, body }: LoadCall): Promise<Answered> {
  return new Promise((done, failed) => {
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const sent = request(url, { agent, method, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', failed);
      response.on('end', () => {
        const { statusCode = 0, headers: given } = response;
        done({ status: statusCode, text: Buffer.concat(chunks).toString(), etag: given.etag });
      });
    });
    // A server may end an idle connection at the moment at which we take it up again.
    sent.on('error', (error) =>
      sent.reusedSocket ? done(send(agent, { method, url, headers, body })) : failed(error),
    );
    sent.end(body);
  });
}

/** The latencies in ms of one call, again and again for so many milliseconds; each must be answered with 200. */
export async function latencies(agent: Agent, call: LoadCall, forMs: number): Promise<number[]> {
  const taken: number[] = [];
  const end = performance.now() + forMs;
  const connection = async (): Promise<void> => {
    while (performance.now() < end) {
      const begun = performance.now();
      const { status, text } = await send(agent, call);
      taken.push(performance.now() - begun);
      if (status !== 200) throw new Error(`${call.method} ${call.url}: ${status} ${text.slice(0, 300)}`);
    }
  };
  await Promise.all(Array.from({ length: agent.maxSockets }, connection));
  return taken;
}

/** The value below which the given share of all lies. */
export function quantile(all: readonly number[], share: number): number {
  const sorted = all.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
