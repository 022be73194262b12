// In a module of its own, because setup.ts runs again for each test file, in the same process.
const timers = new Set<ReturnType<typeof setTimeout>>();
let isBetweenFiles = false;

globalThis.setTimeout = new Proxy(globalThis.setTimeout, {
  apply(start, self, args) {
    const timer: ReturnType<typeof setTimeout> = Reflect.apply(start, self, args);
    if (isBetweenFiles) clearTimeout(timer);
    else timers.add(timer);
    return timer;
  },
});

/** Before a test file. */
export function allowTimers(): void {
  isBetweenFiles = false;
}

/** After a test file: no timer begins until the next one. */
export function refuseTimers(): void {
  isBetweenFiles = true;
}

/** After a test. */
export function clearTimers(): void {
  for (const timer of timers) clearTimeout(timer);
  timers.clear();
}
