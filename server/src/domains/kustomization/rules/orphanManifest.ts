import { holdsParts } from "../../../analysis/manifests";
import type { Rule } from "../../../analysis/rule";
import { relativePath } from "../../../platform/path";
import { listManifest } from "../listManifest";
import { unlistedManifests } from "../unlistedManifests";

const configMap = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;

/** A manifest that lies beside others of a kustomization, and that nothing deploys. */
export const orphanManifest: Rule = {
  code: "kustomization/orphan-manifest",
  severity: "hint",
  scope: "workspace",
  *check(context) {
    for (const { path, first, kustomization, isBesideListed, isInComment, isHook } of unlistedManifests(context)) {
      if (isHook || !isBesideListed) continue;
      const name = relativePath(kustomization.root, path);
      yield {
        place: first.place,
        message: `No kustomization lists this manifest.${isInComment ? " A comment of the kustomization mentions it." : ""}`,
        help: `${wayIn(path, isInComment)}, or delete it when nothing else uses it.`,
        related: [
          {
            place: {
              file: context.snapshot.file(kustomization.file) ?? { path: kustomization.file, text: "" },
              start: 0,
              end: 0,
            },
            message: "This is the kustomization around it.",
          },
        ],
        data: { kustomization: kustomization.file, name, isInComment },
      };
    }
  },
  docs: {
    summary: "A manifest lies in a directory of a kustomization, and no kustomization lists it.",
    explanation:
      "Kustomize deploys what is listed, never all files of a directory. It is no hint where an Application or a Kustomization of Flux deploys the directory as it is, where another file names it, and for tests, samples, charts and encrypted files.",
    bad: `#- kustomization.yaml\nresources:\n- a.yaml\n#- a.yaml\n${configMap("a")}#- b.yaml\n${configMap("b")}`,
    good: `#- kustomization.yaml\nresources:\n- a.yaml\n- b.yaml\n#- a.yaml\n${configMap("a")}#- b.yaml\n${configMap("b")}`,
  },
  fix: listManifest,
};

function wayIn(path: string, isInComment: boolean): string {
  if (isInComment) return "Take the `#` away there";
  return `Add it to the \`${holdsParts(path) ? "patches" : "resources"}\` of the kustomization`;
}
