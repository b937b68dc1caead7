import { expect, test } from "vitest";
import { BuildCache, build } from "../../../server/src/kustomize/build";
import type { Found } from "../../../server/src/kustomize/loader";
import { emitDocuments } from "../../../server/src/yaml/emit";
import { configMap } from "../../support/buildTree";
import { fileOf, memoryLoader } from "../../support/memoryLoader";

/** Each kind of file that a build reads is edited, taken away, given back and renamed; a warm build says what a cold one says. */
const files: Readonly<Record<string, string>> = {
  "/over/kustomization.yaml":
    "resources: [../base]\ncomponents: [../part]\npatches: [path: patch.yaml]\nconfigurations: [fields.yaml]\n",
  "/over/patch.yaml": configMap("a", "data: {patched: one}\n"),
  "/over/fields.yaml": "namePrefix:\n- path: data/named\n  kind: ConfigMap\n",
  "/base/kustomization.yaml":
    "resources: [a.yaml]\nnamePrefix: x-\nconfigMapGenerator:\n- name: made\n  envs: [made.env]\n  files: [made.txt]\n",
  "/base/a.yaml": configMap("a", "data: {named: n}\n"),
  "/base/made.env": "KEY=one\n",
  "/base/made.txt": "one\n",
  "/part/kustomization.yaml": "kind: Component\nresources: [p.yaml]\nreplacements: [path: copy.yaml]\n",
  "/part/p.yaml": configMap("p", "data: {copied: one}\n"),
  "/part/copy.yaml":
    "source: {kind: ConfigMap, name: p, fieldPath: data.copied}\ntargets:\n- select: {kind: ConfigMap, name: a}\n  fieldPaths: [data.copied]\n  options: {create: true}\n",
};

test.each(Object.keys(files))("%s", (path) => {
  const cache = new BuildCache();
  let now = new Map(Object.entries(files).map(([each, text]) => [each, fileOf(each, text)]));
  const check = (step: string): void => {
    const warm = answer(now, cache);
    expect(warm, step).toEqual(answer(now));
    expect(answer(now, cache), `${step}, again`).toEqual(warm);
  };
  const change = (step: string, ...entries: readonly (readonly [string, Found | undefined])[]): void => {
    now = new Map(now);
    for (const [each, found] of entries) found === undefined ? now.delete(each) : now.set(each, found);
    check(step);
  };
  const original = now.get(path);
  const text = files[path] ?? "";
  check("as it is");
  change("edited", [path, fileOf(path, text.replaceAll("one", "two").replaceAll("x-", "y-"))]);
  change("broken", [path, fileOf(path, `${text}\n}{`)]);
  change("gone", [path, undefined]);
  change("back", [path, original]);
  change("renamed", [path, undefined], [`${path}.yml`, fileOf(`${path}.yml`, text)]);
  change("named back", [path, original], [`${path}.yml`, undefined]);
  change("with a second kustomization beside it", [`${path.replace(/[^/]+$/, "")}kustomization.yml`, fileOf("/k", "")]);
});

function answer(now: ReadonlyMap<string, Found>, cache?: BuildCache): unknown {
  const missing = memoryLoader(new Map(), ["/over", "/base", "/part"]);
  const loader = { lookUp: (path: string) => now.get(path) ?? missing.lookUp(path) };
  const { resources, problems, filesRead, complete } = build("/over", loader, {}, cache);
  return {
    text: emitDocuments(resources.map(({ node }) => node)).text,
    problems: problems.map(({ code, place }) => `${place.file.path}:${place.start} ${code}`),
    filesRead: [...filesRead.keys()].sort(),
    complete,
  };
}
