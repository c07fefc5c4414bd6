/** The text with its live numbers: reading, writing, approving, and taking it along as a draft. */
import { existsSync, readFileSync } from 'node:fs';
import { ChartproofError, sha256, writeFileAtomic } from '../../base/index.ts';
import {
  keepApproval,
  manuscriptFiles,
  manuscriptPaths,
  refuseStale,
  type StudyManuscript,
  starterText,
} from '../../publish/index.ts';
import type { OpenStudy } from '../../review/index.ts';
import { appendAudit } from '../../workspace/index.ts';
import type { manuscriptTypes } from '../contract/index.ts';
import type { Handlers } from '../http/handler.ts';
import { ConflictError } from '../http/problems.ts';
import type { Server } from '../server.ts';
import { revisionOf, type StudyText, studyText, textView } from './study-text.ts';

export const textHandlers = {
  manuscript: ({ server, params }) =>
    server.studies.with(params.study, async (open) => ({ text: await viewOf(server, open) })),

  startManuscript: ({ server, who, params, at }) =>
    server.studies.with(params.study, async (open) => {
      const { found, source } = await studyText(server.workspace, open, server.r);
      if (found) {
        throw new ChartproofError('publish.text-exists', 'The study has a text already.', { tip: 'Change that one.' });
      }
      write(server, open, starterText(source), { actor: who.person.login, at });
      return { text: await viewOf(server, open) };
    }),

  writeManuscript: ({ server, who, params, body, ifMatch, at }) =>
    server.studies.with(params.study, async (open) => {
      await readAs(server, open, ifMatch);
      write(server, open, body.source, { actor: who.person.login, at });
      return revised(await viewOf(server, open));
    }),

  approveManuscript: ({ server, who, params, body, ifMatch, at }) =>
    server.studies.with(params.study, async (open) => {
      const { found, kept } = await readAs(server, open, ifMatch);
      refuseStale(found, true);
      const { approved } = manuscriptPaths(server.workspace, params.study);
      const { bound } = found.read;
      keepApproval(
        open.database,
        approved,
        { bound, facts: kept.facts, why: body.why },
        { actor: who.person.login, at },
      );
      return revised(await viewOf(server, open));
    }),

  manuscriptFile: ({ server, params, query }) =>
    server.studies.with(params.study, async (open) => {
      const { kept, ...text } = await studyText(server.workspace, open, server.r);
      const found = needed(text.found);
      refuseStale(found, true);
      const { name, mediaType } = FILES[query.type];
      return { name, mediaType, bytes: (await manuscriptFiles(found, kept.facts)).get(name) ?? '' };
    }),
} satisfies Partial<Handlers>;

const FILES: Readonly<Record<(typeof manuscriptTypes)[number], { readonly name: string; readonly mediaType: string }>> =
  {
    markdown: { name: 'manuscript.md', mediaType: 'text/markdown' },
    html: { name: 'manuscript.html', mediaType: 'text/html' },
    docx: {
      name: 'manuscript.docx',
      mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    },
  };

async function viewOf({ workspace, r }: Server, open: OpenStudy) {
  return textView(await studyText(workspace, open, r), written(workspace, open));
}

function written(workspace: Server['workspace'], { study }: OpenStudy): string {
  const { text } = manuscriptPaths(workspace, study.study);
  return existsSync(text) ? readFileSync(text, 'utf8') : '';
}

/** The text as somebody read it. Error: {@link ConflictError} where it, or a number in it, is another one now. */
async function readAs(
  server: Server,
  open: OpenStudy,
  revision: string,
): Promise<StudyText & { readonly found: StudyManuscript }> {
  const text = await studyText(server.workspace, open, server.r);
  const found = needed(text.found);
  if (revisionOf(found) === revision) return { ...text, found };
  throw new ConflictError(
    'server.text-moved',
    'The text, or a number in it, changed since you read it.',
    { text: textView(text, written(server.workspace, open)) },
    'Read it as it is now, then do it again.',
  );
}

function needed(found: StudyManuscript | undefined): StudyManuscript {
  if (found) return found;
  throw new ChartproofError('publish.no-text', 'The study has no text.', {
    tip: 'Begin one on the page of the results.',
  });
}

/** Writes the file; the audit trail keeps what it was then. */
function write(
  { workspace }: Server,
  { database, study }: OpenStudy,
  source: string,
  by: { readonly actor: string; readonly at: string },
): void {
  const { text } = manuscriptPaths(workspace, study.study);
  database.transaction(() => {
    appendAudit(database, { ...by, action: 'manuscript.write', detail: { sha256: sha256(source) } });
    writeFileAtomic(text, source);
  });
}

function revised(text: Awaited<ReturnType<typeof viewOf>>) {
  return { revision: text?.revision ?? '', body: { text } };
}
