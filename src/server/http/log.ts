/** The log: JSON lines with request id, route, status and time (`app.ts` writes them). Rule R36 of SPEC.md. */
import pino, { type DestinationStream, type Logger } from 'pino';

/** What must not come into a log even if somebody hands it over. */
const SECRETS = ['password', 'token', 'csrf', 'cookie', 'authorization', 'body', 'query', 'url'];

/** A log on standard error, or where a test reads it. */
export function openLog(
  level: 'info' | 'warn' = 'info',
  to: DestinationStream = pino.destination({ fd: 2, sync: true }),
): Logger {
  const paths = SECRETS.flatMap((name) => [name, `*.${name}`]);
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths, remove: true } }, to);
}
