import { expect, test } from "vitest";
import { plainMessage } from "../../../client/src/platform/plainMessage";

test.each([
  ["config/[Mend](command:x)/dev", "config/[Mend] (command:x)/dev"],
  ["a [b] (c)", "a [b] (c)"],
])("%s is no link", (text, plain) => expect(plainMessage(text)).toBe(plain));
