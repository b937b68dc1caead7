import * as tls from "node:tls";
import { expect, test, vi } from "vitest";
import { systemTrust } from "../../../client/src/platform/systemAuthorities";

type Store = "default" | "system";
type Read = (store: Store) => readonly string[];

const { readStore } = vi.hoisted(() => ({ readStore: vi.fn<(store: Store) => readonly string[]>() }));
vi.mock("node:tls", async (original) => ({ ...(await original<typeof tls>()), getCACertificates: readStore }));

function trustWith(read: Read): ReturnType<typeof systemTrust> {
  readStore.mockReset().mockImplementation(read);
  return systemTrust();
}

const [root = ""] = tls.rootCertificates;

test("authorities of the system are read once for connections that name none, and not for those that do", () => {
  const trust = trustWith(() => [root]);
  expect(trust({ ca: "an authority" })).toEqual({});
  expect(readStore).not.toHaveBeenCalled();
  const { secureContext } = trust({});
  expect(secureContext).toBeDefined();
  expect(trust({}).secureContext).toBe(secureContext);
  expect(readStore.mock.calls).toEqual([["default"], ["system"]]);
});

test("where those of the system cannot be read, those of Node count", () => {
  const trust = trustWith((store) => {
    if (store === "system") throw new Error("The store cannot be opened.");
    return [root];
  });
  expect(trust({}).secureContext).toBeDefined();
  const nothing = trustWith(() => {
    throw new Error("The store cannot be opened.");
  });
  expect(nothing({})).toEqual({});
});
