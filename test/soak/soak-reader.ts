/** Somebody who abstracts a chart in two tabs at once over HTTP, keeps what was acknowledged, and sends again what was not answered. For a test. */
import { randomUUID } from 'node:crypto';

/** A change that the server acknowledged. */
export interface Acknowledged {
  readonly changeId: string;
  readonly reader: string;
  readonly field: string;
  /** What the tab had seen, and what the change became. */
  readonly seen: string;
  readonly revision: string;
  readonly comment: string;
}

/** What all readers share: where the server is now, and what it acknowledged so far. */
export interface Soak {
  url: string;
  readonly path: string;
  readonly acknowledged: Acknowledged[];
  conflicts: number;
  repeated: number;
  /** Called after each acknowledged change. */
  onAcknowledged(): void;
}

export interface SoakPerson {
  readonly login: string;
  readonly cookie: string;
  readonly csrf: string;
}

const FIELDS = [
  ['remark', 'itches'],
  ['nails', ['pits']],
  ['pack_years', 20],
] as const;
const TABS = 2;
const TRIES = 600;
const BETWEEN_TRIES_MS = 100;
const REPEAT_EVERY = 10;
/** A tab that is not told of what the other saved looks again now and then only, so that there are conflicts. */
const SHARED_EVERY = 3;

/** Saves `changes` changes in two tabs; conflicts do not count. */
export async function readAlong(soak: Soak, person: SoakPerson, changes: number): Promise<void> {
  let left = changes;
  const shared: Record<string, string> = {};
  await Promise.all(Array.from({ length: TABS }, (_, tab) => work(tab)));

  async function work(tab: number): Promise<void> {
    const seen: Record<string, string> = {};
    for (let step = tab; left > 0; step += 1) {
      left -= 1;
      const [field, value] = FIELDS[step % FIELDS.length] ?? FIELDS[0];
      if (step % SHARED_EVERY === 0) Object.assign(seen, shared);
      const change = { changeId: randomUUID(), instrument: 'baseline', field };
      const comment = `${person.login} ${change.changeId}`;
      const body = { ...change, answer: { value, comment } };
      const saw = seen[field] ?? '0';
      const { status, answer } = await send(soak, person, body, saw);
      if (status === 412) {
        left += 1;
        soak.conflicts += 1;
        seen[field] = answer.current?.revision ?? '0';
        continue;
      }
      if (status !== 200 || answer.revision === undefined) throw new Error(`a change was answered with ${status}`);
      const { revision } = answer;
      seen[field] = shared[field] = revision;
      soak.acknowledged.push({ changeId: change.changeId, reader: person.login, field, seen: saw, revision, comment });
      if (step % REPEAT_EVERY === 0) {
        const again = await send(soak, person, body, saw);
        if (again.answer.revision !== revision) throw new Error('a change that came again was another one');
        soak.repeated += 1;
      }
      soak.onAcknowledged();
    }
  }
}

interface Answered {
  readonly status: number;
  readonly answer: { readonly revision?: string; readonly current?: { readonly revision: string } };
}

/** Sends a change until it is answered: the server may be gone, and come back elsewhere. */
async function send(soak: Soak, { cookie, csrf }: SoakPerson, body: object, ifMatch: string): Promise<Answered> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { url } = soak;
    try {
      const response = await fetch(`${url}${soak.path}`, {
        method: 'PUT',
        headers: {
          'Content-Type': 'application/json',
          Cookie: cookie,
          Origin: url,
          'X-CSRF-Token': csrf,
          'If-Match': `"${ifMatch}"`,
        },
        body: JSON.stringify(body),
      });
      return { status: response.status, answer: (await response.json()) as Answered['answer'] };
    } catch {
      await new Promise((later) => setTimeout(later, BETWEEN_TRIES_MS));
    }
  }
  throw new Error('the server did not come back');
}
