import { describe, expect, it } from "vitest";
import { readDeclaration } from "../../../schemas/scripts/declarations";

const resolve = (specifier: string): string => (specifier === "" ? "self" : specifier.replace(/^\.\//, ""));

describe("a declaration file", () => {
  it("gives fields, what is required, descriptions and references", () => {
    const declaration = read(`
import { IIoK8sApiCoreV1Probe } from "./Probe";
/**
 * A container.
 */
export interface IContainer {
    /**
     * Its name.
     *
     * \\* unique
     */
    "name": string;
    "probe"?: IIoK8sApiCoreV1Probe;
    "args"?: Array<string>;
    "limits"?: {
        [key: string]: number | string;
    };
    "policy"?: "Always" | "Never";
}
export type { IContainer as IIoK8sApiCoreV1Container, Container as IoK8sApiCoreV1Container };
`);
    expect(declaration).toEqual({
      id: "IoK8sApiCoreV1Container",
      parents: [],
      type: {
        schema: {
          type: "object",
          description: "A container.",
          required: ["name"],
          properties: {
            name: { type: "string", description: "Its name.\n\n* unique" },
            probe: { $ref: "Probe" },
            args: { type: "array", items: { type: "string" } },
            limits: { type: "object", additionalProperties: { type: ["number", "string"] } },
            policy: { enum: ["Always", "Never"] },
          },
        },
      },
    });
  });

  it("names the kind whose documents it describes", () => {
    const declaration = read(`
export interface IPod extends TypeMeta {
    "apiVersion": "v1";
    "kind": "Pod";
}
`);
    expect(declaration?.type.kind).toEqual({ apiVersion: "v1", kind: "Pod" });
  });

  it("names the types whose fields it takes over", () => {
    const declaration = read(`
import { IMap } from "./Map";
export interface IParameter extends IMap {
    "name"?: string;
}
`);
    expect(declaration?.parents).toEqual(["Map"]);
  });

  it("may refer to itself, and exclude properties by one another", () => {
    const declaration = read(`
export interface IProps {
    "not"?: IProps;
    "match"?: {
        "a"?: string;
    } & (Exclude<{
        "a": string;
    }, {}> | {});
}
`);
    expect(declaration?.type.schema.properties).toEqual({
      not: { $ref: "self" },
      match: { type: "object", properties: { a: { type: "string" } } },
    });
  });

  it("is none when it only re-exports others", () => {
    expect(read('export * from "./Pod.js";\n')).toBeUndefined();
  });

  it("stops the build when it ends too early", () => {
    expect(() => read("export interface IA {\n    [key")).toThrow('A.d.ts: cannot read the declaration at "its end"');
  });

  it("stops the build when it uses a type that nothing imports", () => {
    expect(() => read('export interface IA {\n    "b": IB;\n}\n')).toThrow("A.d.ts: the type IB is not imported");
  });
});

function read(text: string) {
  return readDeclaration(text, "A.d.ts", resolve);
}
