import type { AppContext } from './env';

/**
 * Who sends a request, for calls that WorkOS takes it with: its Radar and its limits would see this server instead. The
 * address is Cloudflare's word, which no sender can write.
 *
 * @see https://developers.cloudflare.com/fundamentals/reference/http-headers/#cf-connecting-ip
 */
export function sender(c: AppContext) {
  return { ipAddress: c.req.header('cf-connecting-ip'), userAgent: c.req.header('user-agent') };
}
