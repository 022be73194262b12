import { DurableObject } from 'cloudflare:workers';
export class SessionRefresh extends DurableObject<Env> {}
