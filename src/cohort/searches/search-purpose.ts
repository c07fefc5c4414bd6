/**
 * What somebody attests that they search the notes of the institution for, before they do: kept in the study, as it was
 * said. Rule R160 of SPEC.md.
 */
import { sha256 } from '../../base/index.ts';
import { appendAudit, type StudyDatabase } from '../../workspace/index.ts';
import type { Actor } from '../run/cohort-run.ts';

/** What was attested, and until when it holds (ISO 8601). */
export interface SearchPurpose {
  readonly text: string;
  readonly at: string;
  readonly until: string;
}

const DAY_MS = 86_400_000;

/** Keeps what somebody attests in a session, named by a hash of its token. The audit trail has a hash of the words. */
export function attestPurpose(
  database: StudyDatabase,
  { purpose, session }: { readonly purpose: string; readonly session: string },
  { actor, at }: Actor,
): SearchPurpose {
  database.transaction(() => {
    const { lastId } = database.run(
      database.db.insertInto('search_purpose').values({ purpose, session: sessionName(session), actor, at }),
    );
    const detail = { purpose: lastId, said: sha256(purpose) };
    appendAudit(database, { at, actor, action: 'search.purpose', detail });
  });
  return { text: purpose, at, until: dayAfter(at) };
}

/** What this person attested last in this session, less than a day ago. */
export function standingPurpose(
  database: StudyDatabase,
  session: string,
  { actor, at }: Actor,
): SearchPurpose | undefined {
  const [last] = database.all(
    database.db
      .selectFrom('search_purpose')
      .select(['purpose', 'at'])
      .where('actor', '=', actor)
      .where('session', '=', sessionName(session))
      .orderBy('id', 'desc')
      .limit(1),
  );
  if (!last || Date.parse(dayAfter(last.at)) <= Date.parse(at)) return undefined;
  return { text: last.purpose, at: last.at, until: dayAfter(last.at) };
}

/** A token opens the session; what is kept of it must not. */
function sessionName(token: string): string {
  return sha256(token).slice(0, 16);
}

function dayAfter(at: string): string {
  return new Date(Date.parse(at) + DAY_MS).toISOString();
}
