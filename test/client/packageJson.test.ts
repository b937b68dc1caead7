import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

interface Setting {
  readonly markdownDescription?: string;
  readonly scope?: string;
}

const { contributes, capabilities, activationEvents } = JSON.parse(
  readFileSync(fileURLToPath(new URL("../../package.json", import.meta.url)), "utf8"),
) as {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly activationEvents: readonly string[];
};

const settings = new Map(Object.entries(contributes.configuration.properties));

describe("package.json", () => {
  test("declares the settings that the contracts name, each with a description and a scope", () => {
    expect([...settings.keys()].sort()).toEqual(
      [
        "rules",
        "kubernetes.version",
        "schemas.folder",
        "argocd.namespaces",
        "argocd.controllers",
        "cluster.protected",
        "registry.lookup",
        "registry.insecureHosts",
        "bump.policies",
        "render.engine",
        "trace.server",
      ]
        .map((name) => `gitopsAuthor.${name}`)
        .sort(),
    );
    for (const [name, { markdownDescription, scope }] of settings) {
      expect(markdownDescription, name).toMatch(/\.$/);
      expect(scope, name).toBeDefined();
    }
  });

  test("says of a setting that nothing reads so far that it has no effect", () => {
    const effective = [
      "rules",
      "kubernetes.version",
      "schemas.folder",
      "argocd.namespaces",
      "argocd.controllers",
      "cluster.protected",
      "registry.lookup",
      "registry.insecureHosts",
      "bump.policies",
      "trace.server",
    ];
    for (const [name, { markdownDescription }] of settings) {
      const isUsed = effective.includes(name.slice("gitopsAuthor.".length));
      expect(markdownDescription?.includes("Not used yet"), name).toBe(!isUsed);
    }
  });

  test("lets no repository unprotect a cluster or add a registry host", () => {
    for (const [name, { scope }] of settings) {
      if (/^gitopsAuthor\.(cluster|registry)\./.test(name)) expect(scope, name).toBe("application");
    }
  });

  test("ignores, in an untrusted workspace, the settings that name a program or a folder", () => {
    for (const name of capabilities.untrustedWorkspaces.restrictedConfigurations) expect(settings.has(name)).toBe(true);
    expect(capabilities.untrustedWorkspaces.restrictedConfigurations).toContain("gitopsAuthor.render.engine");
  });

  test("puts only declared commands into menus, all under one category", () => {
    const declared = new Set(contributes.commands.map(({ command }) => command));
    const inMenus = Object.values(contributes.menus).flatMap((entries) => entries.map(({ command }) => command));
    expect(inMenus.filter((command) => !declared.has(command))).toEqual([]);
    expect(new Set(contributes.commands.map(({ category }) => category))).toEqual(new Set(["GitOps Author"]));
  });

  test("wakes up for the three names of a kustomization file and for YAML, never for every window", () => {
    expect(activationEvents).toEqual([
      "workspaceContains:**/kustomization.yaml",
      "workspaceContains:**/kustomization.yml",
      "workspaceContains:**/Kustomization",
      "onLanguage:yaml",
    ]);
  });
});
