/** The kind itself, in the cluster of the tests, and what it says of objects. */
import { TELEGRAM_GROUP, telegramGroupCrd } from '@chatwarden/contracts';
import { testKubernetes } from '@chatwarden/testkit/kubernetes';
import type { Spec } from './cases.ts';

export async function installKind(): Promise<void> {
  const { kubectl } = testKubernetes();
  const crd = telegramGroupCrd();
  await kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], { input: crd });
  await kubectl(['wait', '--for=condition=Established', `crd/${crd.metadata.name}`, '--timeout=30s']);
}

/** As a person writes it; a field that is undefined is left out. */
export function draft(namespace: string, spec: Spec = {}, name = 'gardeners') {
  const { apiVersion, kind } = TELEGRAM_GROUP;
  return { apiVersion, kind, metadata: { name, namespace }, spec: { chatId: -1_001_234_567_890, ...spec } };
}

export type Draft = ReturnType<typeof draft>;

/** Documents of one file: of a List kubectl itself would check what it can. */
export const documents = (drafts: readonly object[]) => drafts.map((one) => JSON.stringify(one)).join('\n---\n');

/** What the server adds when the schema itself is not kept. */
const UNCHECKED =
  ', <nil>: Invalid value: null: some validation rules were not checked because the object was invalid; ' +
  'correct the existing errors to complete validation';

/** What is said of each, by its name, when all of them are created (or applied to what is there); nothing is kept. */
export async function complaintsAbout(
  drafts: readonly Draft[],
  { verb }: { verb: 'create' | 'apply' },
): Promise<Map<string, string>> {
  const args = [verb, '--dry-run=server', '-f', '-'];
  const said = await testKubernetes()
    .kubectl(args, { input: documents(drafts) })
    .then(
      () => '',
      (error: unknown) => String(error),
    );
  const found = said.matchAll(/ "([a-z0-9-]+)" is invalid: (.*)$/gm);
  return new Map(
    Array.from(found, ([, name = '', complaint = '']) => [name, unwrap(complaint.replace(UNCHECKED, ''))]),
  );
}

function unwrap(complaint: string): string {
  return complaint.startsWith('[') && complaint.endsWith(']') ? complaint.slice(1, -1) : complaint;
}
