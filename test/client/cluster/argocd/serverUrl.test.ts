import { expect, test } from "vitest";
import { parseServerUrl } from "../../../../client/src/cluster/argocd/serverUrl";

test.each([
  ["argocd.example.com", "https://argocd.example.com"],
  [" https://argocd.example.com/ ", "https://argocd.example.com"],
  ["https://argocd.example.com/applications/argocd/book-dev?view=tree", "https://argocd.example.com"],
  ["https://example.com:8443/argocd/login", "https://example.com:8443/argocd"],
  ["http://localhost:8080", "http://localhost:8080"],
])("%s is the server %s", (text, url) => expect(parseServerUrl(text)).toEqual({ url }));

test.each([
  "",
  "https://",
  "http://argocd.example.com",
  "ftp://argocd.example.com",
  "https://ada:secret@argocd.example.com",
])("'%s' is no server to send a token to", (text) => expect(parseServerUrl(text)).toHaveProperty("problem"));
