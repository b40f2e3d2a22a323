/** What a larger thing than one server is put together from: programs, processes and who outlives whom. */
export { AUTOSCALER, CONTROL_PLANE, GO_MODULES, NODE, prepareBinaries } from './kubernetes/binaries.ts';
export { createAuthority } from './kubernetes/certificates.ts';
export { ask } from './kubernetes/ask.ts';
export { goBuild } from './kubernetes/go.ts';
export { installKedaKinds } from './kubernetes/kinds-of-others.ts';
export type { Kubectl } from './kubernetes/kubectl.ts';
export { writeKubeconfig } from './kubernetes/kubeconfig.ts';
export { createProcessServer } from './local/process-server.ts';
export { cacheFolder, prepareOnce } from './local/prepare-once.ts';
