import { Hono } from 'hono';
import { z } from 'zod';
import { challengeFactor, createFactor, totpPicture, verifyChallenge } from '../auth-factors.ts';
import type { AuthFactor } from '../entities.ts';
import type { AppContext, AppTypes } from '../environment.ts';
import { invalidRequest, notFound } from '../errors.ts';
import { listPage } from '../pagination.ts';
import { readBody } from '../request-body.ts';
import { authChallengeResponse, authFactorResponse } from '../responses.ts';
import { createTotpSecret } from '../totp.ts';

const userFactorFields = z.object({
  type: z.literal('totp'),
  totp_issuer: z.string().nullish(),
  totp_user: z.string().nullish(),
  totp_secret: z.string().nullish(),
});
const factorFields = z.object({
  type: z.enum(['totp', 'sms']),
  totp_issuer: z.string().nullish(),
  totp_user: z.string().nullish(),
  phone_number: z.string().nullish(),
});

/** Second factors, of users and of the standalone API, and the challenges to them. */
export const mfa = new Hono<AppTypes>()
  .get('/user_management/users/:id/auth_factors', (c) => {
    const { authFactors } = c.env.store;
    const items = authFactors.where('userId', userOf(c).id);
    return listPage(c, items, authFactors, authFactorResponse);
  })
  .post('/user_management/users/:id/auth_factors', async (c) => {
    const user = userOf(c);
    const body = await readBody(c, userFactorFields);
    const factor = createFactor(c.env, {
      userId: user.id,
      type: 'totp',
      totp: {
        issuer: body.totp_issuer ?? 'WorkOS',
        user: body.totp_user ?? user.email,
        secret: body.totp_secret ?? createTotpSecret(),
      },
      sms: null,
    });
    return c.json(
      {
        authentication_factor: withSecret(factor),
        authentication_challenge: authChallengeResponse(challengeFactor(c.env, factor)),
      },
      201,
    );
  })
  .post('/auth/factors/enroll', async (c) => {
    const body = await readBody(c, factorFields);
    if (body.type === 'sms' && !body.phone_number) throw missing('phone_number');
    if (body.type === 'totp' && !body.totp_issuer) throw missing('totp_issuer');
    if (body.type === 'totp' && !body.totp_user) throw missing('totp_user');
    const factor = createFactor(c.env, {
      userId: null,
      type: body.type,
      totp:
        body.type === 'totp'
          ? { issuer: body.totp_issuer!, user: body.totp_user!, secret: createTotpSecret() }
          : null,
      sms: body.type === 'sms' ? { phoneNumber: body.phone_number! } : null,
    });
    return c.json(withSecret(factor), 201);
  })
  .get('/auth/factors/:id', (c) => c.json(authFactorResponse(factorOf(c))))
  .delete('/auth/factors/:id', (c) => {
    c.env.store.authFactors.delete(factorOf(c));
    return c.body(null, 204);
  })
  .post('/auth/factors/:id/challenge', (c) =>
    c.json(authChallengeResponse(challengeFactor(c.env, factorOf(c))), 201),
  )
  .post('/auth/challenges/:id/verify', async (c) => {
    const id = c.req.param('id');
    const { code } = await readBody(c, z.object({ code: z.string() }));
    const challenge = c.env.store.authChallenges.get(id);
    if (!challenge) throw notFound('Authentication Challenge', id);
    const valid = await verifyChallenge(c.env, challenge, code);
    return c.json({ challenge: authChallengeResponse(challenge), valid }, 201);
  });

/** The answer to an enrollment: the one time that the secret is told, and as a picture to be scanned. */
function withSecret(factor: AuthFactor) {
  const response = authFactorResponse(factor);
  if (!factor.totp) return response;
  return { ...response, totp: { ...factor.totp, ...totpPicture(factor.totp) } };
}

function missing(field: string) {
  return invalidRequest([{ field, code: `${field}_required`, message: `${field} is required` }]);
}

function factorOf(c: AppContext): AuthFactor {
  const id = c.req.param('id')!;
  const factor = c.env.store.authFactors.get(id);
  if (!factor) throw notFound('Authentication Factor', id);
  return factor;
}

function userOf(c: AppContext) {
  const id = c.req.param('id')!;
  const user = c.env.store.users.get(id);
  if (!user) throw notFound('User', id);
  return user;
}
