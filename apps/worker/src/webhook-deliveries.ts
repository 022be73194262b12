import { DurableObject } from 'cloudflare:workers';

/** WorkOS gives up after three days; nothing comes later. In milliseconds. */
const REMEMBERED = 4 * 24 * 60 * 60 * 1000;

/**
 * Whether one event was handled: an object an event, so that two copies of it that come at the same moment, wherever, are
 * told apart. It forgets itself.
 */
export class WebhookDeliveries extends DurableObject<Env> {
  /** Whether the caller is the first to handle the event. */
  async claim(): Promise<boolean> {
    const { storage } = this.ctx;
    if (await storage.get('claimed')) return false;
    await storage.put('claimed', true);
    await storage.setAlarm(Date.now() + REMEMBERED);
    return true;
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
