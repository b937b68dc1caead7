import type { Fix } from "../../../analysis/finding";
import type { Rule } from "../../../analysis/rule";
import { removalOfFirstTwin } from "../../../yaml/duplicateKeys";
import type { Place } from "../../../yaml/source";
import { missingSeparator } from "../../../yaml/valueProblems";

/** The same key twice in one map. */
export const duplicateKey: Rule = {
  code: "yaml/duplicate-key",
  severity: "error",
  scope: "build",
  check: "engine",
  docs: {
    summary: "A key of an object stands twice in one map.",
    explanation:
      "The build fails when the object is printed. Mostly the first one was forgotten, or an indentation is wrong; where a second object begins, the `---` before it is missing, or stands at the end of another line.",
    bad: "#- kustomization.yaml\nresources:\n- a.yaml\n#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  name: b\n",
    good: "#- kustomization.yaml\nresources:\n- a.yaml\n#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n",
  },
  fix({ place, message }) {
    if (message === missingSeparator.message) return separate(place);
    const removal = removalOfFirstTwin(place);
    return removal === undefined ? [] : [{ title: "Remove the first one", edits: [{ place: removal, text: "" }] }];
  },
};

/** Puts `---` above a key that begins a second object, or takes it there from the end of the line above. */
function separate({ file, start }: Place): readonly Fix[] {
  const [glued = ""] = /[^\n-]---[ \t]*\r?\n$/.exec(file.text.slice(0, start)) ?? [];
  const from = glued === "" ? start : start - glued.length + 1;
  if (from > 0 && glued === "" && file.text[from - 1] !== "\n") return [];
  const edit = { place: { file, start: from, end: start }, text: glued === "" ? "---\n" : "\n---\n" };
  return [{ title: "Put '---' before the second object", edits: [edit], preferred: true }];
}
