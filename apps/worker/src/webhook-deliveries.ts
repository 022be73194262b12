import { DurableObject } from 'cloudflare:workers';

/** WorkOS gives up after three days; nothing comes later. In milliseconds. */
const REMEMBERED = 4 * 24 * 60 * 60 * 1000;
/** How long one copy of an event may take. After that it is lost, with the request that brought it. In milliseconds. */
const LEASE = 60_000;

/**
 * Whether one event was handled: an object an event, so that two copies of it that come at the same moment, wherever, are
 * told apart. It forgets itself.
 */
export class WebhookDeliveries extends DurableObject<Env> {
  /**
   * Asks to handle the event.
   *
   * @returns `mine` for whoever is to do it, and then says `finish` or `release`; `running` while another copy is at it; `done`
   *   once it was handled.
   */
  async claim(): Promise<'mine' | 'running' | 'done'> {
    const { storage } = this.ctx;
    const leasedUntil = await storage.get<number>('leasedUntil');
    if (leasedUntil !== undefined && leasedUntil > Date.now()) {
      return leasedUntil === Infinity ? 'done' : 'running';
    }
    await storage.put('leasedUntil', Date.now() + LEASE);
    await storage.setAlarm(Date.now() + REMEMBERED);
    return 'mine';
  }

  /** The event was handled, for good. */
  async finish(): Promise<void> {
    await this.ctx.storage.put('leasedUntil', Infinity);
  }

  /** The event was not handled after all. */
  async release(): Promise<void> {
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }

  override async alarm(): Promise<void> {
    await this.ctx.storage.deleteAll();
  }
}
