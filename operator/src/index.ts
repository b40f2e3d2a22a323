export { buildClusterInstall, type InstallOptions } from './install/installs.ts';
