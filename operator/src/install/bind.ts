import { LABELS, OPERATOR, type InstallObject, type PolicyRule } from './install-object.ts';

const RBAC = 'rbac.authorization.k8s.io';

export interface Grant {
  /** Of the role and of what binds it. */
  name: string;
  /** Where it holds; the whole cluster when absent. */
  namespace?: string;
  rules: readonly PolicyRule[];
}

/** A role and its binding to the operator's service account. */
export function grant({ name, namespace, rules }: Grant, accountNamespace: string): InstallObject[] {
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }), labels: LABELS };
  const kind = namespace === undefined ? 'ClusterRole' : 'Role';
  const apiVersion = `${RBAC}/v1`;
  return [
    { apiVersion, kind, metadata, rules },
    {
      apiVersion,
      kind: `${kind}Binding`,
      metadata,
      roleRef: { apiGroup: RBAC, kind, name },
      subjects: [{ kind: 'ServiceAccount', name: OPERATOR, namespace: accountNamespace }],
    },
  ];
}
