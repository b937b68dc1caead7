/** How often it is asked what time it is, in milliseconds. */
const tick = 5_000;

/** By how much a busy machine may be late, in milliseconds. */
const late = 30_000;

/** Calls `woken` each time when the machine slept, which is when far more time went by than was waited for; until the given function is called. */
export function onWakeUp(woken: () => void): () => void {
  let last = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    if (now - last > tick + late) woken();
    last = now;
  }, tick);
  timer.unref();
  return () => clearInterval(timer);
}
