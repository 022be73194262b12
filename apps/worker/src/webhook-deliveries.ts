import { DurableObject } from 'cloudflare:workers';
export class WebhookDeliveries extends DurableObject<Env> {}
