import { testKubernetes } from '@chatwarden/testkit/kubernetes';

interface Rule {
  verbs: string[];
  apiGroups: string[];
  resources: string[];
  resourceNames?: string[];
}

/** What everybody may, such as asking what they may. */
const OF_EVERYBODY = new Set(['authorization.k8s.io', 'authentication.k8s.io']);

/** All that somebody may do in a namespace, as the API server itself lists it: `verb resource.group[/name]`. */
export async function rightsOf(kubeconfig: string, namespace: string): Promise<string[]> {
  const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace } };
  // kubectl would ask for kinds that it may not see.
  const args = ['create', '--validate=false', '--output=json', '-f', '-'];
  const printed = await testKubernetes().kubectl(args, { input: review, kubeconfig });
  const { status } = JSON.parse(printed) as { status: { resourceRules: Rule[]; incomplete: boolean } };
  if (status.incomplete) throw new Error('the API server does not list all rights');
  return [...new Set(status.resourceRules.flatMap(rightsIn))].toSorted();
}

function rightsIn({ verbs, apiGroups, resources, resourceNames = [''] }: Rule): string[] {
  return apiGroups
    .filter((group) => !OF_EVERYBODY.has(group))
    .flatMap((group) => resources.map((resource) => (group === '' ? resource : `${resource}.${group}`)))
    .flatMap((resource) => resourceNames.map((name) => (name === '' ? resource : `${resource}/${name}`)))
    .flatMap((what) => verbs.map((verb) => `${verb} ${what}`));
}

/** `get,list pods` as two rights. */
export function rights(...lines: readonly string[]): string[] {
  return lines
    .flatMap((line) => {
      const [verbs = '', what = ''] = line.split(' ');
      return verbs.split(',').map((verb) => `${verb} ${what}`);
    })
    .toSorted();
}
