// Pods ask for the CPU that they were measured to need, of which a small machine has enough for four. So that scaling can
// be seen, the API server lowers what they ask for when they are made; what was written into the Deployment stays.
import type { Kubectl } from '@chatwarden/testkit/backends/parts';

/** Flags of the API server: 1.34 knows such policies and does not use them unasked. */
export const POLICY_FLAGS = [
  '--feature-gates=MutatingAdmissionPolicy=true',
  '--runtime-config=admissionregistration.k8s.io/v1beta1=true',
];

const CPU = '50m';
const NAME = 'small-pods.chatwarden-test';

export async function makePodsSmall(kubectl: Kubectl): Promise<void> {
  const asksForCpu =
    "has(object.spec.containers[0].resources) && has(object.spec.containers[0].resources.requests) && 'cpu' in object.spec.containers[0].resources.requests";
  const apiVersion = 'admissionregistration.k8s.io/v1beta1';
  const metadata = { name: NAME };
  const policy = {
    apiVersion,
    kind: 'MutatingAdmissionPolicy',
    metadata,
    spec: {
      matchConstraints: {
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
      },
      matchConditions: [{ name: 'asks-for-cpu', expression: asksForCpu }],
      failurePolicy: 'Fail',
      reinvocationPolicy: 'Never',
      mutations: [
        {
          patchType: 'JSONPatch',
          jsonPatch: {
            expression: `[JSONPatch{op: "replace", path: "/spec/containers/0/resources/requests/cpu", value: "${CPU}"}]`,
          },
        },
      ],
    },
  };
  const binding = { apiVersion, kind: 'MutatingAdmissionPolicyBinding', metadata, spec: { policyName: NAME } };
  const input = { apiVersion: 'v1', kind: 'List', items: [policy, binding] };
  await kubectl(['apply', '--server-side', '-f', '-'], { input });
}
