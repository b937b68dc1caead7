import { expect, test } from "vitest";
import { findFreeBuilds } from "../../../../server/src/domains/kustomization/buildCommands";

const free = "--load-restrictor LoadRestrictionsNone";

test.each([
  ["the directory behind the flag", `kustomize build ${free} deploy/dev`, ["deploy/dev"]],
  ["the directory before it", `\tkustomize build deploy/dev ${free} > all.yaml`, ["deploy/dev"]],
  ["a variable as the tool", `\t$(KUSTOMIZE) build ./deploy/dev ${free} -o all.yaml`, ["./deploy/dev"]],
  ["the flag before the verb", `kustomize --load-restrictor=LoadRestrictionsNone build . | kubectl apply -f -`, ["."]],
  ["kubectl", `kubectl kustomize --load-restrictor=LoadRestrictionsNone deploy/dev`, ["deploy/dev"]],
  ["no directory", `kustomize build ${free}`, ["."]],
  ["the old spelling", `kustomize build --load_restrictor none deploy/dev`, ["deploy/dev"]],
  ["a line that goes on", `kustomize build \\\n\t${free} \\\n\tdeploy/dev`, ["deploy/dev"]],
  ["a Tiltfile", `k8s_yaml(local("kustomize build ${free} deploy/dev"))`, ["deploy/dev"]],
  ["a step of a workflow", `- run: kustomize build ${free} "deploy/dev" 2>/dev/null`, ["deploy/dev"]],
  ["several", `kustomize build ${free} a\nkustomize build ${free} b && kustomize build c`, ["a", "b"]],
])("%s says what is built", (_name, text, directories) => {
  expect(findFreeBuilds(text)).toEqual(directories);
});

test.each([
  ["a make variable", `\t$(KUSTOMIZE) build $(TEMPLATES)/main ${free}`],
  ["a shell variable", `kustomize build ${free} "\${dir}/dev"`],
  ["a Just variable", `kustomize build ${free} "{{ path }}"`],
  ["another directory as the current one", `cd deploy\nkustomize build ${free} .`],
  ["options that are kept", `kustomize_flags=("--load-restrictor=LoadRestrictionsNone")`],
  ["options beside others", `FLAGS := --enable-helm ${free}`],
  ["a list of arguments", `args:\n- build\n- --load-restrictor\n- LoadRestrictionsNone\n`],
  ["xargs", `find . -name overlay | xargs -n 1 kustomize build ${free}`],
])("%s leaves open what is built", (_name, text) => {
  expect(findFreeBuilds(text)).toBe(true);
});

test.each([
  ["the default", "kustomize build --load-restrictor LoadRestrictionsRootOnly a"],
  ["a comment", `# kustomize build ${free} a`],
  ["a comment of make", `\t@ ## ${free} is needed in kustomize build`],
  ["what is printed", `\t@echo "call kustomize build ${free}"`],
  ["a sentence", `description: Unless the tool supports ${free} this fails.`],
  ["what lies elsewhere", `kustomize build ${free} https://example.com/repo//dev`],
  ["a half-typed flag", "kustomize build --load-restrictor"],
])("%s lifts nothing", (_name, text) => {
  expect(findFreeBuilds(text)).toBeUndefined();
});

test("a long line of options is read at once", () => {
  expect(findFreeBuilds(`${"-a".repeat(50_000)} ${free}`)).toBe(true);
});
