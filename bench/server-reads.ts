/** What people wait for: the reads that `bench/server.ts` measures, with a chart and a note that are there. */
import type { Agent } from 'node:http';
import type { Institution } from './server-institutions.ts';
import { type LoadCall, send } from './server-load.ts';
import type { Started } from './server-process.ts';

/** A read by the name that the report has for it. */
export interface Read {
  readonly name: string;
  readonly call: LoadCall;
}

/** The reads of an institution, asked once each so that all are known to answer. */
export async function readsOf(agent: Agent, { url, sessions }: Started, of: Institution): Promise<readonly Read[]> {
  const [session] = sessions;
  const headers = {
    Cookie: session?.cookie ?? '',
    'X-CSRF-Token': session?.csrf ?? '',
    Origin: url,
    'Content-Type': 'application/json',
  };
  const base = `${url}/api/v1/studies/${of.read}`;
  const get = (path: string): LoadCall => ({ method: 'GET', url: path, headers });
  const post = (path: string, body: object): LoadCall => ({
    method: 'POST',
    url: path,
    headers,
    body: JSON.stringify(body),
  });
  const { chart, note } = await chartWithNotes();
  return [
    { name: 'studies', call: get(`${url}/api/v1/studies`) },
    { name: 'overview', call: get(base) },
    { name: 'queue', call: get(`${base}/review/queues/screening`) },
    { name: 'chart head', call: get(chart) },
    { name: 'timeline', call: get(`${chart}/timeline`) },
    { name: 'note list', call: post(`${chart}/notes`, {}) },
    { name: 'open note', call: post(`${chart}/note`, { note }) },
    { name: 'find in chart', call: post(`${chart}/find`, { query: of.query }) },
    { name: 'chart records', call: get(chart.replace('/charts/', '/review/charts/').concat('/records/screening')) },
    ...(of.hasResults ? [{ name: 'tables', call: get(`${base}/results`) }] : []),
  ];

  /** The first chart of the queue that has notes, and its first note. */
  async function chartWithNotes(): Promise<{ chart: string; note: string }> {
    const { items } = await told<{ items: { subject: string }[] }>(get(`${base}/review/queues/screening?limit=200`));
    for (const { subject } of items) {
      const path = `${base}/charts/${subject}`;
      const notes = await told<{ items: { source: string }[] }>(post(`${path}/notes`, {}));
      const [first] = notes.items;
      if (first) return { chart: path, note: first.source };
    }
    throw new Error('No chart of the study has a note.');
  }

  async function told<Body>(call: LoadCall): Promise<Body> {
    const { status, text } = await send(agent, call);
    if (status !== 200) throw new Error(`${call.method} ${call.url}: ${status} ${text}`);
    return JSON.parse(text) as Body;
  }
}
