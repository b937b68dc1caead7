import { containerNames, images, names } from "./names";
import type { Random } from "./random";
import { type Fields, oddString } from "./yamlText";

/** The pod of a workload, with references to ConfigMaps, Secrets, claims and service accounts by name. */
export function podSpec(random: Random): Fields {
  return {
    serviceAccountName: random.chance(0.3) ? random.pick(names) : undefined,
    imagePullSecrets: random.chance(0.15) ? [{ name: random.pick(names) }] : undefined,
    nodeSelector: random.chance(0.1) ? { disk: "ssd" } : undefined,
    tolerations: random.chance(0.1) ? [{ key: "a", operator: "Exists" }] : undefined,
    initContainers: random.chance(0.2) ? [container("init", random)] : undefined,
    containers: random.list(1, 2, (index) => container(containerNames[index] ?? "more", random)),
    volumes: random.chance(0.5) ? random.list(1, 3, (index) => volume(index, random)) : undefined,
  };
}

export function container(name: string, random: Random): Fields {
  return {
    name,
    image: random.chance(0.9) ? random.pick(images) : undefined,
    command: random.chance(0.2) ? ["run", oddString(random)] : undefined,
    args: random.chance(0.2) ? random.list(0, 3, () => oddString(random)) : undefined,
    env: random.chance(0.5) ? random.list(1, 3, (index) => variable(index, random)) : undefined,
    envFrom: random.chance(0.3)
      ? [
          random.chance(0.5)
            ? { configMapRef: { name: random.pick(names) } }
            : { secretRef: { name: random.pick(names) } },
        ]
      : undefined,
    ports: random.chance(0.4) ? random.list(1, 3, (index) => port(index, random)) : undefined,
    volumeMounts: random.chance(0.3) ? [{ name: "v0", mountPath: "/v0" }] : undefined,
    resources: random.chance(0.2) ? { limits: { cpu: random.pick([1, "500m"]), memory: "1Gi" } } : undefined,
  };
}

export function variable(index: number, random: Random): Fields {
  const name = `E${index}`;
  if (random.chance(0.6)) return { name, value: oddString(random) };
  const kind = random.pick(["configMapKeyRef", "secretKeyRef"]);
  return { name, valueFrom: { [kind]: { name: random.pick(names), key: "k" } } };
}

export function port(index: number, random: Random): Fields {
  return {
    containerPort: 80 + index,
    name: random.chance(0.6) ? `p${index}` : undefined,
    protocol: random.pick(["TCP", "UDP", undefined]),
  };
}

function volume(index: number, random: Random): Fields {
  const name = `v${index}`;
  return random.pick<Fields>([
    { name, emptyDir: {} },
    { name, configMap: { name: random.pick(names) } },
    { name, secret: { secretName: random.pick(names) } },
    { name, persistentVolumeClaim: { claimName: random.pick(names) } },
    {
      name,
      projected: { sources: [{ configMap: { name: random.pick(names) } }, { secret: { name: random.pick(names) } }] },
    },
  ]);
}
