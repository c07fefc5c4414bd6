/** The cookie of a session: no script reads it, no other site sends it. */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

/** `__Host-` needs TLS, which there is none of on the machine itself. */
const nameOf = (isTls: boolean): string => (isTls ? '__Host-chartproof' : 'chartproof');

export function sessionToken(context: Context, isTls: boolean): string | undefined {
  return getCookie(context, nameOf(isTls));
}

export function setSession(context: Context, isTls: boolean, token: string): void {
  setCookie(context, nameOf(isTls), token, { httpOnly: true, sameSite: 'Strict', path: '/', secure: isTls });
}

export function clearSession(context: Context, isTls: boolean): void {
  deleteCookie(context, nameOf(isTls), { path: '/', secure: isTls });
}
