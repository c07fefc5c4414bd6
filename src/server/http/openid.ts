/**
 * Sign-in with an OpenID provider: the code flow with PKCE (RFC 7636), `state` and `nonce`. Rule R18 of SPEC.md.
 *
 *     GET /auth/openid            sends the browser to the provider, with a cookie of ten minutes that says what was asked
 *     GET /auth/openid/callback   holds what comes back against that cookie, and begins a session
 *
 * The cookie of a session goes only with calls from our own pages (SameSite=Strict). The callback is called from the
 * provider's, so it answers with a page of ours that goes on to the app by itself.
 */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import * as openid from 'openid-client';
import { z } from 'zod';
import { ChartproofError } from '../../base/index.ts';
import { endSession } from '../accounts/sessions.ts';
import { type OpenIdentity, signInByOpenId } from '../accounts/signing-in.ts';
import type { Server } from '../server.ts';
import type { AppOptions } from './app.ts';
import { sessionToken, setSession } from './cookies.ts';
import type { AppEnv } from './implement.ts';
import { ownOrigin } from './origin.ts';
import { statusOf } from './problems.ts';

/** The provider, and how we are registered with it: with `/auth/openid/callback` below our address. */
export interface OpenIdOptions {
  readonly issuer: string;
  readonly clientId: string;
  /** Absent: we are a public client, which PKCE alone protects. */
  readonly clientSecret?: string | undefined;
  /** What the button of the sign-in page says. */
  readonly label: string;
}

const CALLBACK = '/auth/openid/callback';
const FLOW_SECONDS = 600;
const flow = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });

/** Adds both routes. Error: `server.openid-issuer` where the provider is not reached by TLS. */
export function openIdRoutes(
  app: OpenAPIHono<AppEnv>,
  server: Server,
  provider: OpenIdOptions,
  options: AppOptions,
): void {
  const configuration = configurationOf(provider);
  // A cookie that comes with a call from the provider's page: Lax.
  const cookie = options.isTls ? '__Host-chartproof-openid' : 'chartproof-openid';
  const attributes = { httpOnly: true, sameSite: 'Lax', path: '/', secure: options.isTls } as const;

  app.get('/auth/openid', async (context) => {
    endFormer(server, sessionToken(context, options.isTls));
    const verifier = openid.randomPKCECodeVerifier();
    const asked = { state: openid.randomState(), nonce: openid.randomNonce(), verifier };
    const url = openid.buildAuthorizationUrl(await configuration(), {
      redirect_uri: ownOrigin(context, options) + CALLBACK,
      scope: 'openid email',
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: asked.state,
      nonce: asked.nonce,
    });
    const value = Buffer.from(JSON.stringify(asked)).toString('base64url');
    setCookie(context, cookie, value, { ...attributes, maxAge: FLOW_SECONDS });
    context.header('Cache-Control', 'no-store');
    return context.redirect(url.href);
  });

  app.get(CALLBACK, async (context) => {
    context.header('Cache-Control', 'no-store');
    const asked = askedOf(getCookie(context, cookie));
    deleteCookie(context, cookie, { path: '/', secure: options.isTls });
    try {
      const identity = await identityOf(await configuration(), context, ownOrigin(context, options), asked);
      const token = signInByOpenId(server.accounts, identity, { at: new Date().toISOString() });
      setSession(context, options.isTls, token);
      return context.html(goingOn());
    } catch (error) {
      const told = error instanceof ChartproofError ? error : refused(error);
      server.log.warn({ id: context.get('requestId'), code: told.code });
      context.status(statusOf(told) as 403);
      return context.html(notIn(told));
    }
  });
}

/** The browser's former session ends here: the callback comes from the provider's page, so that its cookie does not come along. */
function endFormer({ accounts }: Server, token: string | undefined): void {
  if (token === undefined) return;
  const at = new Date().toISOString();
  const former = accounts.signedIn(token, at);
  if (former) endSession(accounts, token, former.person.login, at, 'sign-out');
}

/** What the provider says of itself, asked when it is first needed, so that we start without it; and again after a failure. */
function configurationOf({ issuer, clientId, clientSecret }: OpenIdOptions): () => Promise<openid.Configuration> {
  const url = new URL(issuer);
  const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !isLocal) {
    throw new ChartproofError('server.openid-issuer', 'The OpenID provider is not reached by TLS.', {
      tip: 'Give its https address with --openid-issuer.',
    });
  }
  const authentication = clientSecret === undefined ? openid.None() : openid.ClientSecretBasic(clientSecret);
  const execute = url.protocol === 'https:' ? [] : [openid.allowInsecureRequests];
  let known: Promise<openid.Configuration> | undefined;
  return async () => {
    known ??= openid.discovery(url, clientId, undefined, authentication, { execute });
    try {
      return await known;
    } catch (cause) {
      known = undefined;
      throw new ChartproofError('server.openid-unreachable', 'The OpenID provider does not answer as one.', {
        tip: 'Try again; if it stays, check --openid-issuer.',
        cause,
      });
    }
  };
}

function askedOf(cookie: string | undefined): z.infer<typeof flow> {
  try {
    return flow.parse(JSON.parse(Buffer.from(cookie ?? '', 'base64url').toString()));
  } catch {
    throw new ChartproofError('server.openid-again', 'This browser did not ask to sign in, or took too long.', {
      tip: 'Begin again at the sign-in page.',
    });
  }
}

async function identityOf(
  configuration: openid.Configuration,
  context: Context,
  origin: string,
  asked: z.infer<typeof flow>,
): Promise<OpenIdentity> {
  const url = new URL(CALLBACK + new URL(context.req.url).search, origin);
  const tokens = await openid.authorizationCodeGrant(configuration, url, {
    pkceCodeVerifier: asked.verifier,
    expectedState: asked.state,
    expectedNonce: asked.nonce,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (!claims) throw new ChartproofError('server.openid-refused', 'The provider does not say who you are.');
  // Many providers tell the address only when asked for it.
  const { email, email_verified } = claims.email
    ? claims
    : await openid.fetchUserInfo(configuration, tokens.access_token, claims.sub);
  const verifiedEmail = email_verified === true && typeof email === 'string' ? email : undefined;
  return { issuer: claims.iss, subject: claims.sub, verifiedEmail };
}

/** The message of the library may quote what the provider sent. */
function refused(cause: unknown): ChartproofError {
  return new ChartproofError('server.openid-refused', 'The provider did not let you in.', {
    tip: 'Begin again at the sign-in page.',
    cause,
  });
}

function goingOn() {
  return html`<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=/"><title>Chartproof</title><p><a href="/">Go on</a></p></html>`;
}

function notIn({ message, tip }: ChartproofError) {
  return html`<!doctype html><html lang="en"><meta charset="utf-8"><title>Chartproof</title><h1>${message}</h1><p>${tip ?? ''}</p><p><a href="/">To the sign-in page</a></p></html>`;
}
