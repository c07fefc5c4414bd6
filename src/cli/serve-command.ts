import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { ChartproofError } from '../base/index.ts';
import { type OpenIdOptions, type Serving, serve } from '../server/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { exitCodes } from './failure.ts';
import { type CommonOptions, example, jsonOption, workspaceOption } from './options.ts';

interface ServeCommandOptions extends CommonOptions {
  readonly host: string;
  readonly port: number;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly behindProxy?: boolean;
  readonly publicUrl?: string;
  readonly idleMinutes: number;
  readonly sessionHours: number;
  readonly openidIssuer?: string;
  readonly openidClientId?: string;
  readonly openidClientSecretFile?: string;
  readonly openidLabel: string;
}

/** Where the server listens if nothing else is said. */
export const DEFAULT_PORT = 4123;

const SECRET_VARIABLE = 'CHARTPROOF_OPENID_CLIENT_SECRET';

/** `chartproof serve` */
export function serveCommand(): Command {
  return new Command('serve')
    .description('serve the workbench to browsers, until Ctrl-C')
    .addOption(workspaceOption())
    .option('--host <address>', 'where to listen; another than this machine needs TLS or a proxy', '127.0.0.1')
    .option('--port <n>', '0 takes any that is free', portNumber, DEFAULT_PORT)
    .option('--tls-cert <file>', 'the certificate, PEM; with --tls-key')
    .option('--tls-key <file>', 'its key, PEM')
    .option('--behind-proxy', 'a proxy with TLS stands before it and says whom a call comes from')
    .option('--public-url <url>', 'where browsers reach it, if the proxy does not pass on the Host', httpUrl)
    .option('--idle-minutes <n>', 'after how long without a call a session ends', atLeastOne, 30)
    .option('--session-hours <n>', 'after how long a session ends in any case', atLeastOne, 12)
    .option('--openid-issuer <url>', 'an OpenID provider whose accounts count', httpUrl)
    .option('--openid-client-id <id>', 'as the provider registered us')
    .addOption(
      new Option('--openid-client-secret-file <file>', `a file with the secret; or set ${SECRET_VARIABLE} to it`),
    )
    .option('--openid-label <text>', 'what its button says', 'Sign in with your institution')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      example(
        'chartproof serve -w ~/rheumatology',
        'chartproof serve -w /srv/rheumatology --host 10.1.2.3 --port 443 --tls-cert site.pem --tls-key site.key',
      ),
    )
    .action(async (options: ServeCommandOptions) => {
      const { host, port, behindProxy, publicUrl, idleMinutes, sessionHours } = options;
      const serving = await serve({
        workspace: openWorkspace(options.workspace),
        host,
        port,
        tls: tlsOf(options),
        behindProxy,
        publicUrl,
        idleMinutes,
        sessionHours,
        openId: openIdOf(options),
      });
      tell(serving, options.json);
      await untilStopped(serving);
    });
}

/** Ends the server at Ctrl-C or SIGTERM, when what was begun is done; a second one ends it at once. */
export async function untilStopped(serving: Serving): Promise<void> {
  // The program's own answer to Ctrl-C ends it in the middle of a call.
  process.removeAllListeners('SIGINT');
  await new Promise<void>((stopped) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped());
  });
  process.once('SIGINT', () => process.exit(exitCodes.stopped));
  await serving.close();
}

/** One line of JSON for programs that start it, else what to do now. */
function tell({ url, setUpLink }: Serving, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ url, setUpLink: setUpLink ?? null })}\n`);
    return;
  }
  const setUp = setUpLink && `\nNobody has an account yet. Make the first one within a day:\n  ${setUpLink}\n`;
  process.stdout.write(`The workbench is at ${url} (Ctrl-C ends it)\n${setUp ?? ''}`);
}

function tlsOf({ tlsCert: cert, tlsKey: key }: ServeCommandOptions): { cert: string; key: string } | undefined {
  if (cert !== undefined && key !== undefined) return { cert, key };
  if (cert === undefined && key === undefined) return undefined;
  throw new ChartproofError('server.tls-files', 'TLS needs a certificate and its key.', {
    tip: 'Give both --tls-cert and --tls-key.',
  });
}

function openIdOf(options: ServeCommandOptions): OpenIdOptions | undefined {
  const { openidIssuer: issuer, openidClientId: clientId, openidLabel: label, openidClientSecretFile: file } = options;
  if (issuer === undefined && clientId === undefined) return undefined;
  if (issuer === undefined || clientId === undefined) {
    throw new ChartproofError('server.openid-options', 'OpenID needs an issuer and a client id.', {
      tip: 'Give both --openid-issuer and --openid-client-id.',
    });
  }
  const clientSecret = file === undefined ? process.env[SECRET_VARIABLE] : readSecret(file);
  return { issuer, clientId, clientSecret, label };
}

function readSecret(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new ChartproofError('server.openid-options', 'The file with the client secret cannot be read.', {
      tip: 'Check the path and who may read it.',
      place: { file },
      cause,
    });
  }
}

function portNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('It must be from 0 to 65535.');
  return Number(text);
}

function atLeastOne(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(text);
}

function httpUrl(text: string): string {
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text;
  throw new InvalidArgumentError('It must be an address as https://chartproof.example.org.');
}
