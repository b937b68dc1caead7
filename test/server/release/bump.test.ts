import { describe, expect, test } from "vitest";
import { buildStageMatrix } from "../../../server/src/release/stageMatrix";
import { findStages } from "../../../server/src/release/stages";
import { checkBump, plan, planSource } from "../../support/checkBump";
import { planPromotion } from "../../support/planPromotion";

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
const image = "quay.io/team/app";

const base = `#- base/kustomization.yaml
resources: [pod.yaml]
#- base/pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: p
spec:
  containers:
  - name: app
    image: ${image}:1.0
  - name: side
    image: quay.io/team/side:1.0
`;
const overlay = (text: string): string => `#- dev/kustomization.yaml\nresources: [../base]\n${text}${base}`;
const to = (tag: string) => ({ image, to: { tag } });

describe("where a bump writes", () => {
  test("no entry yet: behind the others, indented like them", () => {
    const notes = checkBump(plan(overlay("images:\n  - name: x\n    newTag: v1\n# end\n"), to("2.0")), [
      "/dev/kustomization.yaml",
      `+  - name: ${image}`,
      "+    newTag: '2.0'",
    ]);
    expect(notes).toHaveLength(1);
  });

  test("an entry of the base is answered in the overlay, by digest as there", () => {
    const tree = overlay("").replace("[pod.yaml]", `[pod.yaml]\nimages: [{name: ${image}, digest: ${digest("a")}}]`);
    expect(plan(tree, to("2.0"))).toMatchObject({ reason: "digestNeeded", image });
    checkBump(plan(tree, { image, to: { tag: "2.0", digest: digest("b") } }), [
      "/dev/kustomization.yaml",
      "+images:",
      `+- name: ${image}`,
      `+  digest: ${digest("b")}`,
    ]);
  });

  test("an overlay's own patch, in a file and inline", () => {
    const patch = (indent: string): string =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: app, image: "${image}:1.5"}]} # ours\n`.replace(
        /^/gm,
        indent,
      );
    const changed = (indent: string): string[] => [
      `-${indent}spec: {containers: [{name: app, image: "${image}:1.5"}]} # ours`,
      `+${indent}spec: {containers: [{name: app, image: "${image}:2.0"}]} # ours`,
    ];
    checkBump(plan(`${overlay("patches: [path: p.yaml]\n")}#- dev/p.yaml\n${patch("")}`, to("2.0")), [
      "/dev/p.yaml",
      ...changed(""),
    ]);
    const inline = overlay(`patches:\n- patch: |-\n${patch("    ").trimEnd()}\n`);
    checkBump(plan(inline, to("2.0")), ["/dev/kustomization.yaml", ...changed("    ")]);
  });

  test("of several entries the one that has the last word", () => {
    const text = `images:\n- name: ${image}\n  newTag: "1.1"\n- name: ${image}\n  newTag: "1.2"\n`;
    checkBump(plan(overlay(text), to("2.0")), ["/dev/kustomization.yaml", '-  newTag: "1.2"', '+  newTag: "2.0"']);
  });

  test("a pattern that means other images too gets company", () => {
    const text = 'images:\n- name: quay.io/team/(app|side)\n  newTag: "1.1"\n';
    checkBump(plan(overlay(text), to("2.0")), ["/dev/kustomization.yaml", `+- name: ${image}`, "+  newTag: '2.0'"]);
  });

  test("a value that an alias repeats elsewhere stays", () => {
    const text = `images:\n- name: ${image}\n  newTag: &v v1\n- name: quay.io/team/side\n  newTag: *v\n`;
    const notes = checkBump(plan(overlay(text), to("v2")), ["/dev/kustomization.yaml", "+  newTag: v2"]);
    expect(notes).toEqual([expect.stringContaining("new entry behind it")]);
    checkBump(plan(overlay(text), { image: "quay.io/team/side", to: { tag: "v2" } }), [
      "/dev/kustomization.yaml",
      "-  newTag: *v",
      "+  newTag: v2",
    ]);
  });

  test.each([
    { what: "an entry", text: `imageTags:\n- &e {name: ${image}, newTag: v1}\nimages:\n- *e\n` },
    { what: "a list", text: `imageTags: &l [{name: ${image}, newTag: v1}]\nimages: *l\n` },
  ])("$what that an alias repeats is not written over", ({ text }) => {
    expect(plan(overlay(text), to("v2"))).toMatchObject({ kind: "refused" });
  });

  test("a value that a merge key brings is overruled", () => {
    const tree = overlay(`images:\n- &all\n  name: ${image}\n  newTag: v1\n- <<: *all\n  name: quay.io/team/side\n`);
    checkBump(plan(tree, { image: "quay.io/team/side", to: { tag: "v2" } }), [
      "/dev/kustomization.yaml",
      "+  newTag: v2",
    ]);
  });

  test("the name of an entry means what it renders to", () => {
    const text = `images:\n- name: ${image}\n  newName: mirror.example/app\n  newTag: "1.1"\n`;
    for (const name of [image, "mirror.example/app"]) {
      const planned = plan(overlay(text), { image: name, to: { tag: "2.0" } });
      checkBump(planned, ["/dev/kustomization.yaml", '-  newTag: "1.1"', '+  newTag: "2.0"']);
    }
  });

  test("pin and unpin", () => {
    const tagged = overlay(`images:\n- name: ${image}\n  newTag: "1.1" # now\n`);
    checkBump(plan(tagged, { image, to: { tag: "1.1", digest: digest("a") }, form: "digest" }), [
      "/dev/kustomization.yaml",
      '-  newTag: "1.1" # now',
      `+  digest: "${digest("a")}" # now`,
    ]);
    const pinned = overlay(`images:\n- name: ${image}\n  digest: ${digest("a")} # now\n`);
    checkBump(plan(pinned, { image, to: { tag: "1.1" }, form: "tag" }), [
      "/dev/kustomization.yaml",
      `-  digest: ${digest("a")} # now`,
      "+  newTag: '1.1' # now",
    ]);
  });

  describe("an ImageTagTransformer, which comes after all entries", () => {
    const plugin = (fields: string, indent = ""): string =>
      `apiVersion: builtin\nkind: ImageTagTransformer\nmetadata: {name: tags}\nimageTag:\n  name: ${image}\n${fields}`.replace(
        /^/gm,
        indent,
      );
    const specs = "fieldSpecs:\n- path: spec/containers[]/image\n";
    const listed = overlay(`transformers: [tags.yaml]\nimages:\n- name: ${image}\n  newTag: v0\n`);
    const inFile = (fields: string): string => `${listed}#- dev/tags.yaml\n${plugin(fields)}${specs}`;

    test("in a file", () => {
      checkBump(plan(inFile("  newTag: v1 # now\n"), to("2.0")), [
        "/dev/tags.yaml",
        "-  newTag: v1 # now",
        "+  newTag: '2.0' # now",
      ]);
    });

    test("by digest, with the tag beside it", () => {
      const tree = inFile(`  digest: "${digest("a")}"\n  newTag: v1\n`);
      expect(plan(tree, to("2.0"))).toMatchObject({ reason: "digestNeeded", image });
      checkBump(plan(tree, { image, to: { tag: "2.0", digest: digest("b") } }), [
        "/dev/tags.yaml",
        `-  digest: "${digest("a")}"`,
        "-  newTag: v1",
        `+  digest: "${digest("b")}"`,
        "+  newTag: '2.0'",
      ]);
    });

    test("inline", () => {
      const inline = overlay(`transformers:\n- |-\n${plugin("  newTag: 'v1' # now", "    ")}\n`);
      checkBump(plan(inline, to("2.0")), [
        "/dev/kustomization.yaml",
        "-      newTag: 'v1' # now",
        "+      newTag: '2.0' # now",
      ]);
    });

    test("of a base is overruled, and one without the field is named", () => {
      const ofBase = overlay("").replace("[pod.yaml]", "[pod.yaml]\ntransformers: [tags.yaml]");
      checkBump(plan(`${ofBase}#- base/tags.yaml\n${plugin("  newTag: v1\n")}${specs}`, to("v2")), [
        "/dev/kustomization.yaml",
        "+images:",
        `+- name: ${image}`,
        "+  newTag: v2",
      ]);
      const refused = plan(inFile("  newTag: v1\n"), { image, to: { digest: digest("b") } });
      expect(refused).toMatchObject({
        reason: "outOfReach",
        message: expect.stringContaining("`ImageTagTransformer`"),
      });
    });
  });

  test("several images at once", () => {
    const wishes = [to("2.0"), { image: "quay.io/team/side", to: { tag: "3.0" } }];
    checkBump(plan(overlay(""), ...wishes), [
      "/dev/kustomization.yaml",
      "+images:",
      `+- name: ${image}`,
      "+  newTag: '2.0'",
      "+- name: quay.io/team/side",
      "+  newTag: '3.0'",
    ]);
  });

  test("Kustomize's own record of its steps is no change", () => {
    const planned = plan(overlay("buildMetadata: [transformerAnnotations]\n"), to("2.0"));
    checkBump(planned, ["/dev/kustomization.yaml", "+images:", `+- name: ${image}`, "+  newTag: '2.0'"]);
    expect(planned).toMatchObject({ followers: [] });
  });

  test("what replacements copy follows", () => {
    const text = `replacements:
- source: {kind: Pod, name: p, fieldPath: spec.containers.0.image}
  targets: [{select: {kind: Pod}, fieldPaths: [metadata.annotations.image], options: {create: true}}]
`;
    const planned = plan(overlay(text), to("2.0"));
    expect(planned).toMatchObject({
      kind: "planned",
      followers: [{ pointer: "/metadata/annotations/image", after: `${image}:2.0` }],
    });
  });
});

describe("what is refused", () => {
  test.each([
    { why: "badTarget", tree: overlay(""), wish: { image, to: { tag: "no tag" } } },
    { why: "unknownImage", tree: overlay(""), wish: { image: "quay.io/team/none", to: { tag: "1" } } },
    { why: "doesNotBuild", tree: overlay("").replace("[../base]", "[../gone]"), wish: to("2.0") },
    { why: "doesNotBuild", tree: "#- dev/other.yaml\na: b\n", wish: to("2.0") },
    { why: "digestNeeded", tree: overlay(`images: [{name: ${image}, digest: ${digest("a")}}]\n`), wish: to("2.0") },
    { why: "tagNeeded", tree: overlay(""), wish: { image, to: { digest: digest("a") }, form: "tag" as const } },
  ])("$why", ({ why, tree, wish }) => {
    expect(plan(tree, wish)).toMatchObject({ kind: "refused", reason: why });
  });

  test("a name without its registry, with the one that may be meant", () => {
    expect(plan(overlay(""), { image: "side", to: { tag: "2" } })).toMatchObject({
      reason: "unknownImage",
      help: "Did you mean `quay.io/team/side`?",
    });
  });

  test("an entry with which the overlay would not build, and why", () => {
    const tree = overlay("").replace("[pod.yaml]", "[pod.yaml, odd.yaml]");
    const odd = "#- base/odd.yaml\napiVersion: v1\nkind: Odd\nmetadata: {name: o}\nspec: {containers: 3}\n";
    const planned = plan(tree + odd, to("2.0"));
    expect(planned).toMatchObject({ reason: "breaksBuild", message: expect.stringContaining("spec/containers") });
  });

  test("an image that replacements set afterwards", () => {
    const text = `configMapGenerator: [{name: c, literals: ["image=${image}:1.0"]}]
replacements:
- source: {kind: ConfigMap, name: c, fieldPath: data.image}
  targets: [{select: {kind: Pod}, fieldPaths: [spec.containers.0.image]}]
`;
    const planned = plan(overlay(text), to("2.0"));
    expect(planned).toMatchObject({ reason: "outOfReach", message: expect.stringContaining("`replacements` sets it") });
  });
});

describe("stages", () => {
  const stage = (name: string, images: string): string =>
    `#- overlays/${name}/kustomization.yaml\nresources: [../../base]\n${images}`;
  const tree =
    stage("prod", `images: [{name: ${image}, newTag: "1.0"}]\n`) +
    stage("dev", `images: [{name: ${image}, newTag: "3.0"}]\n`) +
    stage("stage", `images: [{name: ${image}, digest: ${digest("a")}}]\n`) +
    base;
  const { files } = planSource(tree);
  const roots = ["/base", "/overlays/dev", "/overlays/prod", "/overlays/stage"];

  test("overlays in the order of environments, with what each runs", () => {
    const stages = findStages(roots, "/", files);
    expect(stages.map(({ name }) => name)).toEqual(["dev", "stage", "prod"]);
    const { images } = buildStageMatrix(stages, { files });
    const shown = images.map(({ image: name, cells, drifts }) => [
      name,
      drifts,
      ...cells.map((cell) => cell?.versions.map(({ tag, digest: pinned }) => tag ?? pinned)),
    ]);
    expect(shown).toEqual([
      [image, true, ["3.0"], [digest("a")], ["1.0"]],
      ["quay.io/team/side", false, ["1.0"], ["1.0"], ["1.0"]],
    ]);
  });

  test("images stand in the order in which people count", () => {
    const pods = [10, 2, 1].map(
      (i) => `kind: Pod\napiVersion: v1\nmetadata: {name: p${i}}\nspec: {containers: [{image: "app-${i}:1"}]}\n`,
    );
    const source = planSource(
      `#- dev/kustomization.yaml\nresources: [pods.yaml]\n#- dev/pods.yaml\n${pods.join("---\n")}`,
    );
    const { images } = buildStageMatrix([{ name: "dev", root: "/dev" }], source);
    expect(images.map(({ image: name }) => name)).toEqual(["app-1", "app-2", "app-10"]);
  });

  test("what runs the same does not drift, whatever tag stands beside its digest", () => {
    const pinned = `digest: ${digest("a")}`;
    const same = [`newTag: "3.0", ${pinned}`, pinned, `newName: "${image}:1.0", ${pinned}`];
    const driftOf = (entries: readonly string[]): boolean | undefined => {
      const names = ["dev", "stage", "prod"];
      const overlays = names.map((name, i) => stage(name, `images: [{name: ${image}, ${entries[i]}}]\n`));
      const source = planSource(overlays.join("") + base);
      const { images } = buildStageMatrix(findStages(roots, "/", source.files), source);
      return images.find(({ image: name }) => name === image)?.drifts;
    };
    expect(driftOf(same)).toBe(false);
    expect(driftOf([...same.slice(1), `newTag: "1.0"`])).toBe(true);
    expect(driftOf([`newTag: "1.0"`, `newTag: "1.0"`, `newTag: "2.0"`])).toBe(true);
  });

  test("a promotion takes over a digest as such, and a tag as the other stage writes it", () => {
    checkBump(planPromotion({ from: "/overlays/stage", to: "/overlays/prod" }, { files }), [
      "/overlays/prod/kustomization.yaml",
      `-images: [{name: ${image}, newTag: "1.0"}]`,
      `+images: [{name: ${image}, digest: "${digest("a")}"}]`,
    ]);
    checkBump(planPromotion({ from: "/overlays/dev", to: "/overlays/prod" }, { files }), [
      "/overlays/prod/kustomization.yaml",
      `-images: [{name: ${image}, newTag: "1.0"}]`,
      `+images: [{name: ${image}, newTag: "3.0"}]`,
    ]);
    const toPinned = planPromotion({ from: "/overlays/dev", to: "/overlays/stage" }, { files });
    expect(toPinned).toMatchObject({ reason: "digestNeeded" });
  });
});
