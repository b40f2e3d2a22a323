/** What is applied once to install the operator. */
export interface InstallObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels: Record<string, string>;
  };
  [field: string]: unknown;
}

export interface PolicyRule {
  apiGroups: readonly string[];
  resources: readonly string[];
  resourceNames?: readonly string[];
  verbs: readonly string[];
}

export const OPERATOR = 'chatwarden-operator';

/** What selects its pods. Selectors cannot be changed later. */
export const POD_LABELS = { 'app.kubernetes.io/name': OPERATOR } as const;

export const LABELS = { ...POD_LABELS, 'app.kubernetes.io/part-of': 'chatwarden' } as const;
