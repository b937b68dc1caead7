import { describe, expect, test } from "vitest";
import { buildStageMatrix } from "../../../server/src/release/stageMatrix";
import { findStages } from "../../../server/src/release/stages";
import { checkBump, plan, planSource } from "../../support/checkBump";
import { planPromotion } from "../../support/planPromotion";

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
const image = "quay.io/team/app";
const side = "quay.io/team/side";

/** Of something that is not there either. */
const patch =
  'patches: [patch: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: app}, spec: {paused: true}}"]';

/** An overlay of which only the Pod beside it is known. */
const overlay = (
  images: string,
  more = `- https://github.com/team/config//base?ref=v1\n${patch}`,
): string => `#- dev/kustomization.yaml
resources:
- ../local
${more}
images: # ours
${images}
#- local/kustomization.yaml
resources: [pod.yaml]
#- local/pod.yaml
apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: side, image: "${side}:1.0"}]}
`;
const entry = `- {name: ${image}, newTag: "1.0"}`;
const to = (tag: string) => ({ image, to: { tag } });

describe("an overlay of which part comes from elsewhere", () => {
  test.each([
    ["a remote base", undefined],
    ["a chart", "- ../local2\nhelmCharts: [{name: c, repo: https://charts.example}]"],
    ["a plugin", "- ../local2\ngenerators: [ksops.yaml]"],
  ])("is bumped where its own entry says the version: %s", (_what, more) => {
    const files = "#- local2/kustomization.yaml\nresources: []\n";
    const plugin = "#- dev/ksops.yaml\napiVersion: viaduct.ai/v1\nkind: ksops\nmetadata: {name: k}\nfiles: [a.yaml]\n";
    const planned = plan(`${overlay(entry, more)}${files}${plugin}`, to("2.0"));
    const notes = checkBump(planned, ["/dev/kustomization.yaml", `-${entry}`, `+- {name: ${image}, newTag: "2.0"}`]);
    expect(notes).toEqual([expect.stringContaining("was not checked")]);
    expect(planned).toMatchObject({ partial: true, images: [{ before: `${image}:1.0`, after: `${image}:2.0` }] });
  });

  test("is bumped as ever where the image is seen", () => {
    const planned = plan(overlay(entry), { image: side, to: { tag: "2.0" } });
    checkBump(planned, ["/dev/kustomization.yaml", `+- name: ${side}`, "+  newTag: '2.0'"]);
    expect(planned).toMatchObject({ images: [{ object: "Pod p" }] });
  });

  test("keeps to the digest that its entry has, and to the last of two entries", () => {
    expect(plan(overlay(`- {name: ${image}, digest: ${digest("a")}}`), to("2"))).toMatchObject({
      reason: "digestNeeded",
      image,
    });
    const two = overlay(`- {name: ${image}, newName: mirror.example/app}\n- {name: mirror.example/app, newTag: "1"}`);
    for (const name of [image, "mirror.example/app"]) {
      checkBump(plan(two, { image: name, to: { tag: "2" } }), [
        "/dev/kustomization.yaml",
        '-- {name: mirror.example/app, newTag: "1"}',
        '+- {name: mirror.example/app, newTag: "2"}',
      ]);
    }
  });

  test("gets no entry for an image that nobody has seen", () => {
    const planned = plan(overlay(entry), { image: "quay.io/team/other", to: { tag: "2" } });
    expect(planned).toMatchObject({ reason: "unknownImage", message: expect.stringContaining("was not fetched") });
  });

  test("is refused when something is wrong besides", () => {
    const broken = overlay(entry).replace("- ../local\n", "- ../local\n- gone.yaml\n");
    expect(plan(broken, to("2"))).toMatchObject({
      reason: "doesNotBuild",
      message: expect.stringContaining("gone.yaml"),
    });
  });

  test("is a stage with what is known of it, and can be promoted from", () => {
    const prod = `#- prod/kustomization.yaml\nresources: [../local, github.com/team/config]\nimages: [{name: ${image}, newTag: "0.9"}]\n`;
    const { files } = planSource(`${overlay(entry)}${prod}`);
    const matrix = buildStageMatrix(findStages(["/dev", "/local", "/prod"], "/", files), { files });
    expect(matrix.stages.map(({ name, problem, unseen }) => [name, problem, unseen])).toEqual([
      ["dev", undefined, expect.stringContaining("was not fetched")],
      ["prod", undefined, expect.stringContaining("was not fetched")],
    ]);
    expect(
      matrix.images.map(({ image: name, cells }) => [name, ...cells.map((cell) => cell?.versions[0]?.tag)]),
    ).toEqual([
      [image, "1.0", "0.9"],
      [side, "1.0", "1.0"],
    ]);
    checkBump(planPromotion({ from: "/dev", to: "/prod" }, { files }), [
      "/prod/kustomization.yaml",
      `-images: [{name: ${image}, newTag: "0.9"}]`,
      `+images: [{name: ${image}, newTag: "1.0"}]`,
    ]);
  });
});
