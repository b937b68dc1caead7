import dns from "node:dns";
import { isIP } from "node:net";
import { onTestFinished, vi } from "vitest";

/** Until the test is over this process finds no address of any name, as in a network that knows none. What a name server says or keeps silent about counts no more. */
export function forgetNames(): void {
  const { lookup } = dns;
  const spy = vi.spyOn(dns, "lookup").mockImplementation(((name: string, ...rest: readonly unknown[]) => {
    // An address is looked up too, by who listens there.
    if (isIP(name) !== 0) return Reflect.apply(lookup, dns, [name, ...rest]);
    const done = rest.at(-1) as (error: Error) => void;
    const code = "ENOTFOUND";
    process.nextTick(done, Object.assign(new Error(`getaddrinfo ${code} ${name}`), { code, hostname: name }));
  }) as typeof lookup);
  onTestFinished(() => spy.mockRestore());
}
