import type { Topic } from "./observations";

/** What a program on the machine made of the files that our engine built. */
export interface EngineAnswer {
  /** What our engine printed then: the answer counts for as long as it prints the same. */
  readonly ours: string;
  /** In a few words, for the first line of the preview. */
  readonly words: string;
}

/** What the program that `render.engine` names said, by the directory that is built. */
export const engineAnswers: Topic<ReadonlyMap<string, EngineAnswer>> = { name: "other engine", nothing: new Map() };
