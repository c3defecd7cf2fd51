import type { AccessRules } from '../../servers/auth/access-rules.ts';
import { read, type Settings } from '../../config/layers.ts';
import { flagOf } from '../../request/flag.ts';
import { OPTION, OPTIONS } from '../../config/command-options/options.ts';
import { SluiceError } from '../../errors.ts';
import { appendTokenLine } from '../../servers/auth/append-token-line.ts';
import { digestOf, drawToken } from '../../servers/auth/draw-token.ts';
import { scopeSchema, subjectSchema } from '../../servers/auth/identity.ts';
import { formatTokenLine } from '../../servers/auth/token-line.ts';
import { accessNames } from '../settings/access-names.ts';
import { isHeeded } from '../settings/foreign-flags.ts';
import type { Io } from '../io.ts';
import type { Invocation } from '../program.ts';
import { redactorFrom } from '../settings/redaction-of.ts';
import { resolveServer } from '../settings/server-settings.ts';

/** What a token is to be. */
interface Wanted {
  readonly subject: string;
  readonly scopes: readonly string[];
  /** Absent: those of every caller. */
  readonly quotas: readonly string[] | undefined;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly expires: number;
}

/** Makes a bearer token and prints it, alone on stdout, once. Returns the exit code. */
export async function tokenCommand({ flags }: Invocation, settings: Settings, io: Io): Promise<number> {
  const isJwt = read(settings, OPTION.tokenJwt) === true;
  refuseIdleFlags(flags, isJwt);
  const wanted = wantedOf(settings);
  const redactor = await redactorFrom(settings, io, new AbortController().signal);
  if ([wanted.subject, ...wanted.scopes].some((name) => redactor.redact(name).text !== name))
    throw new SluiceError(
      'usage',
      '--subject, --scopes: there is a secret in one, and it would be shown; name it otherwise',
    );
  const { access } = resolveServer(settings);
  const where = accessNames(settings);
  const token = isJwt ? await makeJwt(wanted, access, where) : await makeStatic(wanted, access, where, io);
  await io.stdout.write(`${token}\n`);
  await io.stdout.flush();
  if (io.stderr.isTTY && read(settings, OPTION.quiet) !== true) {
    await io.stderr.write(`sluice: it lives until ${new Date(wanted.expires).toISOString()} and is not shown again\n`);
  }
  await io.stderr.flush();
  return 0;
}

/** A token drawn by lot, whose digest goes to where servers look it up. */
async function makeStatic(
  { subject, scopes, quotas, created, expires }: Wanted,
  { tokensFile }: AccessRules,
  where: Where,
  io: Io,
): Promise<string> {
  const token = drawToken();
  const line = {
    digest: digestOf(token),
    subject,
    scopes,
    ...(quotas === undefined ? {} : { quotas }),
    expires: new Date(expires).toISOString(),
    created: new Date(created).toISOString(),
  };
  if (tokensFile === undefined) {
    await io.stderr.write(`sluice: add this line to the file of --tokens-file:\n${formatTokenLine(line)}\n`);
  } else {
    // Written first, so that no token is printed that no server knows.
    await appendTokenLine(tokensFile, line, where('tokensFile'));
  }
  return token;
}

async function makeJwt(wanted: Wanted, access: AccessRules, where: Where): Promise<string> {
  const { jwtSecretFile, jwtAudience, jwtIssuer } = access;
  if (jwtSecretFile === undefined) {
    throw new SluiceError('usage', '--jwt: name the secret that the server is given, with --jwt-secret-file');
  }
  if (jwtAudience === undefined) {
    throw new SluiceError(
      'usage',
      '--jwt: say which server it is for, with --jwt-audience: its --jwt-audience, else its --public-url, else where it listens, such as http://127.0.0.1:8001/mcp',
    );
  }
  const { acceptedAlgorithms } = await import('../../servers/auth/jwt-algorithms.ts');
  const { readJwtSecret } = await import('../../servers/auth/jwt-secret.ts');
  const { signJwt } = await import('../../servers/auth/sign-jwt.ts');
  const [algorithm = ''] = acceptedAlgorithms({ ...access, where }).secret;
  const secret = await readJwtSecret(jwtSecretFile, where('jwtSecretFile'), [algorithm]);
  return signJwt({ ...wanted, issuer: jwtIssuer, audience: jwtAudience }, secret, algorithm);
}

type Where = (rule: keyof AccessRules) => string;

function wantedOf(settings: Settings): Wanted {
  const subject = read(settings, OPTION.tokenSubject);
  if (subject === undefined) throw new SluiceError('usage', 'say who will use the token, with --subject NAME');
  if (!subjectSchema.safeParse(subject).success) {
    throw new SluiceError('usage', '--subject: a name has at most 256 characters, and none that cannot be seen');
  }
  const scopes = read(settings, OPTION.tokenScopes) ?? [];
  const bad = scopes.find((scope) => !scopeSchema.safeParse(scope).success);
  if (bad !== undefined) {
    throw new SluiceError(
      'usage',
      `--scopes: "${bad}" cannot be a scope: it has quotes, backslashes or other alphabets`,
    );
  }
  const created = Date.now();
  const quotas = read(settings, OPTION.tokenQuotas);
  return { subject, scopes, quotas, created, expires: created + read(settings, OPTION.tokenLifetime) };
}

/** What is typed has an effect or is refused; variables and files are for servers too, and do no harm here. */
function refuseIdleFlags(flags: Invocation['flags'], isJwt: boolean): void {
  for (const option of OPTIONS.filter((row) => flags[row.name] !== undefined && !isHeeded(row, 'token'))) {
    const fail = (what: string): never => {
      throw new SluiceError('usage', `${flagOf(option)}: ${what}`);
    };
    if (option.commands?.includes('token') !== true) fail('it has no meaning for sluice token');
    if (isJwt && option.name === 'serverTokensFile') fail('a JWT is in no file; leave it out, or --jwt');
    if (!isJwt && option.name.startsWith('serverJwt')) fail('it needs --jwt');
  }
}
