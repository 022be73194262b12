// node/device-flow — https://workos.com/docs/authkit/cli-auth
import { setTimeout } from 'node:timers/promises';
import { CliError } from './errors.ts';

/** Which client asks, and where: `PublicWorkOS` fits. */
export interface DeviceClient {
  baseURL: string;
  clientId: string;
}

/** What a person needs to let the device in. The device code stays with the device. */
export interface DeviceAuthorization {
  deviceCode: string;
  userCode: string;
  verificationUri: string;
  /** With the code filled in. */
  verificationUriComplete: string | undefined;
  /** Seconds. */
  expiresIn: number;
  /** Seconds between two polls. */
  interval: number;
}

/** What WorkOS answers when the person has approved; the same body as for every other grant. */
export interface DeviceTokens {
  accessToken: string;
  refreshToken: string;
  user: { id: string; email: string; firstName: string | null; lastName: string | null };
}

export interface PollOptions {
  signal?: AbortSignal | undefined;
  /** Lets time pass, in milliseconds. */
  wait?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<unknown>;
}

interface Answer {
  status: number;
  retryAfter: number;
  body: Record<string, unknown>;
}

/** Seconds, where the answer of WorkOS does not say. */
const DEFAULT_INTERVAL = 5;
const TIMEOUT = 10_000;

/**
 * Asks WorkOS for a device code. The SDK has no method for it, so this is the documented endpoint itself (RFC 8628).
 *
 * @throws CliError `unavailable` or `refused`.
 */
export async function requestDeviceAuthorization(
  client: DeviceClient,
  signal?: AbortSignal,
): Promise<DeviceAuthorization> {
  const { status, body } = await post(client, 'authorize/device', {}, signal);
  if (status !== 200) throw refusal(status, body);
  return {
    deviceCode: String(body.device_code),
    userCode: String(body.user_code),
    verificationUri: String(body.verification_uri),
    verificationUriComplete: body.verification_uri_complete as string | undefined,
    expiresIn: Number(body.expires_in),
    interval: Number(body.interval ?? DEFAULT_INTERVAL),
  };
}

/**
 * Polls until the person has decided.
 *
 * `slow_down` adds five seconds for good; a failure that passes (no network, 429, 5xx) is waited out, because the person
 * may be on the page already.
 *
 * @throws CliError `refused` when the person denies, `timedOut` when the code expires first.
 */
export async function pollForTokens(
  client: DeviceClient,
  authorization: DeviceAuthorization,
  {
    signal,
    wait = (milliseconds, stop) => setTimeout(milliseconds, undefined, { signal: stop }),
  }: PollOptions = {},
): Promise<DeviceTokens> {
  let seconds = authorization.interval;
  let left = authorization.expiresIn;
  while (left > 0) {
    await wait(seconds * 1000, signal);
    left -= seconds;
    const fields = {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: authorization.deviceCode,
    };
    const { status, body, retryAfter } = await post(client, 'authenticate', fields, signal);
    if (status === 200) return readTokens(body);
    if (status === 0 || status === 429 || status >= 500) {
      seconds = Math.max(seconds, retryAfter);
      continue;
    }
    switch (body.error) {
      case 'authorization_pending':
        break;
      case 'slow_down':
        seconds += 5;
        break;
      case 'access_denied':
        throw new CliError('refused', 'The sign-in was denied in the browser.');
      case 'expired_token':
        throw expired();
      default:
        throw refusal(status, body);
    }
  }
  throw expired();
}

function expired(): CliError {
  return new CliError('timedOut', 'Nobody approved the code in time.', {
    hint: 'Run `pkce-cli login --device` again.',
  });
}

function refusal(status: number, body: Record<string, unknown>): CliError {
  const reason = body.error_description ?? body.error ?? body.message ?? `HTTP ${status}`;
  return status === 0 || status === 429 || status >= 500
    ? new CliError('unavailable', 'WorkOS cannot be reached right now.')
    : new CliError('refused', `WorkOS refused: ${String(reason)}`);
}

/** Status 0 stands for no answer at all, or one that is not JSON. */
async function post(
  client: DeviceClient,
  path: string,
  fields: Record<string, string>,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const timeout = AbortSignal.timeout(TIMEOUT);
  try {
    const response = await fetch(`${client.baseURL}/user_management/${path}`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: client.clientId, ...fields }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      redirect: 'error',
    });
    const body = (await response.json()) as Record<string, unknown>;
    const retryAfter = Number(response.headers.get('retry-after') ?? 0) || 0;
    return { status: response.status, retryAfter, body };
  } catch (error) {
    if (signal?.aborted) throw error;
    return { status: 0, retryAfter: 0, body: {} };
  }
}

function readTokens(body: Record<string, unknown>): DeviceTokens {
  const user = body.user as {
    id: string;
    email: string;
    first_name: string | null;
    last_name: string | null;
  };
  return {
    accessToken: String(body.access_token),
    refreshToken: String(body.refresh_token),
    user: {
      id: user.id,
      email: user.email,
      firstName: user.first_name,
      lastName: user.last_name,
    },
  };
}
