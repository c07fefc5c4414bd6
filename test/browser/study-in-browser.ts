/** The pages of a study in a browser, before a real server of it. Who looks is given and does not sign in. */
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Browser } from 'playwright-core';
import { type SessionView, type StudyRole, studyRoles } from '../../src/server/contract/index.ts';
import { createApp } from '../../src/server/http/app.ts';
import { studyPermissionsOf } from '../../src/server/permissions.ts';
import type { ServedStudy } from '../../src/server/served-study.test-support.ts';
import { builtWeb } from './built-web.ts';
import { openPage, type WatchedPage } from './watched-page.ts';
import { answerWith } from './web-on-loopback.ts';

/** Serves a study and opens a page for a caller, such as `owner` or `owner+abstractor:anna`. */
export async function studyInBrowser(browser: Browser, served: ServedStudy, caller: string): Promise<WatchedPage> {
  const webRoot = await builtWeb();
  const app = createApp(served.server, { isTls: false, behindProxy: false, webRoot });
  const listening = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await new Promise((done) => listening.once('listening', done));
  const url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  const opened = await openPage(browser, url);
  await opened.context.addCookies([{ name: 'chartproof', value: encodeURIComponent(caller), url }]);
  await answerWith(opened.page, { session: sessionOf(served, caller) });
  return {
    ...opened,
    async [Symbol.asyncDispose]() {
      await opened.context.close();
      await new Promise((done) => listening.close(done));
    },
  };
}

function sessionOf({ server, study }: ServedStudy, caller: string): SessionView {
  const signedIn = server.accounts.signedIn(caller, new Date().toISOString());
  if (!signedIn) throw new Error('Nobody');
  const roles = signedIn.roles.studies.get(study) ?? [];
  return {
    person: signedIn.person,
    workspaceRoles: [],
    permissions: [],
    studies: [
      {
        study,
        roles: roles.filter((role): role is StudyRole => studyRoles.includes(role)),
        permissions: [...studyPermissionsOf(signedIn.roles, study)],
      },
    ],
    csrf: signedIn.csrf,
    idleMinutes: 30,
    endsAt: null,
    signIn: { local: true, openId: null, needsSetUp: false },
  };
}
