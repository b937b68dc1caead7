import { describe, expect, it } from "vitest";
import { constrain, readValidator } from "../../../schemas/scripts/validators";

/** What ajv's compiler writes for a check that fails with a keyword, shortened to what the reader looks at. */
const fails = (keyword: string, params: string): string =>
  `{let err0={instancePath,schemaPath:"#/${keyword}",keyword:"${keyword}",params:{${params}}};errors++}`;

const call = (name: string, value: string): string => `${name}(${value},{instancePath,parentData:data})`;

const fn = (name: string, body: string): string => `function ${name}(data,{instancePath=""}={}){${body}}`;

describe("a compiled validator", () => {
  it("tells integers from numbers and gives bounds and formats", () => {
    const replicas = fn(
      "validate1",
      fails("type", 'type:"integer"') + fails("minimum", 'comparison:">=",limit:0') + fails("format", 'format:"int32"'),
    );
    const root = fn("validate0", `void 0!==data.replicas&&(${call("validate1", "data.replicas")})`);
    const check = readValidator(`export const validate=validate0;${replicas}${root}`);
    expect(constrain({ type: "object", properties: { replicas: { type: "number" } } }, check)).toEqual({
      type: "object",
      properties: { replicas: { type: "integer", minimum: 0, format: "int32" } },
    });
  });

  it("reaches the items of lists and the values of maps, and reads patterns as written in JavaScript", () => {
    const item = fn("validate2", fails("type", 'type:"string"') + fails("pattern", 'pattern:"^\\\\d\\x2b\\"$"'));
    const list = fn("validate1", `${fails("maxItems", "limit:1e3")}for(;;)${call("validate2", "data[i0]")}`);
    const values = fn("validate3", `for(let key0 in data)${call("validate2", "data[key0]")}`);
    const root = fn("validate0", `${call("validate1", "data.list")}${call("validate3", 'data["the-map"]')}`);
    const check = readValidator(`export const validate=validate0;${item}${list}${values}${root}`);
    const text = { type: "string" } as const;
    const schema = {
      properties: {
        list: { type: "array", items: text },
        "the-map": { type: "object", additionalProperties: text },
      },
    } as const;
    expect(constrain(schema, check).properties).toEqual({
      list: { type: "array", maxItems: 1000, items: { type: "string", pattern: '^\\d+"$' } },
      "the-map": { type: "object", additionalProperties: { type: "string", pattern: '^\\d+"$' } },
    });
  });

  it("sees through a union to an integer or a string", () => {
    const integer = fn("validate1", fails("type", 'type:"integer"'));
    const text = fn("validate2", fails("type", 'type:"string"'));
    const root = fn("validate0", call("validate1", "data") + call("validate2", "data") + fails("oneOf", "passing"));
    const check = readValidator(`export const validate=validate0;${integer}${text}${root}`);
    expect(constrain({ type: ["string", "number"] }, check)).toEqual({ type: ["string", "integer"] });
  });

  it("is not asked about what another file describes", () => {
    const check = readValidator(`export const validate=validate0;${fn("validate0", fails("type", 'type:"object"'))}`);
    expect(constrain({ $ref: "v1/Probe" }, check)).toEqual({ $ref: "v1/Probe" });
  });
});
