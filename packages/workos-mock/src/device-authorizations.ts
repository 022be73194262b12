import type { AuthenticationMethod, DeviceAuthorization } from './entities.ts';
import type { Environment } from './environment.ts';
import { oauthError } from './errors.ts';
import { randomString } from './ids.ts';
import { sweep } from './store.ts';

const MINUTE = 60 * 1000;
/** A device code lives five minutes, as in WorkOS. */
const LIFETIME = 5 * MINUTE;
/** How long an expired code is told from one that never was. */
const MEMORY = 10 * MINUTE;
/** Seconds between two polls, and what each poll that comes too early adds (RFC 8628, section 3.5). */
const INTERVAL = 5;
/** Consonants that are hard to mix up and spell no word (RFC 8628, section 6.1). */
const USER_CODE_ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ';

/** Begins a device authorization: one code for the device, one for the person. */
export function openDeviceAuthorization(env: Environment, clientId: string): DeviceAuthorization {
  const now = env.clock.now();
  const { deviceAuthorizations } = env.store;
  sweep(deviceAuthorizations, (authorization) => authorization.expiresAt + MEMORY <= now);
  const authorization: DeviceAuthorization = {
    deviceCode: randomString(64),
    userCode: createUserCode(),
    clientId,
    expiresAt: now + LIFETIME,
    interval: INTERVAL,
    polledAt: null,
    decision: 'pending',
    approvedBy: null,
  };
  deviceAuthorizations.set(authorization.deviceCode, authorization);
  return authorization;
}

/** The authorization that a person's code stands for, however they typed it, while it can be decided. */
export function findUndecided(env: Environment, userCode: string): DeviceAuthorization | undefined {
  const letters = userCode.toUpperCase().replaceAll(/[^A-Z]/g, '');
  const now = env.clock.now();
  for (const authorization of env.store.deviceAuthorizations.values()) {
    if (authorization.userCode.replace('-', '') !== letters) continue;
    return authorization.expiresAt > now && authorization.decision === 'pending'
      ? authorization
      : undefined;
  }
  return undefined;
}

/** A person lets the device in, in one organization or none. */
export function approveDevice(
  authorization: DeviceAuthorization,
  by: { userId: string; organizationId: string | null; method: AuthenticationMethod },
): void {
  authorization.decision = 'approved';
  authorization.approvedBy = by;
}

/**
 * Answers one poll of a device: the person who approved it, and the code is used up.
 *
 * @throws `authorization_pending`, `slow_down`, `access_denied`, `expired_token` of RFC 8628, section 3.5; `invalid_grant`
 *   for a code that is unknown, another client's, or used.
 */
export function takeDeviceAuthorization(env: Environment, deviceCode: string, clientId: string) {
  const now = env.clock.now();
  const { deviceAuthorizations } = env.store;
  const authorization = deviceAuthorizations.get(deviceCode);
  if (!authorization || authorization.clientId !== clientId) {
    throw oauthError('invalid_grant', 'The device code is invalid or has been exchanged.');
  }
  if (authorization.expiresAt <= now) {
    throw oauthError('expired_token', 'The device code has expired.');
  }
  if (authorization.decision === 'denied') {
    throw oauthError('access_denied', 'The person denied the request.');
  }
  if (authorization.approvedBy) {
    deviceAuthorizations.delete(deviceCode);
    return authorization.approvedBy;
  }
  const { polledAt } = authorization;
  authorization.polledAt = now;
  if (polledAt !== null && now - polledAt < authorization.interval * 1000) {
    authorization.interval += INTERVAL;
    throw oauthError('slow_down', `Poll every ${authorization.interval} seconds.`);
  }
  throw oauthError('authorization_pending', 'The person has not decided yet.');
}

function createUserCode(): string {
  const letters = Array.from(crypto.getRandomValues(new Uint32Array(8)), (number) =>
    USER_CODE_ALPHABET.charAt(number % USER_CODE_ALPHABET.length),
  ).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}
