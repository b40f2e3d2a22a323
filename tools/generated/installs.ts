// k8s/operator: the operator as plain YAML, for those who do not use the chart.
import { buildClusterInstall, buildNamespacedInstall, buildUserRoles } from '../../operator/src/install/index.ts';
import type { Generator } from './compare.ts';
import { RELEASE } from './release.ts';
import { writeYaml, type YamlFile } from './to-yaml.ts';

const MADE_FROM =
  'Made by `make generate` from operator/src/install. Do not edit: copy it, or lay a kustomization over it.';

const NAMESPACE = 'chatwarden';

const options = {
  namespace: NAMESPACE,
  image: `chatwarden/operator:${RELEASE}`,
  settings: {
    DETECTOR_IMAGE: 'chatwarden/detector',
    DETECTOR_VERSION: RELEASE,
    HEALTH_HOST: '0.0.0.0',
    KAFKA_BROKERS: 'kafka:9092',
  },
};

const HOW = [
  '  kubectl apply --server-side -f charts/chatwarden-crds/templates/telegramgroups.yaml',
  `  kubectl create namespace ${NAMESPACE}`,
  `  kubectl create secret generic chatwarden-operator -n ${NAMESPACE} --from-literal=DATABASE_URL=postgres://...`,
];

const FILES: readonly YamlFile[] = [
  {
    path: 'k8s/operator/cluster.yaml',
    head: [
      MADE_FROM,
      '',
      'The operator for the whole cluster. Once before:',
      ...HOW,
      'Then set KAFKA_BROKERS and the image below, and kubectl apply --server-side -f this file.',
    ],
    objects: buildClusterInstall(options),
  },
  {
    path: 'k8s/operator/namespaced.yaml',
    head: [
      MADE_FROM,
      '',
      `The operator for the TelegramGroups of the namespace ${NAMESPACE} alone, without any right in the rest of the cluster.`,
      'For another namespace: the Role and RoleBinding chatwarden-operator there, too, and its name in WATCH_NAMESPACES.',
      'Once before, the first line by somebody who may:',
      ...HOW,
      'Then set KAFKA_BROKERS and the image below, and kubectl apply --server-side -f this file.',
    ],
    objects: buildNamespacedInstall(options, [NAMESPACE]),
  },
  {
    path: 'k8s/operator/roles.yaml',
    head: [
      MADE_FROM,
      '',
      'What people may do with TelegramGroups. Who is bound to the roles admin, edit or view of Kubernetes has it within.',
    ],
    objects: buildUserRoles(),
  },
];

export const installs: Generator = {
  name: 'k8s/operator',
  files: FILES.map(({ path }) => path),
  generate: async (outDir) => {
    for (const file of FILES) await writeYaml(outDir, file);
  },
};
