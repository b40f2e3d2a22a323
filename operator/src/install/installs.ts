/** The operator as plain objects, for the whole cluster or for some namespaces of it. */
import { grant } from './bind.ts';
import { OF_CLUSTER } from '../cluster-of.ts';
import { LABELS, OPERATOR, type InstallObject } from './install-object.ts';
import { buildOperatorDeployment } from './operator-deployment.ts';
import { GROUP_RULES, KIND_RULES, LEASE_RULES, namespaceRule } from './rights.ts';

export interface InstallOptions {
  namespace: string;
  /** Image of the operator, with its tag. */
  image: string;
  /** Settings of the operator that are no secrets. The secret ones are a Secret of the same name, made by hand. */
  settings: Readonly<Record<string, string>>;
}

export function buildClusterInstall(options: InstallOptions): InstallObject[] {
  const { namespace } = options;
  return [
    ...buildBase(options, options.settings),
    ...grant({ name: OPERATOR, rules: [...GROUP_RULES, ...KIND_RULES, namespaceRule(OF_CLUSTER)] }, namespace),
    ...grant({ name: `${OPERATOR}-lease`, namespace, rules: LEASE_RULES }, namespace),
    buildOperatorDeployment(options),
  ];
}

/** Looks after TelegramGroups of `watched` only, and has no right outside of them and its own namespace. */
export function buildNamespacedInstall(options: InstallOptions, watched: readonly string[]): InstallObject[] {
  const { namespace } = options;
  return [
    ...buildBase(options, { ...options.settings, WATCH_NAMESPACES: watched.join(',') }),
    ...watched.flatMap((one) => grant({ name: OPERATOR, namespace: one, rules: GROUP_RULES }, namespace)),
    ...grant({ name: `${OPERATOR}-lease`, namespace, rules: [...LEASE_RULES, namespaceRule(namespace)] }, namespace),
    // Publishers that were cut off are looked for among the pods of the bot, which stands there by default.
    ...(watched.includes(namespace)
      ? []
      : grant({ name: `${OPERATOR}-publishers`, namespace, rules: PUBLISHER_RULES }, namespace)),
    buildOperatorDeployment(options),
  ];
}

const PUBLISHER_RULES = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];

function buildBase({ namespace }: InstallOptions, settings: Readonly<Record<string, string>>): InstallObject[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: namespace,
        labels: { 'app.kubernetes.io/part-of': 'chatwarden', 'pod-security.kubernetes.io/enforce': 'restricted' },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: OPERATOR, namespace, labels: LABELS },
      automountServiceAccountToken: false,
    },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: OPERATOR, namespace, labels: LABELS }, data: settings },
  ];
}
