/** Few names, so that references, patches and selectors often meet something. */
export const names = ["a", "b", "web", "db", "cfg", "app-1", "x.y"] as const;
export const namespaces = ["ns1", "ns2", "default"] as const;
export const containerNames = ["main", "side", "init"] as const;
export const images = [
  "nginx",
  "nginx:1.25",
  "busybox:1@sha256:aaaa",
  "registry:5000/team/app:1",
  "docker.io/nginx",
  "app",
] as const;
