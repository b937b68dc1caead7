import { expect, test } from "vitest";
import type { Permission, Right } from "../../../client/src/cluster/accessReview";
import type { Connection } from "../../../client/src/cluster/connection";
import { RememberedRights } from "../../../client/src/cluster/rememberedRights";

const right = (namespace: string): Right => ({
  verb: "patch",
  group: "argoproj.io",
  resource: "applications",
  namespace,
});

test("rights are asked once in some minutes for each connection and object; a failure is not remembered", async () => {
  let now = 0;
  const asked: (string | undefined)[] = [];
  const ask = async (_: Connection, rights: readonly Right[]): Promise<readonly Permission[]> => {
    asked.push(rights[0]?.namespace);
    if (rights[0]?.namespace === "broken") throw new Error("nobody answers");
    return rights.map((each) => ({ right: each, allowed: each.namespace === "mine" }));
  };
  const rights = new RememberedRights({ now: () => now }, ask);
  const [one, other] = [{} as Connection, {} as Connection];
  expect(await rights.findMissing(one, [right("mine")])).toEqual([]);
  expect(await rights.findMissing(one, [right("theirs")])).toEqual([{ right: right("theirs"), allowed: false }]);
  await rights.findMissing(one, [right("theirs")]);
  expect(asked).toEqual(["mine", "theirs"]);
  await rights.findMissing(other, [right("mine")]);
  now = 10 * 60_000;
  await rights.findMissing(one, [right("mine")]);
  expect(asked).toEqual(["mine", "theirs", "mine", "mine"]);
  for (let i = 0; i < 2; i++)
    await expect(rights.findMissing(one, [right("broken")])).rejects.toThrow("nobody answers");
  expect(asked.slice(4)).toEqual(["broken", "broken"]);
});
