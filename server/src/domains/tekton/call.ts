import type { NamedField } from "../../tekton/field";
import type { ParamSpec, ParamValue } from "../../tekton/param";
import type { Place } from "../../yaml/source";
import type { Callee } from "./callees";

/** Something runs something else and hands over parameters and workspaces. */
export interface Call {
  /** At the beginning of a sentence, for example `The task \`build\``. */
  readonly what: string;
  /** Where to say what is missing. */
  readonly place: Place;
  readonly params: readonly ParamValue[];
  readonly matrix: readonly ParamValue[];
  /** The workspaces that it binds; absent where there are none to bind. */
  readonly workspaces?: readonly NamedField[] | undefined;
  /** All that it may mean: what is wrong must be wrong for each. */
  readonly callees: readonly [Callee, ...Callee[]];
  /** Names of parameters and workspaces that what is embedded sees without being handed them. */
  readonly inherited: ReadonlySet<string>;
  /** Nobody minds a parameter that is not declared. */
  readonly takesMore?: boolean | undefined;
  /** Nobody minds a workspace that is not declared. */
  readonly takesMoreWorkspaces?: boolean | undefined;
  /** How many steps lie between `place` and the mapping that holds `params` and `workspaces`; absent when nothing can be added. */
  readonly depth?: number | undefined;
  /** The parameters of the pipeline around it, whose values it may hand on. */
  readonly outer?: readonly ParamSpec[] | undefined;
  readonly root?: string | undefined;
}
