import { expect, it } from 'vitest';
import { buildUserRoles } from './user-roles.ts';

it('are a role each for those who administer, edit and view, within those of Kubernetes', () => {
  const role = (name: string, to: string, [verbs, scale]: readonly [string[], string[]]) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: {
      name: `chatwarden-telegramgroup-${name}`,
      labels: {
        'app.kubernetes.io/part-of': 'chatwarden',
        [`rbac.authorization.k8s.io/aggregate-to-${to}`]: 'true',
      },
    },
    rules: [
      { apiGroups: ['chatwarden.io'], resources: ['telegramgroups'], verbs },
      { apiGroups: ['chatwarden.io'], resources: ['telegramgroups/status'], verbs: ['get'] },
      { apiGroups: ['chatwarden.io'], resources: ['telegramgroups/scale'], verbs: scale },
    ],
  });
  const edit = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];
  const scale = ['get', 'update', 'patch'];
  expect(buildUserRoles()).toEqual([
    role('admin', 'admin', [[...edit, 'deletecollection'], scale]),
    role('editor', 'edit', [edit, scale]),
    role('viewer', 'view', [['get', 'list', 'watch'], ['get']]),
  ]);
});
