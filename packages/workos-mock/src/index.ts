export { type Duration } from './clock.ts';
export {
  createControl,
  type MockControl,
  type NewPerson,
  type OutsideOptions,
  type SignedIn,
  type SignInOptions,
} from './control-client.ts';
export { defaultSeed } from './default-seed.ts';
export { type Endpoint, endpoints } from './endpoints.ts';
export { type Options } from './environment.ts';
export { type FaultScope } from './faults.ts';
export { createWorkosMock, type WorkosMock } from './mock.ts';
export { type LoggedRequest, type RequestFilter } from './request-log.ts';
export { parseSeed, type Seed, SeedError, seedSchema } from './seed.ts';
