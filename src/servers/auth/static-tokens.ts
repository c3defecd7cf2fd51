import { timingSafeEqual } from 'node:crypto';
import { SluiceError, reasonOf } from '../../errors.ts';
import { Denial } from './denial.ts';
import { digestOf } from './draw-token.ts';
import { quotasOf, type Identity, type Verify } from './identity.ts';
import { readTokensFile, versionOfFile } from './tokens-file.ts';

export interface StaticTokensOptions {
  readonly path: string;
  /** Who named it, for errors. */
  readonly where: string;
  readonly now: () => number;
  readonly onProblem: (problem: string) => void;
}

/** A token that is accepted, ready to be compared. */
interface Known {
  readonly digest: Buffer;
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly quotas: Pick<Identity, 'quotas'>;
  /** Milliseconds since 1970. */
  readonly expires: number | null;
}

/**
 * Knows the tokens whose digests are in a file, as it is at each request. While it can't be read, nobody is let in; a
 * line that is malformed by then counts for nothing.
 * @throws SluiceError `usage` when it can't be read now, or has a malformed line, which is named and not quoted
 */
export async function openStaticTokens({ path, where, now, onProblem }: StaticTokensOptions): Promise<Verify> {
  const first = await load().catch((error: unknown) => {
    throw new SluiceError('usage', `${where}: ${path} cannot be used: ${reasonOf(error)}`, { cause: error });
  });
  const [malformed] = first.malformed;
  if (malformed !== undefined) throw new SluiceError('usage', `${where}: ${path}: ${malformed}`);
  let { known, version } = first;
  let loading: Promise<void> | null = null;
  let problem = '';

  async function load() {
    const { lines, ...rest } = await readTokensFile(path);
    const known = lines.map(({ digest, subject, scopes, quotas, expires }): Known => ({
      digest: Buffer.from(digest),
      subject,
      scopes,
      quotas: quotasOf(quotas),
      expires: expires === null ? null : Date.parse(expires),
    }));
    return { known, ...rest };
  }

  async function reload(): Promise<void> {
    const loaded = await load();
    ({ known, version } = loaded);
    tell(loaded.malformed.map((what) => `${what}; it is left out`).join('; '));
  }

  /** Says what is wrong once, not at every request. */
  function tell(what: string): void {
    if (what !== problem && what !== '') onProblem(`${where}: ${path}: ${what}`);
    problem = what;
  }

  async function refresh(): Promise<void> {
    try {
      // A read that was under way already may give the file as it was before the last change.
      while ((await versionOfFile(path)) !== version) {
        await (loading ??= reload().finally(() => {
          loading = null;
        }));
      }
    } catch (error) {
      version = '';
      tell(`it cannot be used any more, so nobody is let in: ${reasonOf(error)}`);
      throw new Denial('unavailable', 'the server cannot look tokens up now; its log says why');
    }
  }

  return async (token) => {
    await refresh();
    const digest = Buffer.from(digestOf(token));
    // Every one is compared, so that the time tells nothing. Of two lines for one token the later counts.
    const found = known.filter((line) => timingSafeEqual(line.digest, digest)).at(-1);
    if (found === undefined) return null;
    const { subject, scopes, quotas, expires } = found;
    if (expires !== null && expires <= now()) {
      throw new Denial('invalid_token', `the token expired at ${new Date(expires).toISOString()}; get a new one`);
    }
    const expiresAt = expires === null ? null : Math.floor(expires / 1000);
    return { subject, clientId: subject, scopes, expiresAt, ...quotas };
  };
}
