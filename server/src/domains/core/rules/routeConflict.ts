import { objectsOf } from "../../../analysis/checkedObjects";
import type { Hit, Rule } from "../../../analysis/rule";
import { getIn, getValue, type Mapping, type Node, textOf } from "../../../yaml/node";

/** A Route with two settings that exclude each other. */
export const routeConflict: Rule = {
  code: "core/route-conflict",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node, kind, apiVersion, partial } of objectsOf(context)) {
      if (partial || kind !== "Route" || !apiVersion.startsWith("route.openshift.io/")) continue;
      for (const hit of conflicts(node)) yield context.deployed === "asWritten" ? hit : { ...hit, severity: "warning" };
    }
  },
  docs: {
    summary: "A Route has settings that exclude each other.",
    explanation:
      "The API server of OpenShift refuses it. With `passthrough` the router sees nothing of a request: it can have no path, no certificate and no headers, and cannot allow plain HTTP. With `edge` it needs no certificate of the pods. `wildcardPolicy: Subdomain` needs a host.",
    bad: "#- kustomization.yaml\nresources: [a.yaml]\n#- a.yaml\napiVersion: route.openshift.io/v1\nkind: Route\nmetadata:\n  name: web\nspec:\n  path: /shop\n  to:\n    kind: Service\n    name: web\n  tls:\n    termination: passthrough\n    insecureEdgeTerminationPolicy: Redirect\n",
    good: "#- kustomization.yaml\nresources: [a.yaml]\n#- a.yaml\napiVersion: route.openshift.io/v1\nkind: Route\nmetadata:\n  name: web\nspec:\n  path: /shop\n  to:\n    kind: Service\n    name: web\n  tls:\n    termination: reencrypt\n    insecureEdgeTerminationPolicy: Redirect\n",
  },
};

const certificates = ["certificate", "key", "caCertificate", "destinationCACertificate"];

/** openshift/api and the validation of routes in openshift/library-go. */
function* conflicts(root: Mapping): Iterable<Hit> {
  const spec = getValue(root, "spec");
  const tls = getValue(spec, "tls");
  const termination = textOf(getValue(tls, "termination"));
  if (termination === "passthrough") {
    const allowed = textOf(getValue(tls, "insecureEdgeTerminationPolicy"));
    if (textOf(getValue(spec, "path")))
      yield* excluded(spec, "path", "A Route with `passthrough` cannot tell paths apart.");
    if (getValue(spec, "httpHeaders") !== undefined) {
      yield* excluded(spec, "httpHeaders", "A Route with `passthrough` cannot change headers.");
    }
    if (allowed === "Allow") {
      yield* excluded(tls, "insecureEdgeTerminationPolicy", "A Route with `passthrough` cannot allow plain HTTP.");
    }
    for (const field of certificates.filter((each) => textOf(getValue(tls, each)))) {
      yield* excluded(tls, field, `A Route with \`passthrough\` has no \`${field}\`: the pods hold the certificate.`);
    }
  }
  if (termination === "edge" && textOf(getValue(tls, "destinationCACertificate"))) {
    const message =
      "With `edge` the router speaks plain HTTP with the pods, so there is no `destinationCACertificate`.";
    yield* excluded(tls, "destinationCACertificate", message);
  }
  if (textOf(getValue(tls, "certificate")) && textOf(getIn(tls, ["externalCertificate", "name"]))) {
    yield* excluded(tls, "externalCertificate", "A Route has either `certificate` or `externalCertificate`.");
  }
  if (textOf(getValue(spec, "wildcardPolicy")) === "Subdomain" && !textOf(getValue(spec, "host"))) {
    yield* excluded(spec, "wildcardPolicy", "`wildcardPolicy: Subdomain` needs a `host`.", "Add `host`.");
  }
}

function* excluded(
  holder: Node | undefined,
  field: string,
  message: string,
  help = "Remove one of the two.",
): Iterable<Hit> {
  const entry = holder?.kind === "mapping" ? holder.entries.find(({ key }) => key.text === field) : undefined;
  if (entry !== undefined) yield { place: entry.key.origin.place, message, help };
}
