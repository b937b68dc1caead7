import assert from "node:assert/strict";
import {
  commands,
  extensions,
  type Hover,
  type Location,
  type LocationLink,
  languages,
  MarkdownString,
  Uri,
  window,
  workspace,
} from "vscode";
import {
  activeExtension,
  childProcesses,
  closeAll,
  extensionId,
  fileUri,
  openFile,
  openPreview,
  putCursor,
  rangeOf,
  replace,
  until,
  untilDiagnostic,
  untilNoDiagnostics,
  untilText,
} from "./workspace";

const dev = "config/overlays/dev/kustomization.yaml";

describe("the example", () => {
  before(activeExtension);
  afterEach(closeAll);

  it("has no findings", async () => {
    const editor = await openPreviewOf(dev, "dev");
    assert.match(editor.document.getText(), /namespace: book-dev/);
    assert.deepEqual(
      languages.getDiagnostics().flatMap(([uri, found]) => found.map((each) => `${uri.path}: ${each.message}`)),
      [],
    );
  });

  it("underlines an unknown field while it is typed, and forgets it when it is corrected", async () => {
    const editor = await openFile(dev);
    await replace(editor, "namespace: book-dev", "namespce: book-dev");
    const found = await untilDiagnostic(editor.document.uri, "kustomization/unknown-field");
    assert.equal(editor.document.getText(found.range), "namespce");
    assert.match(found.message, /namespace/);
    await replace(editor, "namespce", "namespace");
    await untilNoDiagnostics(editor.document.uri);
  });

  it("reports a syntax error of plain YAML", async () => {
    const editor = await openFile(dev);
    await replace(editor, "namespace: book-dev", 'namespace: "book-dev');
    await untilDiagnostic(editor.document.uri, "yaml/unclosed-quote");
  });

  it("has a command for every entry of its package.json", async () => {
    const declared = extensions
      .getExtension(extensionId)
      ?.packageJSON.contributes.commands.map(({ command }: { readonly command: string }) => command);
    const known = new Set(await commands.getCommands(true));
    assert.deepEqual(
      declared.filter((command: string) => !known.has(command)),
      [],
    );
  });

  it("renders unsaved text beside the source", async () => {
    const source = await openFile(dev);
    const preview = await openPreview("dev");
    assert.equal(
      window.activeTextEditor?.document.uri.path,
      source.document.uri.path,
      "the cursor stays in the source",
    );
    assert.notEqual(preview.viewColumn, source.viewColumn);
    await replace(source, "APP_GREETING=Hello from the development stage", "APP_GREETING=Typed but not saved");
    await untilText(preview.document, (text) => text.includes("APP_GREETING: Typed but not saved"));
    assert(source.document.isDirty);
  });

  it("follows unsaved text of a file that the overlay's base includes", async () => {
    const preview = await openPreviewOf(dev, "dev");
    const base = await openFile("config/base/service.yaml");
    await replace(base, "metadata:\n", 'metadata:\n  annotations:\n    typed: "yes"\n');
    await untilText(preview.document, (text) => text.includes('typed: "yes"'));
  });

  it("keeps the last good text while the source does not build", async () => {
    const source = await openFile(dev);
    const preview = await openPreview("dev");
    // VS Code keeps documents for a while: this one may still hold what the test before typed.
    await replace(source, "APP_GREETING=Hello from the development stage", "APP_GREETING=The last good text");
    await untilText(preview.document, (text) => text.includes("APP_GREETING: The last good text"));
    const good = preview.document.getText();
    await replace(source, "- ../../base", "- ../../bsae");
    await untilDiagnostic(source.document.uri, "kustomization/missing-file");
    assert.equal(preview.document.getText(), good);
    await replace(source, "- ../../bsae", "- ../../base");
    await untilNoDiagnostics(source.document.uri);
  });

  it("tells in a hover where a rendered value comes from", async () => {
    const preview = await openPreviewOf(dev, "dev");
    const position = rangeOf(preview.document, "APP_GREETING").start;
    const hovers = await commands.executeCommand<Hover[]>(
      "vscode.executeHoverProvider",
      preview.document.uri,
      position,
    );
    const text = hovers.flatMap(({ contents }) => contents.map(textOf)).join("\n");
    assert.match(text, /overlays\/dev\/kustomization\.yaml:\d+/);
    assert.match(text, /configMapGenerator/);
  });

  it("goes from a rendered line to the line of the base", async () => {
    const preview = await openPreviewOf(dev, "dev");
    const position = rangeOf(preview.document, "targetPort").start;
    const found = await commands.executeCommand<(Location | LocationLink)[]>(
      "vscode.executeDefinitionProvider",
      preview.document.uri,
      position,
    );
    assert.deepEqual(
      found.map((each) => ("targetUri" in each ? each.targetUri : each.uri).path),
      [fileUri("config/base/service.yaml").path],
    );
  });

  it("runs Go to Source at the cursor of the preview", async () => {
    const preview = await openPreviewOf(dev, "dev");
    await window.showTextDocument(preview.document, preview.viewColumn);
    const active = await until(() => window.activeTextEditor?.document === preview.document && window.activeTextEditor);
    putCursor(active, "targetPort");
    await commands.executeCommand("gitopsAuthor.goToSource");
    const source = await until(
      () => window.activeTextEditor?.document.uri.scheme === "file" && window.activeTextEditor,
      window.onDidChangeActiveTextEditor,
    );
    assert.equal(source.document.uri.path, fileUri("config/base/service.yaml").path);
    assert.match(source.document.lineAt(source.selection.active.line).text, /targetPort/);
  });

  it("shows in the preview what a line of the base became", async () => {
    const source = await openFile("config/base/service.yaml");
    putCursor(source, "targetPort");
    const rendered = Uri.from({
      scheme: "gitops-rendered",
      path: fileUri("config/overlays/dev/dev.rendered.yaml").path,
    });
    await workspace.openTextDocument(rendered);
    await commands.executeCommand("gitopsAuthor.previewOverlay", fileUri(dev));
    const preview = await until(
      () => window.visibleTextEditors.find(({ document }) => document.uri.toString() === rendered.toString()),
      window.onDidChangeVisibleTextEditors,
    );
    assert.match(preview.document.getText(), /targetPort/);
  });

  it("goes from a path in a kustomization to the file", async () => {
    const editor = await openFile("config/base/kustomization.yaml");
    const found = await commands.executeCommand<(Location | LocationLink)[]>(
      "vscode.executeDefinitionProvider",
      editor.document.uri,
      rangeOf(editor.document, "service.yaml").start,
    );
    assert.deepEqual(
      found.map((each) => ("targetUri" in each ? each.targetUri : each.uri).path),
      [fileUri("config/base/service.yaml").path],
    );
  });

  it("takes a file named Kustomization for YAML", async () => {
    const uri = fileUri("config/overlays/other/Kustomization");
    await workspace.fs.writeFile(uri, new TextEncoder().encode("resources:\n- ../../base\n"));
    try {
      assert.equal((await workspace.openTextDocument(uri)).languageId, "yaml");
    } finally {
      await workspace.fs.delete(fileUri("config/overlays/other"), { recursive: true });
    }
  });

  it("works again after its language server is restarted", async () => {
    const editor = await openFile(dev);
    await replace(editor, "namespace: book-dev", "namespce: book-dev");
    await untilDiagnostic(editor.document.uri, "kustomization/unknown-field");
    await commands.executeCommand("gitopsAuthor.restartServer");
    await untilDiagnostic(editor.document.uri, "kustomization/unknown-field");
    await replace(editor, "namespce", "namespace");
    await untilNoDiagnostics(editor.document.uri);
  });

  it("works again after its language server died", async () => {
    const editor = await openFile(dev);
    await replace(editor, "namespace: book-dev", "namespce: book-dev");
    await untilDiagnostic(editor.document.uri, "kustomization/unknown-field");
    // The one that was restarted before may take its time to end.
    const server = await until(() => {
      const [first, ...others] = childProcesses().filter(({ command }) => command.includes("server.cjs"));
      return others.length === 0 && first;
    });
    process.kill(server.id, "SIGKILL");
    await untilNoDiagnostics(editor.document.uri);
    await untilDiagnostic(editor.document.uri, "kustomization/unknown-field");
    await replace(editor, "namespce", "namespace");
    await untilNoDiagnostics(editor.document.uri);
  });
});

async function openPreviewOf(file: string, name: string): ReturnType<typeof openPreview> {
  await openFile(file);
  return openPreview(name);
}

function textOf(content: Hover["contents"][number]): string {
  return content instanceof MarkdownString || typeof content === "object" ? content.value : content;
}
