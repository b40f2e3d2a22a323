/**
 * What people may do with TelegramGroups. The roles join those that Kubernetes ships
 * (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles): who may edit a namespace may
 * edit its TelegramGroups. Status is the operator's alone.
 */
import { TELEGRAM_GROUP } from '@chatwarden/contracts';
import { LABELS, type InstallObject } from './install-object.ts';

const READ = ['get', 'list', 'watch'] as const;
const WRITE = ['create', 'update', 'patch', 'delete'] as const;
/** Of many at once. */
const ADMINISTER = ['deletecollection'] as const;

export function buildUserRoles(): InstallObject[] {
  return [
    userRole('admin', { verbs: [...READ, ...WRITE, ...ADMINISTER], scale: [...READ_ONE, ...SCALE], to: ['admin'] }),
    userRole('editor', { verbs: [...READ, ...WRITE], scale: [...READ_ONE, ...SCALE], to: ['edit'] }),
    userRole('viewer', { verbs: READ, scale: READ_ONE, to: ['view'] }),
  ];
}

const READ_ONE = ['get'] as const;
const SCALE = ['update', 'patch'] as const;

interface Verbs {
  verbs: readonly string[];
  /** Of `kubectl scale`. */
  scale: readonly string[];
  /** Built-in roles that have this one within. */
  to: readonly string[];
}

function userRole(name: string, { verbs, scale, to }: Verbs): InstallObject {
  const { group, plural, singular } = TELEGRAM_GROUP;
  const aggregated = to.map((role) => [`rbac.authorization.k8s.io/aggregate-to-${role}`, 'true']);
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: {
      name: `chatwarden-${singular}-${name}`,
      labels: { 'app.kubernetes.io/part-of': LABELS['app.kubernetes.io/part-of'], ...Object.fromEntries(aggregated) },
    },
    rules: [
      { apiGroups: [group], resources: [plural], verbs },
      { apiGroups: [group], resources: [`${plural}/status`], verbs: ['get'] },
      { apiGroups: [group], resources: [`${plural}/scale`], verbs: scale },
    ],
  };
}
