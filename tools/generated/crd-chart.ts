// charts/chatwarden-crds: the kind in a chart of its own, among its templates, since Helm never upgrades a folder `crds`.
import { telegramGroupCrd } from '../../packages/contracts/src/telegram-group/index.ts';
import type { Generator } from './compare.ts';
import { RELEASE } from './release.ts';
import { writeYaml } from './to-yaml.ts';

const CHART = 'charts/chatwarden-crds';
const MADE_FROM = 'Made by `make generate` from packages/contracts/src/telegram-group. Do not edit.';

const chart = {
  apiVersion: 'v2',
  name: 'chatwarden-crds',
  description: 'The kind TelegramGroup. It stays, with every TelegramGroup, when the chart is uninstalled.',
  type: 'application',
  version: RELEASE,
  appVersion: RELEASE,
  // Selectable fields of kinds that were added.
  kubeVersion: '>=1.31.0-0',
};

export const crdChart: Generator = {
  name: CHART,
  files: [`${CHART}/Chart.yaml`, `${CHART}/templates/telegramgroups.yaml`],
  generate: async (outDir) => {
    const head = [MADE_FROM];
    await writeYaml(outDir, { path: `${CHART}/Chart.yaml`, head, objects: [chart] });
    await writeYaml(outDir, { path: `${CHART}/templates/telegramgroups.yaml`, head, objects: [telegramGroupCrd()] });
  },
};
